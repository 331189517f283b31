namespace WhispurrNet.Board.Serial
{
    /// <summary>How a session stands.</summary>
    internal enum SerialSessionState
    {
        /// <summary>There is none.</summary>
        Closed = 0,

        /// <summary>The board asks for one and has no answer yet.</summary>
        Opening = 1,

        /// <summary>The bridge was asked and has not answered yet.</summary>
        Requested = 2,

        /// <summary>Messages go both ways.</summary>
        Open = 3,
    }

    /// <summary>
    /// One end of a session over a serial line: messages of a link, each once and in order, over a line that loses, spoils
    /// and repeats bytes and is unplugged now and then. No I/O: bytes and time in, bytes, messages and the next deadline
    /// out.
    /// <code>
    /// board    Open -> Opening -- Opened --> Open -- Closed, Close --> Closed
    /// bridge   Closed -- Open --> Requested -- Accept --> Open -- Closed, Close, another Open --> Closed or Requested
    /// </code>
    /// A sender keeps what was not acknowledged and goes back to the first of it when the receiver says that something is
    /// missing, or says nothing for too long. A receiver has room for a few messages and says how many, so what is not
    /// taken stays with the sender. Both say so every two seconds in any case: that is how a session goes on after the line
    /// was cut. All calls from one thread at a time; numbers of messages run modulo 256.
    /// </summary>
    internal sealed partial class SerialSession
    {
        /// <summary>Longest silence of the line that a session survives.</summary>
        internal const int SilenceMs = 90 * 1000;

        /// <summary>How often an end says how far it is, and how often a board asks for a session.</summary>
        internal const int StateEveryMs = 2000;

        private const int AskEveryMs = 1000;

        // An end that says something every two seconds and was not heard for so long was cut off.
        private const int SilentAfterMs = 5000;
        private const int ResendMinMs = 400;
        private const int ResendMaxMs = 4000;

        // What is under way when a gap shows is missing, too, and each piece of it says so.
        private const int GapPauseMs = 100;
        private const int NumberMask = 0xFF;

        private readonly bool _asks;
        private readonly SerialFrameReader _reader;
        private readonly SerialFrameWriter _writer;
        private readonly SerialMessageRing _outgoing;
        private readonly SerialMessageRing _incoming;
        private readonly SerialCounters _counters = new SerialCounters();
        private SerialSessionState _state;
        private SerialCloseReason _reason;
        private uint _session;
        private uint _refused;
        private SerialCloseReason _refusal;
        private int _first;
        private int _sent;
        private int _sentMost;
        private int _peerLimit;
        private int _expected;
        private int _resendMs = ResendMinMs;
        private long _resendAtMs;
        private long _stateAtMs;
        private long _gapUntilMs;
        private long _sayGapAtMs;
        private long _heardAtMs;
        private bool _openedDue;
        private bool _answerDue;
        private bool _gap;

        /// <param name="asks">Whether this is the board, which asks for sessions; else the bridge, which grants them.</param>
        /// <param name="messageSizeMax">Most bytes of a message, at most <see cref="SerialFrame.MessageSizeMax"/>.</param>
        /// <param name="outgoing">Messages that can wait for being acknowledged, 1 to 64.</param>
        /// <param name="incoming">Messages that can wait for being taken, 1 to 64.</param>
        internal SerialSession(bool asks, int messageSizeMax, int outgoing, int incoming)
        {
            _asks = asks;

            // Of any size: one that is too long here has to be told from a damaged one, which would come again for ever.
            _reader = new SerialFrameReader(SerialFrame.MessageSizeMax);
            _writer = new SerialFrameWriter(messageSizeMax);
            _outgoing = new SerialMessageRing(outgoing, messageSizeMax);
            _incoming = new SerialMessageRing(incoming, messageSizeMax);
        }

        /// <summary>How the session stands.</summary>
        internal SerialSessionState State
        {
            get { return _state; }
        }

        /// <summary>The number that the board drew for it; 0 before the first.</summary>
        internal uint Session
        {
            get { return _session; }
        }

        /// <summary>Why the last one ended.</summary>
        internal SerialCloseReason Reason
        {
            get { return _reason; }
        }

        /// <summary>What was counted since the start.</summary>
        internal SerialCounters Counters
        {
            get
            {
                _counters.Damaged = _reader.Damaged;
                return _counters;
            }
        }

        /// <summary>Messages that were given and not acknowledged.</summary>
        internal int Unacknowledged
        {
            get { return _outgoing.Count; }
        }

        /// <summary>When the other end was last heard.</summary>
        internal long HeardAtMs
        {
            get { return _heardAtMs; }
        }

        /// <summary>When <see cref="PollTransmit"/> is to be called without cause; long.MaxValue for not at all.</summary>
        internal long NextDeadlineMs
        {
            get
            {
                if (_state == SerialSessionState.Closed)
                {
                    return long.MaxValue;
                }

                long dueMs = _heardAtMs + SilenceMs;
                if (_state == SerialSessionState.Requested)
                {
                    return dueMs;
                }

                dueMs = _stateAtMs < dueMs ? _stateAtMs : dueMs;
                return _state == SerialSessionState.Open && _outgoing.Count > 0 && _resendAtMs < dueMs
                    ? _resendAtMs
                    : dueMs;
            }
        }

        /// <summary>Asks for a session. What is left of another one is dropped.</summary>
        /// <param name="session">Drawn at random, not 0.</param>
        /// <param name="nowMs">Now.</param>
        internal void Open(uint session, long nowMs)
        {
            Begin(session, nowMs);
            _state = SerialSessionState.Opening;
            _stateAtMs = nowMs;
        }

        /// <summary>Grants the session that was asked for.</summary>
        internal void Accept(long nowMs)
        {
            if (_state == SerialSessionState.Requested)
            {
                _state = SerialSessionState.Open;
                _heardAtMs = nowMs;
                _openedDue = true;
            }
        }

        /// <summary>Ends the session, or refuses the one that was asked for. The other end is told once.</summary>
        internal void Close(SerialCloseReason reason)
        {
            if (_state != SerialSessionState.Closed)
            {
                Refuse(_session, reason);
                End(reason);
            }
        }

        /// <summary>Takes a message over for sending.</summary>
        /// <returns>False if there is no open session or no room: try again when something was acknowledged.</returns>
        internal bool TrySend(byte[] message, int offset, int count, long nowMs)
        {
            if (_state != SerialSessionState.Open || !_outgoing.TryAdd(message, offset, count))
            {
                return false;
            }

            if (_outgoing.Count == 1)
            {
                _resendAtMs = nowMs + _resendMs;
            }

            return true;
        }

        /// <summary>Whether <see cref="TrySend"/> would take a message.</summary>
        internal bool CanSend
        {
            get { return _state == SerialSessionState.Open && !_outgoing.IsFull; }
        }

        /// <summary>Gives the next message.</summary>
        /// <param name="target">Receives it; the largest message fits.</param>
        /// <returns>Its bytes, or -1 if none waits.</returns>
        internal int TryReceive(byte[] target)
        {
            int count = _incoming.TryTake(target);

            // The sender may be waiting for just this room.
            _answerDue |= count >= 0 && _state == SerialSessionState.Open;
            return count;
        }

        /// <summary>Takes bytes from the line: any bytes.</summary>
        internal void Receive(byte[] data, int offset, int count, long nowMs)
        {
            uint damaged = _reader.Damaged;
            int end = offset + count;
            while (_reader.TryRead(data, ref offset, end))
            {
                ReceiveFrame(_reader.Frame, _reader.Count, nowMs);
            }

            // A line full of noise is told so now and then, not for every piece of it.
            if (_reader.Damaged != damaged && _state == SerialSessionState.Open && nowMs >= _sayGapAtMs)
            {
                _sayGapAtMs = nowMs + GapPauseMs;
                _gap = true;
                _answerDue = true;
            }
        }

        /// <summary>The line was cut and is back: what was under way is lost, and the other end is to hear of this one.</summary>
        internal void LineRestored(long nowMs)
        {
            _reader.Reset();
            if (_state == SerialSessionState.Open)
            {
                Resume(nowMs);
            }
        }

        /// <summary>The next bytes for the line.</summary>
        /// <param name="line">Receives them; <see cref="SerialFrame.LineSizeMax"/> bytes.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>How many; 0 for nothing before <see cref="NextDeadlineMs"/> or the next call of another member.</returns>
        internal int PollTransmit(byte[] line, long nowMs)
        {
            if (_refused != 0)
            {
                uint session = _refused;
                _refused = 0;
                return Finish(SerialFrameKind.Closed, session, (int)_refusal, 0, line);
            }

            if (_state != SerialSessionState.Closed && nowMs - _heardAtMs >= SilenceMs
                && _state != SerialSessionState.Opening)
            {
                Close(SerialCloseReason.Silent);
                return PollTransmit(line, nowMs);
            }

            if (_state == SerialSessionState.Opening)
            {
                return PollOpen(line, nowMs);
            }

            return _state == SerialSessionState.Open ? PollMessages(line, nowMs) : 0;
        }

        private int PollOpen(byte[] line, long nowMs)
        {
            if (nowMs < _stateAtMs)
            {
                return 0;
            }

            _stateAtMs = nowMs + AskEveryMs;
            _heardAtMs = nowMs;
            return Finish(SerialFrameKind.Open, _session, SerialFrame.Version, 0, line);
        }

        private int PollMessages(byte[] line, long nowMs)
        {
            if (_openedDue)
            {
                _openedDue = false;
                return Finish(SerialFrameKind.Opened, _session, SerialFrame.Version, 0, line);
            }

            if (_outgoing.Count > 0 && nowMs >= _resendAtMs)
            {
                GoBack(nowMs);
                _resendMs = _resendMs * 2 > ResendMaxMs ? ResendMaxMs : _resendMs * 2;
            }

            if (_sent < _outgoing.Count && HasRoom(_first + _sent))
            {
                return PollMessage(line, nowMs);
            }

            if (!_answerDue && nowMs < _stateAtMs)
            {
                return 0;
            }

            _answerDue = false;
            _stateAtMs = nowMs + StateEveryMs;
            return Finish(SerialFrameKind.State, _session, 0, 0, line);
        }

        private int PollMessage(byte[] line, long nowMs)
        {
            if (_sent == 0)
            {
                _resendAtMs = nowMs + _resendMs;
            }

            int count = _outgoing.Peek(_sent, _writer.Frame, SerialFrame.HeadSize);
            int number = (_first + _sent) & NumberMask;
            _sent++;
            if (_sent > _sentMost)
            {
                _sentMost = _sent;
                _counters.Sent++;
            }
            else
            {
                _counters.Resent++;
            }

            // It says all that an answer says.
            _answerDue = false;
            _stateAtMs = nowMs + StateEveryMs;
            return Finish(SerialFrameKind.Message, _session, number, count, line);
        }

        private int Finish(SerialFrameKind kind, uint session, int detail, int message, byte[] line)
        {
            byte[] frame = _writer.Frame;
            frame[0] = (byte)((int)kind | (_gap ? SerialFrame.GapFlag : 0));
            _gap = false;
            frame[SerialFrame.SessionOffset] = (byte)session;
            frame[SerialFrame.SessionOffset + 1] = (byte)(session >> 8);
            frame[SerialFrame.SessionOffset + 2] = (byte)(session >> 16);
            frame[SerialFrame.SessionOffset + 3] = (byte)(session >> 24);
            frame[SerialFrame.ExpectedOffset] = (byte)_expected;
            frame[SerialFrame.LimitOffset] = (byte)(_expected + _incoming.Free);
            frame[SerialFrame.DetailOffset] = (byte)detail;
            return _writer.Finish(SerialFrame.HeadSize + message, line);
        }

        /// <summary>Whether the receiver said that it has room for a number.</summary>
        private bool HasRoom(int number)
        {
            int room = (_peerLimit - number) & NumberMask;
            return room != 0 && room <= NumberMask / 2;
        }

        private void Resume(long nowMs)
        {
            _resendMs = ResendMinMs;
            GoBack(nowMs);
            _answerDue = true;
        }

        private void GoBack(long nowMs)
        {
            _sent = 0;
            _resendAtMs = nowMs + _resendMs;
        }

        private void Refuse(uint session, SerialCloseReason reason)
        {
            _refused = session;
            _refusal = reason;
        }

        private void Begin(uint session, long nowMs)
        {
            _session = session;
            _reason = SerialCloseReason.None;
            _outgoing.Clear();
            _incoming.Clear();
            _first = 0;
            _sent = 0;
            _sentMost = 0;
            _peerLimit = 0;
            _expected = 0;
            _resendMs = ResendMinMs;
            _gapUntilMs = nowMs;
            _sayGapAtMs = nowMs;
            _heardAtMs = nowMs;
            _stateAtMs = nowMs + StateEveryMs;
            _answerDue = false;
            _openedDue = false;
            _gap = false;
        }

        private void End(SerialCloseReason reason)
        {
            _state = SerialSessionState.Closed;
            _reason = reason;

            // What came in can still be taken; what was to go out belongs to a link that is over.
            _outgoing.Clear();
        }
    }
}
