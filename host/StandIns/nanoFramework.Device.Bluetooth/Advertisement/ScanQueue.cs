extern alias nano;

using System.Collections.Generic;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth
{
    /// <summary>
    /// Scan reports on their way to the watcher's handlers, on a thread of their own, without limit (facts 1.3).
    /// </summary>
    internal sealed class ScanQueue
    {
        private readonly Queue<ushort> _reports = new Queue<ushort>();
        private readonly nano::System.Threading.AutoResetEvent _arrived =
            new nano::System.Threading.AutoResetEvent(false);
        private bool _running;

        public BluetoothLEAdvertisementWatcher Watcher { get; set; }

        public void Post(ushort eventId)
        {
            lock (_reports)
            {
                _reports.Enqueue(eventId);
                if (!_running)
                {
                    _running = true;
                    Gate.Board.StartThread("watcher", Run);
                }
            }

            _arrived.Set();
        }

        private void Run()
        {
            while (true)
            {
                _arrived.WaitOne();
                while (TryTake(out ushort eventId))
                {
                    ScanReport report = BluetoothStack.Radio.TakeReport(eventId);
                    Watcher?.OnReport(report);
                }
            }
        }

        private bool TryTake(out ushort eventId)
        {
            lock (_reports)
            {
                return _reports.TryDequeue(out eventId);
            }
        }
    }
}
