using System;
using System.Collections;
using nanoFramework.Device.Bluetooth.Advertisement;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth
{
    public class BluetoothSignalStrengthFilter
    {
        public short InRangeThresholdInDBm { get; set; } = -127;

        public short OutOfRangeThresholdInDBm { get; set; } = -127;

        public TimeSpan OutOfRangeTimeout { get; set; } = new TimeSpan(0, 1, 0);
    }

    public class BluetoothLEAdvertisementWatcher
    {
        public BluetoothLEAdvertisementWatcher()
            : this(new BluetoothLEAdvertisementFilter())
        {
        }

        public BluetoothLEAdvertisementWatcher(BluetoothLEAdvertisementFilter advertisementFilter) =>
            AdvertisementFilter = advertisementFilter;

        public delegate void BluetoothLEAdvertisementReceivedHandler(
            BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementReceivedEventArgs args);

        public delegate void BluetoothLEAdvertisementStoppedEvenHandler(
            BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementWatcherStoppedEventArgs args);

        public event BluetoothLEAdvertisementReceivedHandler Received;

        /// <summary>Not raised by <see cref="Stop"/>: do not wait for it (facts 1.3).</summary>
        public event BluetoothLEAdvertisementStoppedEvenHandler Stopped;

        public BluetoothLEAdvertisementFilter AdvertisementFilter { get; set; }

        public BluetoothLEScanningMode ScanningMode { get; set; }

        public BluetoothSignalStrengthFilter SignalStrengthFilter { get; set; } = new BluetoothSignalStrengthFilter();

        public BluetoothLEAdvertisementWatcherStatus Status { get; private set; }

        public void Start()
        {
            BluetoothStack.Instance.Require(BluetoothMode.Client);
            Status = BluetoothLEAdvertisementWatcherStatus.Started;
            BluetoothStack.Instance.Scans.Watcher = this;
            BluetoothStack.Radio.StartScan(ScanningMode == BluetoothLEScanningMode.Active);
        }

        public void Stop()
        {
            Status = BluetoothLEAdvertisementWatcherStatus.Stopping;
            BluetoothStack.Instance.Scans.Watcher = null;
            BluetoothStack.Radio.StopScan();
            Status = BluetoothLEAdvertisementWatcherStatus.Stopped;
            BluetoothStack.Instance.IdleOnLastConnection();
        }

        // A report picked up too late arrives without its data (facts 1.3).
        internal void OnReport(ScanReport report)
        {
            var advertisement = new BluetoothLEAdvertisement();
            if (report != null)
            {
                advertisement.Parse(report.Data);
            }

            var args = new BluetoothLEAdvertisementReceivedEventArgs(report, advertisement);
            if ((AdvertisementFilter == null || AdvertisementFilter.Passes(args))
                && args.RawSignalStrengthInDBm >= SignalStrengthFilter.InRangeThresholdInDBm)
            {
                Received?.Invoke(this, args);
            }
        }
    }
}

namespace nanoFramework.Device.Bluetooth.Advertisement
{
    public class BluetoothLEAdvertisementWatcherStoppedEventArgs
    {
        internal BluetoothLEAdvertisementWatcherStoppedEventArgs(BluetoothError error) => Error = error;

        public BluetoothError Error { get; }
    }

    public class BluetoothLEAdvertisementReceivedEventArgs
    {
        internal BluetoothLEAdvertisementReceivedEventArgs(ScanReport report, BluetoothLEAdvertisement advertisement)
        {
            Advertisement = advertisement;
            AdvertisementType = report == null
                ? BluetoothLEAdvertisementType.ConnectableDirected
                : (BluetoothLEAdvertisementType)report.AdvertisementType;
            BluetoothAddress = report?.Address ?? 0;
            RawSignalStrengthInDBm = report?.Rssi ?? -99;
            Timestamp = Gate.Board.UtcNow;
        }

        public BluetoothLEAdvertisement Advertisement { get; }

        public BluetoothLEAdvertisementType AdvertisementType { get; }

        public ulong BluetoothAddress { get; }

        public BluetoothAddressType BluetoothAddressType => BluetoothAddressType.Public;

        public short RawSignalStrengthInDBm { get; }

        public DateTime Timestamp { get; }
    }

    public class BluetoothLEAdvertisementBytePattern
    {
        public BluetoothLEAdvertisementBytePattern()
        {
        }

        public BluetoothLEAdvertisementBytePattern(byte dataType, short offset, Buffer data)
        {
            DataType = dataType;
            Offset = offset;
            Data = data;
        }

        public Buffer Data { get; set; }

        public byte DataType { get; set; }

        public short Offset { get; set; }
    }

    public class BluetoothLEAdvertisementFilter
    {
        public BluetoothLEAdvertisement Advertisement { get; set; } = new BluetoothLEAdvertisement();

        public ArrayList BytePatterns { get; } = new ArrayList();

        internal bool Passes(BluetoothLEAdvertisementReceivedEventArgs args)
        {
            foreach (BluetoothLEAdvertisementDataSection wanted in Advertisement.DataSections)
            {
                // The wanted section must be as long as the received one and equal over it (facts 1.3).
                Buffer received = First(args, wanted.DataType);
                if (received == null || !Contains(wanted.Data, received, 0))
                {
                    return false;
                }
            }

            foreach (BluetoothLEAdvertisementBytePattern pattern in BytePatterns)
            {
                Buffer received = First(args, pattern.DataType);
                if (received == null || !Contains(received, pattern.Data, pattern.Offset))
                {
                    return false;
                }
            }

            return true;
        }

        private static Buffer First(BluetoothLEAdvertisementReceivedEventArgs args, byte type)
        {
            ArrayList sections = args.Advertisement.GetSectionsByType(type);
            return sections.Count == 0 ? null : ((BluetoothLEAdvertisementDataSection)sections[0]).Data;
        }

        private static bool Contains(Buffer whole, Buffer part, int offset) =>
            whole.Length >= part.Length + offset
            && whole.Data.AsSpan(offset, (int)part.Length).SequenceEqual(part.Data.AsSpan(0, (int)part.Length));
    }
}
