using System;
using System.Collections;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Radio
{
    /// <summary>
    /// Listens for advertisements of the mesh in the client role. Reports come on a thread of the library, which only
    /// copies them; the radio's pump takes them from there.
    /// </summary>
    internal sealed class Scanner
    {
        private const int AddressSize = 8;
        private const int ReportSize = AddressSize + MeshService.AdvertisementSize;
        private const int CompanySize = 2;

        /// <summary>
        /// Reports that can wait. Full: the report is dropped and counted; the neighbour advertises on.
        /// </summary>
        private const int ReportsMax = 16;

        private const byte KindReport = 0;

        private readonly NodeHost _host;
        private readonly BoardStatistics _statistics;
        private readonly BluetoothLEAdvertisementWatcher _watcher = new BluetoothLEAdvertisementWatcher();
        private readonly UnitQueue _reports = new UnitQueue(ReportsMax * (ReportSize + 3));
        private readonly byte[] _taken = new byte[ReportSize];
        private readonly byte[] _report = new byte[ReportSize];
        private readonly byte[] _section = new byte[CompanySize + MeshService.AdvertisementSize];

        internal Scanner(NodeHost host, BoardStatistics statistics)
        {
            _host = host;
            _statistics = statistics;
            _watcher.ScanningMode = BluetoothLEScanningMode.Passive;
            _watcher.Received += OnReceived;
        }

        /// <summary>Reports dropped for want of room.</summary>
        internal uint Refused
        {
            get { return _reports.Refused; }
        }

        /// <summary>Starts the stack and scans. The stack must be down.</summary>
        internal void Start()
        {
            _reports.Clear();
            _watcher.Start();
        }

        /// <summary>
        /// Stops scanning; the stack is down afterwards. Always before a contact: the stack refuses to connect while it
        /// scans. The watcher's Stopped event may never come, so nothing waits for it.
        /// </summary>
        internal void Stop()
        {
            _watcher.Stop();
        }

        /// <summary>Takes one report.</summary>
        /// <param name="address">Who advertised.</param>
        /// <param name="data">Receives the mesh's 24 bytes.</param>
        /// <returns>False if none waits.</returns>
        internal bool TryTake(out ulong address, byte[] data)
        {
            byte kind;
            if (_reports.TryDequeue(_taken, out kind) != ReportSize)
            {
                address = 0;
                return false;
            }

            address = BitConverter.ToUInt64(_taken, 0);
            Array.Copy(_taken, AddressSize, data, 0, MeshService.AdvertisementSize);
            return true;
        }

        private void OnReceived(BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementReceivedEventArgs args)
        {
            // What this throws would end the library's watcher thread, and no scan would report anything until reboot.
            try
            {
                // A report picked up late is empty, and a foreign one has no section of this kind and size.
                ArrayList sections = args.Advertisement.GetSectionsByType(
                    (byte)BluetoothLEAdvertisementDataSectionType.ManufacturerSpecificData);
                if (sections.Count != 1)
                {
                    return;
                }

                DataReader reader =
                    DataReader.FromBuffer(((BluetoothLEAdvertisementDataSection)sections[0]).Data);
                if (reader.UnconsumedBufferLength != (uint)_section.Length)
                {
                    return;
                }

                reader.ReadBytes(_section);
                if (BitConverter.ToUInt16(_section, 0) != MeshService.CompanyId)
                {
                    return;
                }

                Array.Copy(BitConverter.GetBytes(args.BluetoothAddress), 0, _report, 0, AddressSize);
                Array.Copy(_section, CompanySize, _report, AddressSize, MeshService.AdvertisementSize);
                _reports.TryEnqueue(KindReport, _report, ReportSize);
                _host.RadioWake.Set();
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }
    }
}
