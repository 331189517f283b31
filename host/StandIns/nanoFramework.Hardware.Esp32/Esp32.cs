extern alias nano;

using System;
using WhispurrNet.Virtual;

namespace nanoFramework.Hardware.Esp32
{
    public class NativeMemory
    {
        public enum MemoryType
        {
            All = 0,
            Internal = 1,
            SpiRam = 2,
        }

        /// <summary>
        /// The host's memory has no such limits: every figure is the free managed heap of the board's profile.
        /// </summary>
        public static void GetMemoryInfo(
            MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
        {
            Gate.Check();
            totalSize = totalFreeSize = largestFreeBlock = (uint)Gate.Board.Hardware.FreeHeapBytes;
        }
    }

    public delegate void HighResTimerExpiredEventHandler(HighResTimer sender, object e);

    /// <summary>Microseconds of board time.</summary>
    public class HighResTimer : IDisposable
    {
        private readonly BoardTimer _timer;

        public HighResTimer() => _timer = new BoardTimer(Gate.Board, () => OnHighResTimerExpired?.Invoke(this, null));

        public event HighResTimerExpiredEventHandler OnHighResTimerExpired;

        public static ulong GetCurrent()
        {
            Gate.Check();
            return (ulong)Gate.Board.UptimeMs * 1000;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public void StartOnePeriodic(ulong period_us) =>
            _timer.Change(Milliseconds(period_us), Milliseconds(period_us));

        public void StartOneShot(ulong timeout_us) => _timer.Change(Milliseconds(timeout_us), -1);

        public void Stop() => _timer.Change(-1, -1);

        protected virtual void Dispose(bool disposing) => Stop();

        private static int Milliseconds(ulong micros) => (int)Math.Max(1, micros / 1000);
    }
}
