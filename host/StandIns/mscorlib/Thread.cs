using WhispurrNet.Virtual;

namespace System.Threading
{
    /// <summary>
    /// A thread of the board: it keeps board time, and an exception it does not catch ends it and nothing else.
    /// </summary>
    public sealed class Thread
    {
        private readonly BoardThread _thread;

        public Thread(ThreadStart start)
        {
            if (start == null)
            {
                throw new ArgumentNullException();
            }

            _thread = Gate.Board.CreateThread(
                start.Method.DeclaringType?.Name + "." + start.Method.Name, () => start());
            _thread.Tag = this;
        }

        private Thread(BoardThread thread)
        {
            _thread = thread;
            _thread.Tag = this;
        }

        public static Thread CurrentThread
        {
            get
            {
                BoardThread current = BoardThread.Current;
                return (Thread)current.Tag ?? new Thread(current);
            }
        }

        public bool IsAlive => _thread.IsAlive;

        public int ManagedThreadId => _thread.Id;

        public ThreadPriority Priority { get; set; } = ThreadPriority.Normal;

        public ThreadState ThreadState
        {
            get
            {
                ThreadState state = !_thread.IsStarted ? ThreadState.Unstarted
                    : _thread.IsAlive ? ThreadState.Running
                    : ThreadState.Stopped;
                if (_thread.IsAlive && _thread.SuspendRequested)
                {
                    state |= ThreadState.Suspended;
                }

                if (_thread.IsAlive && _thread.AbortRequest != null)
                {
                    state |= ThreadState.AbortRequested;
                }

                return state;
            }
        }

        public static void Sleep(int millisecondsTimeout) => Gate.Board.Sleep(millisecondsTimeout);

        public static void Sleep(TimeSpan timeout) => Gate.Board.Sleep((long)timeout.TotalMilliseconds);

        public static void SpinWait(int iterations) => Gate.Board.Sleep(0);

        public void Abort() => _thread.Abort(() => new ThreadAbortException());

        public void Join() => Gate.Board.Wait(new[] { _thread.Ended }, all: false, timeoutMs: -1);

        public bool Join(int millisecondsTimeout) =>
            Gate.Board.Wait(new[] { _thread.Ended }, all: false, millisecondsTimeout) != WaitHandle.WaitTimeout;

        public bool Join(TimeSpan timeout) => Join((int)timeout.TotalMilliseconds);

        public void Resume() => _thread.Resume();

        public void Start()
        {
            Gate.Check();
            Gate.Board.Hardware.Heap?.Reserve(HeapRule.Thread);
            _thread.Start();
        }

        public void Suspend() => _thread.Suspend();
    }

    public sealed class ThreadAbortException : SystemException
    {
        internal ThreadAbortException()
            : base("Thread was being aborted.")
        {
        }
    }

    public static class Monitor
    {
        public static void Enter(object obj)
        {
            Gate.Check();
            Gate.Board.EnterMonitor(obj);
        }

        // No gate here: it runs in finally blocks, while a thread unwinds too.
        public static void Exit(object obj) => Gate.Board.ExitMonitor(obj);
    }

    public struct SpinWait
    {
        public static void SpinUntil(int millisecondsTimeout) => Gate.Board.Sleep(millisecondsTimeout);

        public static void SpinUntil(TimeSpan timeout) => Gate.Board.Sleep((long)timeout.TotalMilliseconds);

        public void SpinOnce() => Gate.Board.Sleep(0);
    }
}
