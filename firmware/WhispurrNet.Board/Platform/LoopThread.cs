using System;
using System.Threading;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// A thread that must not end. On the board an unhandled exception ends its thread silently and the rest runs on
    /// as if nothing had happened, so every thread has this body: report, pause, start the loop again. The pause grows
    /// while the loop keeps failing; when it has failed often enough, <see cref="GaveUp"/> tells the supervisor.
    /// </summary>
    internal abstract class LoopThread
    {
        /// <summary>Failures in a row after which starting again does not help.</summary>
        private const int FailuresMax = 8;

        private const int PauseMinMs = 2000;
        private const int PauseMaxMs = 60 * 1000;

        /// <summary>A loop that ran for so long had recovered.</summary>
        private const int RecoveredMs = 10 * 60 * 1000;

        private readonly string _name;
        private readonly BoardStatistics _statistics;
        private int _failures;

        /// <param name="name">What the thread does, for the error line.</param>
        /// <param name="statistics">Counts restarts.</param>
        protected LoopThread(string name, BoardStatistics statistics)
        {
            _name = name;
            _statistics = statistics;
        }

        /// <summary>What the thread does.</summary>
        internal string Name
        {
            get { return _name; }
        }

        /// <summary>Whether the loop fails again and again.</summary>
        internal bool GaveUp
        {
            get { return _failures >= FailuresMax; }
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
                    Live();
                }
                catch (Exception)
                {
                    // Nothing here that needs heap, and every call does: what comes here is a heap without room for the
                    // report of an exception.
                    _failures++;
                    _statistics.ThreadRestarts++;
                    _statistics.ShortOfMemory = true;
                }

                try
                {
                    Thread.Sleep(PauseMinMs);
                }
                catch (Exception)
                {
                    // Then it goes round without a pause until there is room for the call.
                }
            }
        }

        private void Live()
        {
            int pauseMs = PauseMinMs;
            while (true)
            {
                long startedMs = BoardClock.NowMs;
                try
                {
                    Run();
                    _failures = 0;
                }
                catch (Exception exception)
                {
                    if (BoardClock.NowMs - startedMs >= RecoveredMs)
                    {
                        _failures = 0;
                        pauseMs = PauseMinMs;
                    }

                    _failures++;
                    _statistics.ThreadRestarts++;
                    _statistics.ShortOfMemory |= exception is OutOfMemoryException;
                    SerialLog.Error("the " + _name + " thread starts again", exception);
                }

                Thread.Sleep(pauseMs);
                pauseMs = _failures == 0 ? PauseMinMs : pauseMs * 2 > PauseMaxMs ? PauseMaxMs : pauseMs * 2;
            }
        }
    }
}
