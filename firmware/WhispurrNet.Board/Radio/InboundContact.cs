using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;
#if !BLUETOOTH_ONLY
using WhispurrNet.Board.Provisioning;
#endif
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
    /// The contact with whoever dialled in, one at a time: moves units between <see cref="GattServer"/> and the core,
    /// and says when the peer has to go. Used on the radio's thread only.
    /// </summary>
    internal sealed class InboundContact
    {
        /// <summary>
        /// A peer that holds the only place longer than a contact may take is thrown out. The server cannot
        /// disconnect a client, so that means a restart of the stack.
        /// </summary>
        private const int AnswerLimitMs = LinkTimings.ContactResponderMs;

        /// <summary>
        /// A peer that has connected and does not subscribe: a node takes a second or two for its discovery.
        /// </summary>
        private const int SubscribeLimitMs = LinkTimings.ContactSilenceMs;

#if !BLUETOOTH_ONLY
        /// <summary>A phone that might set the board up may look around for so long, and so long not use what it found.</summary>
        private const int PhoneLookMs = 20 * 1000;
        private const int PhoneIdleMs = 60 * 1000;

        /// <summary>No phone holds the place longer.</summary>
        private const int PhoneLimitMs = 5 * 60 * 1000;
#endif

        private const int BackoffMinMs = 40;
        private const int BackoffMaxMs = 640;

        private readonly NodeHost _host;
        private readonly GattServer _server;
        private readonly BoardStatistics _statistics;
        private readonly byte[] _received = new byte[MeshService.UnitSizeMax];
        private readonly byte[] _unit;
        private readonly nanoFramework.Device.Bluetooth.Buffer _unitBuffer;
        private int _link = -1;
        private int _waiting;
        private int _backoffMs = BackoffMinMs;
        private long _retryAtMs;
        private long _heardAtMs;
        private long _subscribedForMs;
        private bool _ended;

        internal InboundContact(NodeHost host, GattServer server, BoardStatistics statistics)
        {
            _host = host;
            _server = server;
            _statistics = statistics;
            _unit = new byte[host.Core.MaxUnit];

            // A notification copies what it is given, so that one buffer serves for all.
            _unitBuffer = new nanoFramework.Device.Bluetooth.Buffer(_unit);
        }

#if !BLUETOOTH_ONLY
        /// <summary>Who sets the board up, or null.</summary>
        internal Provisioner Provisioner { get; set; }
#endif

        /// <summary>Whether a peer is connected.</summary>
        internal bool IsOpen
        {
            get { return _link >= 0 || _server.ConnectedAtMs != 0; }
        }

        /// <summary>
        /// To be called before the server stops: a stack that goes down need not report that the peer went.
        /// </summary>
        internal void Close(long nowMs)
        {
            CloseLink(nowMs);
            _ended = false;
        }

        /// <summary>Moves units between the stack and the core.</summary>
        /// <returns>How the contact stands, if there is one.</returns>
        internal InboundState Pump(long nowMs)
        {
            if (Receive(nowMs))
            {
                _host.AfterReceive(nowMs);
            }

            bool late = nowMs > AnswerEndMs();
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

        /// <summary>
        /// When <see cref="Pump"/> wants to be called again without an event; long.MaxValue for not at all.
        /// </summary>
        internal long NextPumpMs()
        {
            if (_waiting > 0)
            {
                return _retryAtMs;
            }

            long endMs = AnswerEndMs();
            return endMs == long.MaxValue ? endMs : endMs + 1;
        }

        /// <summary>How long the peer may stay; long.MaxValue if there is none.</summary>
        private long AnswerEndMs()
        {
            // Once, since the event thread changes it.
            long connectedAtMs = _server.ConnectedAtMs;
            if (connectedAtMs == 0)
            {
                return long.MaxValue;
            }

            if (_subscribedForMs == connectedAtMs)
            {
                return connectedAtMs + AnswerLimitMs;
            }

#if !BLUETOOTH_ONLY
            if (Provisioner != null && Provisioner.IsOpen)
            {
                long usedAtMs = Provisioner.UsedAtMs;
                long endMs = usedAtMs < connectedAtMs ? connectedAtMs + PhoneLookMs : usedAtMs + PhoneIdleMs;
                return endMs < connectedAtMs + PhoneLimitMs ? endMs : connectedAtMs + PhoneLimitMs;
            }

#endif
            return connectedAtMs + SubscribeLimitMs;
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
            while ((count = _server.Inbox.TryDequeue(_received, out kind)) >= 0)
            {
                if (kind == GattServer.KindOpened)
                {
                    CloseLink(nowMs);
                    OpenLink(nowMs);
                    any = true;
                }
                else if (kind == GattServer.KindClosed)
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

            _subscribedForMs = _server.ConnectedAtMs;
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

                _unitBuffer.Length = (uint)_waiting;
                int answer = _server.Notify(_unitBuffer);
                if (answer == GattServer.NotifyDone)
                {
                    _waiting = 0;
                    _backoffMs = BackoffMinMs;
                }
                else if (answer == GattServer.NotifyOutOfBuffers)
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
    }
}
