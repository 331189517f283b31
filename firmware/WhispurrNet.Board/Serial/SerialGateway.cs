using System;
using System.IO.Ports;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using WhispurrNet.Board.Gateway;
using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Board.Serial
{
    /// <summary>
    /// The link to the gateway over a serial line with <c>whispurr bridge</c> at its other end: asks for a session, pumps,
    /// and asks again. A message counts as sent when the session has taken it; one that the bridge never acknowledged is lost
    /// with its link, and its frame is still in the store for the next one.
    /// </summary>
    internal sealed class SerialGateway : GatewayPump
    {
        /// <summary>Messages that wait for the bridge's acknowledgement.</summary>
        private const int OutgoingMax = 4;

        /// <summary>Messages that the bridge may have under way, which all fit into the port's buffer.</summary>
        private const int IncomingMax = 3;

        /// <summary>Room in the port's buffer for frames without messages beside those.</summary>
        private const int SpareSize = 128;

        private const int ChunkSize = 128;
        private const int ComType = 0x30000;
        private const int TransmitLine = 0;
        private const int ReceiveLine = 1;

        private readonly NodeHost _host;
        private readonly SerialSettings _settings;
        private readonly BoardStatistics _statistics;
        private readonly ReconnectBackoff _backoff = new ReconnectBackoff();
        private readonly Random _random = new Random();
        private readonly SerialSession _session;
        private readonly byte[] _chunk = new byte[ChunkSize];
        private readonly byte[] _message;
        private readonly byte[] _line;
        private SerialPort _port;
        private SerialCloseReason _complained = SerialCloseReason.None;
        private bool _open;
        private bool _drop;

        /// <param name="host">The core.</param>
        /// <param name="settings">The port.</param>
        /// <param name="statistics">Counts.</param>
        internal SerialGateway(NodeHost host, SerialSettings settings, BoardStatistics statistics)
            : base("serial", statistics)
        {
            _host = host;
            _settings = settings;
            _statistics = statistics;
            int messageSizeMax = host.Core.MaxUnit;
            _session = new SerialSession(true, messageSizeMax, OutgoingMax, IncomingMax);
            _message = new byte[messageSizeMax];
            _line = new byte[SerialFrame.LineSizeMax(messageSizeMax)];
        }

        /// <inheritdoc/>
        internal override bool IsOpen
        {
            get { return _open; }
        }

        /// <inheritdoc/>
        internal override uint Refused
        {
            get { return 0; }
        }

        /// <inheritdoc/>
        internal override void Drop()
        {
            _drop = true;
            _host.GatewayWake.Set();
        }

        /// <inheritdoc/>
        protected override void Run()
        {
            if (_port == null)
            {
                OpenPort();
            }

            while (true)
            {
                long openedMs = Meet();
                _backoff.Ended(BoardClock.NowMs - openedMs);
                Rest(BoardClock.NowMs + _backoff.NextMs(_random.Next()));
            }
        }

        private void OpenPort()
        {
            if (_settings.ReceivePin != SerialSettings.DefaultPin)
            {
                // The numbers of the library's functions: type, port and line, a byte each.
                int function = ComType + (_settings.PortNumber * 0x100);
                Configuration.SetPinFunction(_settings.TransmitPin, (DeviceFunction)(function + TransmitLine));
                Configuration.SetPinFunction(_settings.ReceivePin, (DeviceFunction)(function + ReceiveLine));
            }

            SerialPort port = new SerialPort(_settings.PortName, _settings.BaudRate);
            try
            {
                // A buffer that overflows is emptied whole, so all that the bridge may send has to fit.
                port.ReadBufferSize = (IncomingMax * _line.Length) + SpareSize;
                port.Open();
            }
            catch (Exception)
            {
                // Otherwise the library takes the port for used at the next attempt.
                port.Dispose();
                throw;
            }

            port.DataReceived += OnDataReceived;
            _port = port;
            SerialLog.Line("serial ready port=" + _settings.PortName + " baud=" + _settings.BaudRate.ToString());
        }

        /// <summary>One session, from asking for it to its end.</summary>
        /// <returns>When it was open, or when it ended if it never was.</returns>
        private long Meet()
        {
            _drop = false;
            _session.Open((uint)_random.Next() + 1u, BoardClock.NowMs);
            while (_session.State == SerialSessionState.Opening)
            {
                Step();
            }

            long openedMs = BoardClock.NowMs;
            if (_session.State == SerialSessionState.Open)
            {
                _statistics.GatewayConnects++;
                _complained = SerialCloseReason.None;
                SerialLog.Line("serial open");
                Talk(openedMs);
            }

            Complain(_session.Reason);
            return openedMs;
        }

        private void Talk(long nowMs)
        {
            int link;
            lock (_host.Gate)
            {
                link = _host.Core.OpenLink(LinkKind.Stream, true, _host.Core.MaxUnit, GatewayNeighbour, nowMs);
            }

            if (link < 0)
            {
                _session.Close(SerialCloseReason.Ended);
                Flush(nowMs);
                throw new InvalidOperationException("the core has no link to spare");
            }

            _open = true;
            try
            {
                while (Pump(link))
                {
                }
            }
            finally
            {
                _open = false;
                lock (_host.Gate)
                {
                    _host.Core.CloseLink(link, BoardClock.NowMs);
                }

                _host.WakeAll();
            }
        }

        /// <returns>Whether the link goes on.</returns>
        private bool Pump(int link)
        {
            long nowMs = BoardClock.NowMs;
            Listen(nowMs);
            if (Receive(link, nowMs))
            {
                _host.AfterReceive(nowMs);
            }
            else
            {
                _host.Tick(nowMs);
            }

            Transmit(link, nowMs);
            LinkState state;
            long untilMs;
            lock (_host.Gate)
            {
                state = _host.Core.GetLinkState(link);
                untilMs = _host.Core.NextDeadlineMs;
            }

            if (state != LinkState.Open || _drop)
            {
                _statistics.GatewayFailures += state == LinkState.Failed ? 1u : 0u;
                _session.Close(SerialCloseReason.Ended);
            }

            Flush(nowMs);
            if (_session.State != SerialSessionState.Open)
            {
                return false;
            }

            if (_port.BytesToRead == 0)
            {
                long dueMs = _session.NextDeadlineMs;
                NodeHost.Wait(_host.GatewayWake, dueMs < untilMs ? dueMs : untilMs, nowMs);
            }

            return true;
        }

        private bool Receive(int link, long nowMs)
        {
            bool any = false;
            int count;
            while ((count = _session.TryReceive(_message)) >= 0)
            {
                lock (_host.Gate)
                {
                    _host.Core.Receive(link, _message, 0, count, nowMs);
                }

                any = true;
            }

            return any;
        }

        private void Transmit(int link, long nowMs)
        {
            while (_session.CanSend)
            {
                int count;
                lock (_host.Gate)
                {
                    count = _host.Core.PollTransmit(link, _message, 0, nowMs);
                }

                if (count == 0)
                {
                    return;
                }

                _session.TrySend(_message, 0, count, nowMs);
            }

            _statistics.GatewayStalls++;
        }

        /// <summary>Moves bytes both ways without a link, and waits for more.</summary>
        private void Step()
        {
            long nowMs = BoardClock.NowMs;
            Listen(nowMs);
            Flush(nowMs);
            if (_session.State == SerialSessionState.Opening)
            {
                NodeHost.Wait(_host.GatewayWake, _session.NextDeadlineMs, nowMs);
            }
        }

        /// <summary>Takes bytes off the line until a moment, so that they do not pile up in the port.</summary>
        private void Rest(long untilMs)
        {
            long nowMs;
            while ((nowMs = BoardClock.NowMs) < untilMs)
            {
                Listen(nowMs);
                Flush(nowMs);
                NodeHost.Wait(_host.GatewayWake, untilMs, nowMs);
            }
        }

        private void Listen(long nowMs)
        {
            int waiting;
            while ((waiting = _port.BytesToRead) > 0)
            {
                // Never more than there is: a read waits for all that it asks for.
                int count = _port.Read(_chunk, 0, waiting < ChunkSize ? waiting : ChunkSize);
                _session.Receive(_chunk, 0, count, nowMs);
            }
        }

        private void Flush(long nowMs)
        {
            int count;
            while ((count = _session.PollTransmit(_line, nowMs)) > 0)
            {
                _port.Write(_line, 0, count);
            }
        }

        /// <summary>Once in a row of the same reason: a bridge may be away for days.</summary>
        private void Complain(SerialCloseReason reason)
        {
            if (reason != _complained)
            {
                _complained = reason;
                SerialLog.Line("serial closed reason=" + ((int)reason).ToString());
            }
        }

        private void OnDataReceived(object sender, SerialDataReceivedEventArgs e)
        {
            // On the library's event thread: what this threw would end it.
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
