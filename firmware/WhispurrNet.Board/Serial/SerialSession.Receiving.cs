namespace WhispurrNet.Board.Serial
{
    // What comes from the other end.
    internal sealed partial class SerialSession
    {
        private void ReceiveFrame(byte[] frame, int count, long nowMs)
        {
            int kind = frame[0] & ~SerialFrame.GapFlag;
            uint session = frame[SerialFrame.SessionOffset]
                | ((uint)frame[SerialFrame.SessionOffset + 1] << 8)
                | ((uint)frame[SerialFrame.SessionOffset + 2] << 16)
                | ((uint)frame[SerialFrame.SessionOffset + 3] << 24);
            if (kind == (int)SerialFrameKind.Open)
            {
                ReceiveOpen(frame, session, nowMs);
                return;
            }

            if (session != _session || _state == SerialSessionState.Closed)
            {
                // Only a bridge answers for sessions that it does not know: a board's own are over.
                if (!_asks && session != 0 && kind != (int)SerialFrameKind.Closed)
                {
                    Refuse(session, session == _session ? _reason : SerialCloseReason.Unknown);
                }

                _counters.Strange++;
                return;
            }

            bool wasSilent = nowMs - _heardAtMs > SilentAfterMs;
            _heardAtMs = nowMs;
            if (kind == (int)SerialFrameKind.Closed)
            {
                End((SerialCloseReason)frame[SerialFrame.DetailOffset]);
                return;
            }

            if (kind == (int)SerialFrameKind.Opened && _state == SerialSessionState.Opening)
            {
                _state = SerialSessionState.Open;
            }

            if (_state == SerialSessionState.Open)
            {
                ReceiveState(frame, nowMs);
                if (wasSilent)
                {
                    Resume(nowMs);
                }

                if (kind == (int)SerialFrameKind.Message)
                {
                    ReceiveMessage(frame, count);
                }
            }
        }

        private void ReceiveOpen(byte[] frame, uint session, long nowMs)
        {
            if (_asks || session == 0)
            {
                _counters.Strange++;
                return;
            }

            if (frame[SerialFrame.DetailOffset] != SerialFrame.Version)
            {
                Refuse(session, SerialCloseReason.Version);
                return;
            }

            if (session == _session && _state == SerialSessionState.Closed)
            {
                // Asked for before the refusal arrived; a board asks for another one afterwards.
                Refuse(session, _reason);
                return;
            }

            if (session != _session)
            {
                Begin(session, nowMs);
                _state = SerialSessionState.Requested;
                _counters.Sessions++;
            }

            _heardAtMs = nowMs;
            _peerLimit = frame[SerialFrame.LimitOffset];

            // Its answer got lost.
            _openedDue = _state == SerialSessionState.Open;
        }

        private void ReceiveState(byte[] frame, long nowMs)
        {
            int acknowledged = (frame[SerialFrame.ExpectedOffset] - _first) & NumberMask;
            if (acknowledged > _sentMost)
            {
                // It cannot know what was not sent.
                _counters.Strange++;
                return;
            }

            if (acknowledged > 0)
            {
                _outgoing.Drop(acknowledged);
                _first = (_first + acknowledged) & NumberMask;
                _sent = _sent > acknowledged ? _sent - acknowledged : 0;
                _sentMost -= acknowledged;
                _resendMs = ResendMinMs;
                _resendAtMs = nowMs + _resendMs;
                _counters.Acknowledged += (uint)acknowledged;
            }

            _peerLimit = frame[SerialFrame.LimitOffset];
            if ((frame[0] & SerialFrame.GapFlag) != 0 && _sent > 0 && nowMs >= _gapUntilMs)
            {
                _gapUntilMs = nowMs + GapPauseMs;
                GoBack(nowMs);
            }
        }

        private void ReceiveMessage(byte[] frame, int count)
        {
            _answerDue = true;
            int ahead = (frame[SerialFrame.DetailOffset] - _expected) & NumberMask;
            if (ahead != 0)
            {
                // From before: its acknowledgement got lost. From later: one in between is missing.
                bool before = ahead > NumberMask / 2;
                _counters.Repeated += before ? 1u : 0u;
                _gap |= !before;
                return;
            }

            int size = count - SerialFrame.HeadSize;
            if (size == 0 || size > _incoming.MessageSizeMax)
            {
                Close(SerialCloseReason.TooLong);
                return;
            }

            // Without room it was sent against the limit, and comes again.
            if (_incoming.TryAdd(frame, SerialFrame.HeadSize, size))
            {
                _expected = (_expected + 1) & NumberMask;
                _counters.Received++;
            }
        }
    }
}
