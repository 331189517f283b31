using WhispurrNet.Virtual;

namespace System.Threading
{
    /// <summary>
    /// A timer in board time. All callbacks of a board run one after the other on one thread, as on the chip.
    /// </summary>
    public sealed class Timer : MarshalByRefObject, IDisposable
    {
        private readonly BoardTimer _timer;

        public Timer(TimerCallback callback, object state, int dueTime, int period)
        {
            if (callback == null)
            {
                throw new ArgumentNullException();
            }

            _timer = new BoardTimer(Gate.Board, () => callback(state));
            _timer.Change(dueTime, period);
        }

        public Timer(TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period)
            : this(callback, state, (int)dueTime.TotalMilliseconds, (int)period.TotalMilliseconds)
        {
        }

        public bool Change(int dueTime, int period)
        {
            Gate.Check();
            _timer.Change(dueTime, period);
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            Change((int)dueTime.TotalMilliseconds, (int)period.TotalMilliseconds);

        public void Dispose() => _timer.Change(Timeout.Infinite, Timeout.Infinite);
    }
}
