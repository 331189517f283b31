using System;
using System.Threading;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// A thread that must not end. On the board an unhandled exception ends its thread silently and the rest runs on
    /// as if nothing had happened, so every thread has this body: report, pause, start the loop again.
    /// </summary>
    internal abstract class LoopThread
    {
        private const int RestartPauseMs = 2000;

        private readonly string _name;
        private readonly BoardStatistics _statistics;

        /// <param name="name">What the thread does, for the error line.</param>
        /// <param name="statistics">Counts restarts.</param>
        protected LoopThread(string name, BoardStatistics statistics)
        {
            _name = name;
            _statistics = statistics;
        }

        /// <summary>Starts the thread; call once.</summary>
        internal void Start()
        {
            new Thread(Body).Start();
        }

        /// <summary>The loop. If it returns or throws, it is called again after a pause.</summary>
        protected abstract void Run();

        private void Body()
        {
            while (true)
            {
                try
                {
                    Run();
                }
                catch (Exception exception)
                {
                    SerialLog.Error("the " + _name + " thread starts again", exception);
                }

                _statistics.ThreadRestarts++;
                Thread.Sleep(RestartPauseMs);
            }
        }
    }
}
