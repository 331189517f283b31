using System;
using System.Net.WebSockets;
using System.Net.WebSockets.WebSocketFrame;
using System.Threading;
using WhispurrNet.Board.Network;
using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Board.Gateway
{
    /// <summary>
    /// The link to the gateway over WebSocket: dials, pumps, and dials again. The receiver thread of the library only
    /// queues; sending and all work of the core is done by this thread.
    /// </summary>
    internal sealed class GatewayLink : GatewayPump
    {
        /// <summary>
        /// Largest message taken; the library allocates whatever length a message claims, up to this.
        /// </summary>
        private const int MaxMessageSize = 4096;

        /// <summary>
        /// Messages that can wait beside the frames this node may have asked for at once. Full: the link is closed and
        /// opened anew, and reconciliation brings what was missed.
        /// </summary>
        private const int InboxSpare = 8;

        private readonly NodeHost _host;
        private readonly string _url;
        private readonly bool _stealth;
        private readonly WifiLink _wifi;
        private readonly BoardStatistics _statistics;
        private readonly ReconnectBackoff _backoff = new ReconnectBackoff();
        private readonly SendCredit _credit = new SendCredit();
        private readonly Random _random = new Random();
        private readonly MessageQueue _inbox;
        private readonly byte[] _unit;
        private bool _closed;
        private bool _overrun;
        private bool _open;
        private bool _complained;

        /// <param name="host">The core.</param>
        /// <param name="url">Where to dial: <c>ws://host:port/path</c>.</param>
        /// <param name="stealth">Whether it dials like a browser.</param>
        /// <param name="wifi">The network; it is dialled only while there is one.</param>
        /// <param name="offerMax">Frames that this node asks for at once at most.</param>
        /// <param name="statistics">Counts.</param>
        internal GatewayLink(
            NodeHost host, string url, bool stealth, WifiLink wifi, int offerMax, BoardStatistics statistics)
            : base("gateway", statistics)
        {
            _host = host;
            _url = url;
            _stealth = stealth;
            _wifi = wifi;
            _statistics = statistics;
            _unit = new byte[host.Core.MaxUnit];
            _inbox = new MessageQueue(offerMax + InboxSpare);
        }

        /// <inheritdoc/>
        internal override bool IsOpen
        {
            get { return _open; }
        }

        /// <inheritdoc/>
        internal override uint Refused
        {
            get { return _inbox.Refused; }
        }

        /// <inheritdoc/>
        internal override void Drop()
        {
            _overrun = true;
            _host.GatewayWake.Set();
        }

        /// <inheritdoc/>
        protected override void Run()
        {
            while (true)
            {
                _wifi.WaitReady(Timeout.Infinite);
                try
                {
                    Connect();
                }
                catch (Exception exception)
                {
                    // Once, not with every attempt: a gateway may be away for days.
                    if (!_complained)
                    {
                        _complained = true;
                        SerialLog.Error("no connection to the gateway at " + _url + ", trying on", exception);
                    }
                }

                Thread.Sleep(_backoff.NextMs(_random.Next()));
            }
        }

        private void Connect()
        {
            ClientWebSocketOptions options = new ClientWebSocketOptions();
            options.MaxReceiveFrameSize = MaxMessageSize;
            ClientWebSocket socket = new ClientWebSocket(options);
            socket.MessageReceived += OnMessageReceived;
            socket.ConnectionClosed += OnConnectionClosed;
            _inbox.Clear();
            _closed = false;
            _overrun = false;
            socket.Connect(_url, _stealth ? BrowserHeaders.Create() : null);

            // A connection that is refused does not throw; it only shows here.
            if (socket.State != WebSocketState.Open)
            {
                throw new InvalidOperationException("not reachable");
            }

            _statistics.GatewayConnects++;
            _complained = false;
            long openedMs = BoardClock.NowMs;
            try
            {
                Talk(socket);
            }
            finally
            {
                _open = false;
                _backoff.Ended(BoardClock.NowMs - openedMs);
                Abort(socket);
            }
        }

        private void Talk(ClientWebSocket socket)
        {
            int link;
            long nowMs = BoardClock.NowMs;
            lock (_host.Gate)
            {
                link = _host.Core.OpenLink(LinkKind.Stream, true, _host.Core.MaxUnit, GatewayNeighbour, nowMs);
            }

            if (link < 0)
            {
                throw new InvalidOperationException("the core has no link to spare");
            }

            _credit.Reset(nowMs);
            _open = true;
            try
            {
                Pump(socket, link);
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

        private void Pump(ClientWebSocket socket, int link)
        {
            while (true)
            {
                long nowMs = BoardClock.NowMs;
                if (Receive(link, nowMs))
                {
                    _host.AfterReceive(nowMs);
                }
                else
                {
                    _host.Tick(nowMs);
                }

                LinkState state;
                long untilMs;
                bool stalled = Transmit(socket, link, nowMs);
                lock (_host.Gate)
                {
                    state = _host.Core.GetLinkState(link);
                    untilMs = _host.Core.NextDeadlineMs;
                }

                // The core fails a link on which its pings go unanswered. The library would notice much later, and
                // spins meanwhile if the other side has closed. It finishes one beside which another goes on.
                if (state != LinkState.Open)
                {
                    _statistics.GatewayFailures += state == LinkState.Failed ? 1u : 0u;
                    return;
                }

                if (_closed || _overrun || socket.State != WebSocketState.Open)
                {
                    return;
                }

                if (stalled && _credit.NextMs < untilMs)
                {
                    untilMs = _credit.NextMs;
                }

                NodeHost.Wait(_host.GatewayWake, untilMs, nowMs);
            }
        }

        private bool Receive(int link, long nowMs)
        {
            bool any = false;
            byte[] message;
            while ((message = _inbox.TryDequeue()) != null)
            {
                lock (_host.Gate)
                {
                    _host.Core.Receive(link, message, 0, message.Length, nowMs);
                }

                _credit.Received();
                any = true;
            }

            return any;
        }

        /// <returns>Whether something is held back.</returns>
        private bool Transmit(ClientWebSocket socket, int link, long nowMs)
        {
            while (true)
            {
                if (!_credit.TryTake(nowMs))
                {
                    _statistics.GatewayStalls++;
                    return true;
                }

                int count;
                lock (_host.Gate)
                {
                    count = _host.Core.PollTransmit(link, _unit, 0, nowMs);
                }

                if (count == 0)
                {
                    _credit.GiveBack();
                    return false;
                }

                // A copy of its own for every message: the library masks it in place, later, on its own thread. Whole,
                // since the library masks and ends fragments wrongly; it is far below the size it would cut at.
                byte[] message = new byte[count];
                Array.Copy(_unit, 0, message, 0, count);
                if (!socket.SendBytes(message))
                {
                    return false;
                }
            }
        }

        private static void Abort(ClientWebSocket socket)
        {
            // A connection that the library has closed itself ends its own threads and timer.
            if (socket.State == WebSocketState.Closed)
            {
                return;
            }

            try
            {
                // Not Close: that waits without limit for an answer.
                socket.Abort();
            }
            catch (Exception)
            {
                // It was never quite open, or it is closed already; either way there is nothing left to end.
            }
        }

        // The handlers below run on the library's receiver thread, which also answers pings: they queue, and must not
        // throw or wait.

        private void OnMessageReceived(object sender, MessageReceivedEventArgs args)
        {
            try
            {
                ReceiveMessageFrame frame = args.Frame;
                if (frame.MessageType != WebSocketMessageType.Binary || frame.IsFragmented)
                {
                    return;
                }

                if (!_inbox.TryEnqueue(frame.Buffer))
                {
                    _overrun = true;
                }

                _host.GatewayWake.Set();
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }

        private void OnConnectionClosed(object sender, EventArgs args)
        {
            _closed = true;
            try
            {
                _host.GatewayWake.Set();
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }
    }
}
