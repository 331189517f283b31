using System;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Board.Radio
{
    /// <summary>How an inbound contact stands.</summary>
    internal enum InboundState
    {
        /// <summary>There is none, or it goes on.</summary>
        None = 0,

        /// <summary>It ended as it should. Said once.</summary>
        Ended = 1,

        /// <summary>It makes no sense; only a restart of the stack frees the place that the peer holds.</summary>
        Broken = 2,

        /// <summary>The peer is silent or takes too long; only a restart of the stack frees its place.</summary>
        Stuck = 3,
    }

    /// <summary>
    /// The server role: advertises, and answers one contact at a time. The library's event thread only copies into
    /// <see cref="_inbox"/>; <see cref="Pump"/>, on the radio's thread, does the rest.
    /// </summary>
    internal sealed class GattServer
    {
        /// <summary>
        /// A peer that holds the only place longer than a contact may take is thrown out. The server cannot disconnect a
        /// client, so that means a restart of the stack.
        /// </summary>
        private const int AnswerLimitMs = LinkTimings.ContactResponderMs;

        private const int BackoffMinMs = 40;
        private const int BackoffMaxMs = 640;
        private const byte KindUnit = 0;
        private const byte KindOpened = 1;
        private const byte KindClosed = 2;
        private const byte AttInsufficientResources = 0x11;
        private const int NotifyDone = 0;
        private const int NotifyOutOfBuffers = 6;

        private readonly BoardStatistics _statistics;
        private readonly UnitQueue _inbox = new UnitQueue(MeshService.UnitQueueSize);
        private readonly byte[] _received = new byte[MeshService.UnitSizeMax];
        private readonly byte[] _advertisement = new byte[MeshService.AdvertisementSize];
        private GattServiceProvider _provider;
        private GattLocalCharacteristic _outbox;
        private NodeHost _host;
        private byte[] _unit;
        private nanoFramework.Device.Bluetooth.Buffer _unitBuffer;
        private byte[] _scratch = new byte[MeshService.UnitSize];
        private int _link = -1;
        private int _waiting;
        private int _backoffMs = BackoffMinMs;
        private long _retryAtMs;
        private long _connectedAtMs;
        private long _heardAtMs;
        private int _subscribers;
        private bool _ended;

        internal GattServer(BoardStatistics statistics)
        {
            _statistics = statistics;
        }

        /// <summary>What the next serving advertises; the radio's pump fills it in before <see cref="StartServing"/>.</summary>
        internal byte[] Advertisement
        {
            get { return _advertisement; }
        }

        /// <summary>Whether a peer is connected.</summary>
        internal bool InContact
        {
            get { return _link >= 0 || _connectedAtMs != 0; }
        }

        /// <summary>Units refused for want of room.</summary>
        internal uint Refused
        {
            get { return _inbox.Refused; }
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

        /// <summary>Connects the server to the core; before the first <see cref="StartServing"/>.</summary>
        internal void Attach(NodeHost host)
        {
            _host = host;
            _unit = new byte[host.Core.MaxUnit];

            // NotifyValue copies what it is given, so that one buffer serves for all.
            _unitBuffer = new nanoFramework.Device.Bluetooth.Buffer(_unit);
        }

        /// <summary>Starts the stack and advertises. The stack must be down, or started as a server.</summary>
        /// <exception cref="InvalidOperationException">The stack did not start.</exception>
        internal void StartServing()
        {
            _inbox.Clear();
            _connectedAtMs = 0;
            _ended = false;
            GattServiceProviderAdvertisingParameters parameters = new GattServiceProviderAdvertisingParameters();

            // In this order: going custom drops the flags, and IsDiscoverable brings them back. Flags take 3 bytes,
            // the manufacturer data 4 and its 24: the 31 of a legacy advertisement, so not a byte may be added.
            parameters.CustomAdvertisement = true;
            parameters.IsDiscoverable = true;
            parameters.IsConnectable = true;

            // Manufacturer data goes into its own list: such a section put into DataSections is dropped again.
            parameters.Advertisement.ManufacturerData.Add(new BluetoothLEManufacturerData(
                MeshService.CompanyId, new nanoFramework.Device.Bluetooth.Buffer(_advertisement)));

            // The same provider each time: it builds the stack's tables anew from the services declared once.
            _provider.StartAdvertising(parameters);
            if (_provider.AdvertisementStatus != GattServiceProviderAdvertisementStatus.Started)
            {
                throw new InvalidOperationException("advertising did not start");
            }
        }

        /// <summary>Stops serving; the stack is down afterwards, and a contact with it.</summary>
        internal void StopServing(long nowMs)
        {
            // A stack that goes down need not report that the peer went with it.
            CloseLink(nowMs);
            _connectedAtMs = 0;
            _provider.StopAdvertising();
            _inbox.Clear();
        }

        /// <summary>Moves units between the stack and the core.</summary>
        /// <returns>How the contact stands, if there is one.</returns>
        internal InboundState Pump(long nowMs)
        {
            if (Receive(nowMs))
            {
                _host.AfterReceive(nowMs);
            }

            bool late = _connectedAtMs != 0 && nowMs - _connectedAtMs > AnswerLimitMs;
            if (_link < 0)
            {
                return late ? InboundState.Stuck : EndedOrNot();
            }

            Transmit(nowMs);
            if (_link < 0)
            {
                return EndedOrNot();
            }

            LinkState state;
            lock (_host.Gate)
            {
                state = _host.Core.GetLinkState(_link);
            }

            // The core gives up a contact that makes no sense, and one in which nothing comes any more.
            if (state == LinkState.Failed)
            {
                late = late || nowMs - _heardAtMs >= LinkTimings.ContactSilenceMs;
                return late ? InboundState.Stuck : InboundState.Broken;
            }

            return late ? InboundState.Stuck : InboundState.None;
        }

        /// <summary>When <see cref="Pump"/> wants to be called again without an event; long.MaxValue for not at all.</summary>
        internal long NextPumpMs()
        {
            if (_waiting > 0)
            {
                return _retryAtMs;
            }

            return _connectedAtMs == 0 ? long.MaxValue : _connectedAtMs + AnswerLimitMs + 1;
        }

        private InboundState EndedOrNot()
        {
            InboundState state = _ended ? InboundState.Ended : InboundState.None;
            _ended = false;
            return state;
        }

        private bool Receive(long nowMs)
        {
            bool any = false;
            byte kind;
            int count;
            while ((count = _inbox.TryDequeue(_received, out kind)) >= 0)
            {
                if (kind == KindOpened)
                {
                    CloseLink(nowMs);
                    OpenLink(nowMs);
                    any = true;
                }
                else if (kind == KindClosed)
                {
                    CloseLink(nowMs);
                }
                else if (_link >= 0)
                {
                    lock (_host.Gate)
                    {
                        _host.Core.Receive(_link, _received, 0, count, nowMs);
                    }

                    _heardAtMs = nowMs;
                    any = true;
                }
            }

            return any;
        }

        private void OpenLink(long nowMs)
        {
            _heardAtMs = nowMs;
            lock (_host.Gate)
            {
                // The stack does not say who connected.
                _link = _host.Core.OpenLink(LinkKind.Contact, false, MeshService.UnitSize, 0, nowMs);
            }

            _waiting = 0;
            _backoffMs = BackoffMinMs;
            _statistics.Answered++;
        }

        private void CloseLink(long nowMs)
        {
            if (_link < 0)
            {
                return;
            }

            lock (_host.Gate)
            {
                _host.Core.CloseLink(_link, nowMs);
            }

            _link = -1;
            _waiting = 0;
            _ended = true;
            _host.WakeAll();
        }

        private void Transmit(long nowMs)
        {
            if (_waiting > 0 && nowMs < _retryAtMs)
            {
                return;
            }

            while (_link >= 0)
            {
                if (_waiting == 0)
                {
                    lock (_host.Gate)
                    {
                        _waiting = _host.Core.PollTransmit(_link, _unit, 0, nowMs);
                    }

                    if (_waiting == 0)
                    {
                        return;
                    }
                }

                int answer = Notify(_waiting);
                if (answer == NotifyDone)
                {
                    _waiting = 0;
                    _backoffMs = BackoffMinMs;
                }
                else if (answer == NotifyOutOfBuffers)
                {
                    // There is no event for "sent", so waiting is all one can do; the unit is kept.
                    _statistics.NotifyRetries++;
                    _retryAtMs = nowMs + _backoffMs;
                    _backoffMs = _backoffMs * 2 > BackoffMaxMs ? BackoffMaxMs : _backoffMs * 2;
                    return;
                }
                else
                {
                    CloseLink(nowMs);
                }
            }
        }

        /// <summary>Sends one unit to whoever is subscribed; the answer is NimBLE's return code.</summary>
        private int Notify(int count)
        {
            _unitBuffer.Length = (uint)count;
            GattClientNotificationResult[] results = _outbox.NotifyValue(_unitBuffer);

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

        // The handlers below run on the one event thread of the library. What they throw would end that thread and with it
        // all events until reboot; the time they take delays every other Bluetooth and network event.

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
                SerialLog.Error("a write could not be taken", exception);
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
                SerialLog.Error("a subscription could not be noted", exception);
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
                SerialLog.Error("a connection could not be noted", exception);
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
            NodeHost host = _host;
            if (host != null)
            {
                host.RadioWake.Set();
            }
        }
    }
}
