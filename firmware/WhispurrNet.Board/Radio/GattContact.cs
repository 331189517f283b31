using System;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Board.Radio
{
    /// <summary>
    /// One contact in the client role, as a chain of steps with a deadline each:
    /// <code>
    /// connect and find services -> characteristics -> subscribe -> exchange -> close
    /// </code>
    /// The library's calls block for up to 20 seconds. What ends them in time is <see cref="Guard"/>, called from
    /// another thread: it closes the connection under them.
    /// </summary>
    internal sealed class GattContact
    {
        private const int ConnectLimitMs = 9000;
        private const int DiscoverLimitMs = 3000;
        private const int SubscribeLimitMs = 3000;
        private const int DisconnectWaitMs = 2000;

        /// <summary>
        /// The library reports a disconnect before it is through with it: its event thread still takes the device off
        /// its list and then stops the stack. Whoever starts the stack meanwhile has it stopped again, so give it
        /// this time.
        /// </summary>
        private const int SettleMs = 100;

        /// <summary>
        /// Writes without response that go before one with response. With that one answered, the others have arrived, too: at
        /// most so many are ever unpaced, which one connection event carries and the stack's buffers hold several times.
        /// </summary>
        private const int UnpacedWrites = 3;

        private const byte KindUnit = 0;

        private readonly NodeHost _host;
        private readonly BoardStatistics _statistics;
        private readonly UnitQueue _inbox = new UnitQueue(MeshService.UnitQueueSize);
        private readonly AutoResetEvent _closed = new AutoResetEvent(false);
        private readonly byte[] _received = new byte[MeshService.UnitSizeMax];
        // Two in turn: while one is written the next shows whether it is the last.
        private readonly byte[][] _units = new byte[2][];
        private readonly nanoFramework.Device.Bluetooth.Buffer[] _unitBuffers = new nanoFramework.Device.Bluetooth.Buffer[2];
        private byte[] _scratch = new byte[MeshService.UnitSize];
        private BluetoothLEDevice _device;
        private long _stepEndMs;
        private long _contactEndMs;
        private bool _found;
        private bool _lost;

        internal GattContact(NodeHost host, BoardStatistics statistics)
        {
            _host = host;
            _statistics = statistics;
            for (int i = 0; i < _units.Length; i++)
            {
                // A write copies what it is given, so that one buffer serves for many.
                _units[i] = new byte[host.Core.MaxUnit];
                _unitBuffers[i] = new nanoFramework.Device.Bluetooth.Buffer(_units[i]);
            }
        }

        /// <summary>Units refused for want of room.</summary>
        internal uint Refused
        {
            get { return _inbox.Refused; }
        }

        /// <summary>Meets one neighbour; the stack must be down, and is down afterwards.</summary>
        /// <param name="address">Its Bluetooth address; boards always use their public one.</param>
        /// <returns>How it went.</returns>
        /// <exception cref="InvalidOperationException">The stack did not start.</exception>
        internal ContactResult Run(ulong address)
        {
            _inbox.Clear();
            _lost = false;
            _found = false;
            _contactEndMs = BoardClock.NowMs + LinkTimings.ContactMs;
            BluetoothLEDevice device =
                BluetoothLEDevice.FromBluetoothAddress(address, BluetoothAddressType.Public);
            device.ConnectionStatusChanged += OnConnectionStatusChanged;
            try
            {
                BeginStep(ConnectLimitMs);
                _device = device;
                return Meet(device, address);
            }
            catch (NullReferenceException)
            {
                // What the library makes of a connection that failed or went away: the stack's context of it is gone.
                return _found ? ContactResult.Cut : ContactResult.Failed;
            }
            finally
            {
                _device = null;
                Close(device);
            }
        }

        /// <summary>
        /// Closes the connection when a step is over its time; called about every second from another thread. Before
        /// the connection stands this does nothing, but then the stack's own limit of 7 s holds.
        /// </summary>
        internal void Guard(long nowMs)
        {
            BluetoothLEDevice device = _device;
            if (device == null || nowMs <= _stepEndMs)
            {
                return;
            }

            _lost = true;
            device.Close();
            _host.RadioWake.Set();
        }

        private ContactResult Meet(BluetoothLEDevice device, ulong address)
        {
            // Success says nothing here: a failed connect looks the same, and so does a stranger's device. Found is
            // what has services.
            GattDeviceServicesResult services = device.GetGattServicesForUuid(MeshService.Service());
            if (_lost || services.Services.Length == 0)
            {
                bool connected = device.ConnectionStatus == BluetoothConnectionStatus.Connected;
                return connected && !_lost ? ContactResult.NotOurs : ContactResult.Failed;
            }

            _found = true;
            BeginStep(DiscoverLimitMs);
            GattDeviceService service = services.Services[0];
            GattCharacteristic inbox = First(service.GetCharacteristicsForUuid(MeshService.Inbox()));
            GattCharacteristic outbox = First(service.GetCharacteristicsForUuid(MeshService.Outbox()));
            if (inbox == null || outbox == null)
            {
                return _lost ? ContactResult.Cut : ContactResult.NotOurs;
            }

            BeginStep(SubscribeLimitMs);
            outbox.ValueChanged += OnValueChanged;
            GattWriteResult subscribed = outbox.WriteClientCharacteristicConfigurationDescriptorWithResult(
                GattClientCharacteristicConfigurationDescriptorValue.Notify, GattWriteOption.WriteWithResponse);
            if (_lost || subscribed.Status != GattCommunicationStatus.Success)
            {
                return ContactResult.Cut;
            }

            _stepEndMs = _contactEndMs;
            return Exchange(inbox, address);
        }

        private ContactResult Exchange(GattCharacteristic inbox, ulong address)
        {
            int link;
            lock (_host.Gate)
            {
                link = _host.Core.OpenLink(
                    LinkKind.Contact, true, MeshService.UnitSize, address, BoardClock.NowMs);
            }

            if (link < 0)
            {
                return ContactResult.Failed;
            }

            try
            {
                return Pump(inbox, link);
            }
            finally
            {
                lock (_host.Gate)
                {
                    _host.Core.CloseLink(link, BoardClock.NowMs);
                }

                _host.WakeAll();
            }
        }

        private ContactResult Pump(GattCharacteristic inbox, int link)
        {
            while (true)
            {
                long nowMs = BoardClock.NowMs;
                if (_lost || nowMs >= _contactEndMs)
                {
                    return ContactResult.Cut;
                }

                if (Receive(link, nowMs))
                {
                    _host.AfterReceive(nowMs);
                }
                else
                {
                    _host.Tick(nowMs);
                }

                int count;
                LinkState state;
                long deadlineMs;
                lock (_host.Gate)
                {
                    count = _host.Core.PollTransmit(link, _units[0], 0, nowMs);
                    state = _host.Core.GetLinkState(link);
                    deadlineMs = _host.Core.NextDeadlineMs;
                }

                if (state == LinkState.Failed)
                {
                    return ContactResult.Failed;
                }

                if (count > 0)
                {
                    if (!WriteSome(inbox, link, count, nowMs))
                    {
                        return ContactResult.Cut;
                    }
                }
                else if (state == LinkState.Finished)
                {
                    return ContactResult.Completed;
                }
                else if (_inbox.IsEmpty)
                {
                    NodeHost.Wait(_host.RadioWake, deadlineMs < _contactEndMs ? deadlineMs : _contactEndMs, nowMs);
                }
            }
        }

        private bool Receive(int link, long nowMs)
        {
            bool any = false;
            byte kind;
            int count;
            while ((count = _inbox.TryDequeue(_received, out kind)) >= 0)
            {
                lock (_host.Gate)
                {
                    _host.Core.Receive(link, _received, 0, count, nowMs);
                }

                any = true;
            }

            return any;
        }

        /// <summary>Writes the unit that was polled and a few more; the last one with response.</summary>
        private bool WriteSome(GattCharacteristic inbox, int link, int count, long nowMs)
        {
            int last = 0;
            for (int unpaced = 0; unpaced < UnpacedWrites; unpaced++)
            {
                int next;
                lock (_host.Gate)
                {
                    next = _host.Core.PollTransmit(link, _units[1 - last], 0, nowMs);
                }

                if (next == 0)
                {
                    break;
                }

                // Refused when the stack is out of buffers: then nothing of it has left, and it waits for an answer instead.
                if (!Write(inbox, last, count, GattWriteOption.WriteWithoutResponse)
                    && !Write(inbox, last, count, GattWriteOption.WriteWithResponse))
                {
                    return false;
                }

                last = 1 - last;
                count = next;
            }

            return Write(inbox, last, count, GattWriteOption.WriteWithResponse);
        }

        private bool Write(GattCharacteristic inbox, int unit, int count, GattWriteOption option)
        {
            _unitBuffers[unit].Length = (uint)count;
            return inbox.WriteValueWithResult(_unitBuffers[unit], option).Status == GattCommunicationStatus.Success;
        }

        private void Close(BluetoothLEDevice device)
        {
            try
            {
                if (device.ConnectionStatus == BluetoothConnectionStatus.Connected)
                {
                    _closed.Reset();
                    device.Close();
                    if (device.ConnectionStatus == BluetoothConnectionStatus.Connected)
                    {
                        _closed.WaitOne(DisconnectWaitMs, false);
                    }
                }

                Thread.Sleep(SettleMs);
            }
            finally
            {
                // Always and now: left to the collector, the device's finalizer would some day stop the stack that then
                // serves.
                device.ConnectionStatusChanged -= OnConnectionStatusChanged;
                device.Dispose();
            }
        }

        private void BeginStep(int limitMs)
        {
            long endMs = BoardClock.NowMs + limitMs;
            _stepEndMs = endMs < _contactEndMs ? endMs : _contactEndMs;
        }

        private static GattCharacteristic First(GattCharacteristicsResult result)
        {
            return result.Characteristics.Length == 0 ? null : result.Characteristics[0];
        }

        // The handlers below run on the library's one event thread: they copy, and must not throw or wait.

        private void OnConnectionStatusChanged(object sender, EventArgs args)
        {
            try
            {
                if (((BluetoothLEDevice)sender).ConnectionStatus == BluetoothConnectionStatus.Disconnected)
                {
                    _lost = true;
                    _closed.Set();
                    _host.RadioWake.Set();
                }
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }

        private void OnValueChanged(GattCharacteristic sender, GattValueChangedEventArgs args)
        {
            try
            {
                DataReader reader = DataReader.FromBuffer(args.CharacteristicValue);
                int count = (int)reader.UnconsumedBufferLength;
                if (_scratch.Length != count)
                {
                    _scratch = new byte[count];
                }

                reader.ReadBytes(_scratch);

                // Refused when full, and counted: the core sees the gap and ends the contact.
                _inbox.TryEnqueue(KindUnit, _scratch, count);
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
