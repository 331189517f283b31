using System;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Radio
{
    /// <summary>
    /// The server role of the stack: declares the service, advertises, and turns the library's events into entries of
    /// <see cref="Inbox"/>, which <see cref="InboundContact"/> works off on the radio's thread.
    /// </summary>
    internal sealed class GattServer
    {
        /// <summary>Kind of an entry: bytes that the peer wrote.</summary>
        internal const byte KindUnit = 0;

        /// <summary>Kind of an entry: the peer subscribed to notifications; it is ready.</summary>
        internal const byte KindOpened = 1;

        /// <summary>Kind of an entry: the peer is gone.</summary>
        internal const byte KindClosed = 2;

        /// <summary>NimBLE's code for a notification that is under way.</summary>
        internal const int NotifyDone = 0;

        /// <summary>NimBLE's code for one that it has no buffer for; to be tried again.</summary>
        internal const int NotifyOutOfBuffers = 6;

        private const byte AttInsufficientResources = 0x11;

        private readonly BoardStatistics _statistics;
        private readonly UnitQueue _inbox = new UnitQueue(MeshService.UnitQueueSize);
        private readonly byte[] _advertisement = new byte[MeshService.AdvertisementSize];
        private GattServiceProvider _provider;
        private GattLocalCharacteristic _outbox;
        private AutoResetEvent _wake;
        private byte[] _scratch = new byte[MeshService.UnitSize];
        private long _connectedAtMs;
        private int _subscribers;

        internal GattServer(BoardStatistics statistics)
        {
            _statistics = statistics;
        }

        /// <summary>What the next serving advertises; to be filled in before <see cref="StartServing()"/>.</summary>
        internal byte[] Advertisement
        {
            get { return _advertisement; }
        }

        /// <summary>What the peer did, in order.</summary>
        internal UnitQueue Inbox
        {
            get { return _inbox; }
        }

        /// <summary>When a peer connected, milliseconds of the board clock; 0 while there is none.</summary>
        internal long ConnectedAtMs
        {
            get { return _connectedAtMs; }
        }

        /// <summary>Whom to wake when something arrives.</summary>
        internal void Attach(AutoResetEvent wake)
        {
            _wake = wake;
        }

        /// <summary>
        /// Declares the service. Once in the life of a program: the library numbers characteristics with a counter that
        /// only goes up and of which eight bits are used, and it keeps every service it ever had.
        /// </summary>
        internal void CreateService()
        {
            if (_provider != null)
            {
                return;
            }

            // First, since making the server clears the table in which characteristics register.
            BluetoothLEServer.Instance.Session.SessionStatusChanged += OnSessionChanged;

            GattServiceProvider provider = GattServiceProvider.Create(MeshService.Service()).ServiceProvider;
            GattLocalCharacteristicParameters parameters = new GattLocalCharacteristicParameters();
            parameters.CharacteristicProperties =
                GattCharacteristicProperties.Write | GattCharacteristicProperties.WriteWithoutResponse;
            GattLocalCharacteristic inbox =
                provider.Service.CreateCharacteristic(MeshService.Inbox(), parameters).Characteristic;
            inbox.WriteRequested += OnWriteRequested;

            parameters = new GattLocalCharacteristicParameters();
            parameters.CharacteristicProperties = GattCharacteristicProperties.Notify;
            _outbox = provider.Service.CreateCharacteristic(MeshService.Outbox(), parameters).Characteristic;
            _outbox.SubscribedClientsChanged += OnSubscribedClientsChanged;
            _provider = provider;
        }

        /// <summary>Starts the stack and advertises. The stack must be down, or started as a server.</summary>
        /// <exception cref="InvalidOperationException">The stack did not start.</exception>
        internal void StartServing()
        {
            GattServiceProviderAdvertisingParameters parameters = CreateAdvertising();

            // Flags take 3 bytes, the manufacturer data 4 and its 24: the 31 of a legacy advertisement, so not a byte may
            // be added. Manufacturer data goes into its own list: such a section put into DataSections is dropped again.
            parameters.Advertisement.ManufacturerData.Add(new BluetoothLEManufacturerData(
                MeshService.CompanyId, new nanoFramework.Device.Bluetooth.Buffer(_advertisement)));
            StartAdvertising(parameters);
        }

#if !BLUETOOTH_ONLY
        /// <summary>
        /// The same, but what is advertised is another service, for phones: name and data of it take the 28 bytes beside the
        /// flags, so the mesh's own have to wait for the next serving. The services that can be used are the same.
        /// </summary>
        /// <param name="service">Its name of 128 bits.</param>
        /// <param name="serviceData">8 bytes, the short name in front.</param>
        /// <exception cref="InvalidOperationException">The stack did not start.</exception>
        internal void StartServing(Guid service, byte[] serviceData)
        {
            GattServiceProviderAdvertisingParameters parameters = CreateAdvertising();
            DataWriter name = new DataWriter();
            name.WriteUuid(service);
            parameters.Advertisement.DataSections.Add(new BluetoothLEAdvertisementDataSection(
                (byte)BluetoothLEAdvertisementDataSectionType.CompleteList128uuid, name.DetachBuffer()));
            parameters.Advertisement.DataSections.Add(new BluetoothLEAdvertisementDataSection(
                (byte)BluetoothLEAdvertisementDataSectionType.ServiceData16bitUuid,
                new nanoFramework.Device.Bluetooth.Buffer(serviceData)));
            StartAdvertising(parameters);
        }
#endif

        /// <summary>Stops serving; the stack is down afterwards, and a contact with it.</summary>
        internal void StopServing()
        {
            _connectedAtMs = 0;
            _provider.StopAdvertising();
            _inbox.Clear();
        }

        /// <summary>Sends one unit to whoever is subscribed; the answer is NimBLE's return code.</summary>
        /// <param name="unit">The unit; the library copies it.</param>
        internal int Notify(nanoFramework.Device.Bluetooth.Buffer unit)
        {
            GattClientNotificationResult[] results = _outbox.NotifyValue(unit);

            // After a restart of the stack the list still has those who never unsubscribed. They are not connected,
            // so one good answer is the peer's.
            int answer = -1;
            for (int i = 0; i < results.Length; i++)
            {
                int code = results[i].ProtocolError;
                if (code == NotifyDone)
                {
                    return NotifyDone;
                }

                if (answer != NotifyOutOfBuffers)
                {
                    answer = code;
                }
            }

            return answer;
        }

        private GattServiceProviderAdvertisingParameters CreateAdvertising()
        {
            GattServiceProviderAdvertisingParameters parameters = new GattServiceProviderAdvertisingParameters();

            // In this order: going custom drops the flags, and IsDiscoverable brings them back.
            parameters.CustomAdvertisement = true;
            parameters.IsDiscoverable = true;
            parameters.IsConnectable = true;
            return parameters;
        }

        private void StartAdvertising(GattServiceProviderAdvertisingParameters parameters)
        {
            _inbox.Clear();
            _connectedAtMs = 0;

            // The same provider each time: it builds the stack's tables anew from the services declared once.
            _provider.StartAdvertising(parameters);
            if (_provider.AdvertisementStatus != GattServiceProviderAdvertisementStatus.Started)
            {
                throw new InvalidOperationException("advertising did not start");
            }
        }

        // The handlers below run on the one event thread of the library. What they throw would end that thread and
        // with it all events until reboot; the time they take delays every other Bluetooth and network event. No call
        // where they catch: a call needs heap, and may be told there is none.

        private void OnWriteRequested(GattLocalCharacteristic sender, GattWriteRequestedEventArgs args)
        {
            try
            {
                GattWriteRequest request = args.GetRequest();
                DataReader reader = DataReader.FromBuffer(request.Value);
                int count = (int)reader.UnconsumedBufferLength;
                if (count == 0)
                {
                    // The two seconds are over and the request is gone. Answering now would leave a lock of the stack
                    // taken for good, and every callback after it would fail.
                    _statistics.LateWrites++;
                    return;
                }

                if (_scratch.Length != count)
                {
                    _scratch = new byte[count];
                }

                reader.ReadBytes(_scratch);
                bool accepted = _inbox.TryEnqueue(KindUnit, _scratch, count);

                // Exactly one answer, at once, also to a write without response. An error tells the peer that the inbox
                // is full.
                if (accepted)
                {
                    request.Respond();
                }
                else
                {
                    request.RespondWithProtocolError(AttInsufficientResources);
                }

                Wake();
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }

        private void OnSubscribedClientsChanged(GattLocalCharacteristic sender, object args)
        {
            try
            {
                // The event does not say which way it went, and those that a restart of the stack cut off stay in the
                // list: fewer than before is one that left, anything else one that came.
                int subscribers = sender.SubscribedClients.Length;
                Mark(subscribers < _subscribers ? KindClosed : KindOpened);
                _subscribers = subscribers;
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }

        private void OnSessionChanged(object sender, GattSessionStatusChangedEventArgs args)
        {
            try
            {
                if (args.Status == GattSessionStatus.Active)
                {
                    _connectedAtMs = BoardClock.NowMs;
                }
                else
                {
                    _connectedAtMs = 0;
                    Mark(KindClosed);
                }

                Wake();
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }

        private void Mark(byte kind)
        {
            if (!_inbox.TryEnqueue(kind, null, 0))
            {
                // What waits belongs to a contact that is over; its end must not get lost.
                _inbox.Clear();
                _inbox.TryEnqueue(kind, null, 0);
            }

            Wake();
        }

        private void Wake()
        {
            AutoResetEvent wake = _wake;
            if (wake != null)
            {
                wake.Set();
            }
        }
    }
}
