using WhispurrNet.Virtual;

namespace System.Threading
{
    /// <summary>Waits in board time.</summary>
    public abstract class WaitHandle : MarshalByRefObject
    {
        public const int WaitTimeout = 258;

        internal WaitPoint Point;

        protected WaitHandle()
        {
        }

        public static bool WaitAll(WaitHandle[] waitHandles) => WaitAll(waitHandles, Timeout.Infinite, false);

        public static bool WaitAll(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext) =>
            Gate.Board.Wait(Points(waitHandles), all: true, millisecondsTimeout) != WaitTimeout;

        public static int WaitAny(WaitHandle[] waitHandles) => WaitAny(waitHandles, Timeout.Infinite, false);

        public static int WaitAny(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext) =>
            Gate.Board.Wait(Points(waitHandles), all: false, millisecondsTimeout);

        public virtual bool WaitOne() => WaitOne(Timeout.Infinite, false);

        public virtual bool WaitOne(int millisecondsTimeout, bool exitContext) =>
            Gate.Board.Wait(new[] { Point }, all: false, millisecondsTimeout) != WaitTimeout;

        internal bool SetPoint()
        {
            Gate.Check();
            Gate.Board.Set(Point);
            return true;
        }

        internal bool ResetPoint()
        {
            Gate.Check();
            Gate.Board.Reset(Point);
            return true;
        }

        private static WaitPoint[] Points(WaitHandle[] waitHandles)
        {
            var points = new WaitPoint[waitHandles.Length];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = waitHandles[i].Point;
            }

            return points;
        }
    }

    public sealed class AutoResetEvent : WaitHandle
    {
        public AutoResetEvent(bool initialState) => Point = new WaitPoint(initialState, autoReset: true);

        public bool Reset() => ResetPoint();

        public bool Set() => SetPoint();
    }

    public sealed class ManualResetEvent : WaitHandle
    {
        public ManualResetEvent(bool initialState) => Point = new WaitPoint(initialState, autoReset: false);

        public bool Reset() => ResetPoint();

        public bool Set() => SetPoint();
    }
}
