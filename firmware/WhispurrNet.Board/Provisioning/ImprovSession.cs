using System.Text;

namespace WhispurrNet.Board.Provisioning
{
    /// <summary>
    /// The board's side of Improv: takes the writes of a client, keeps state, error and result, and says what the board is
    /// to do. No I/O. One thread at a time.
    /// <code>
    /// AuthorizationRequired -- Authorize --> Authorized -- send Wi-Fi --> Provisioning -- Connected --> Provisioned
    ///          ^--------- time is over ---------'  ^------ ConnectFailed ------'
    /// </code>
    /// </summary>
    internal sealed class ImprovSession
    {
        /// <summary>An authorisation by button lasts so long after the press, and after each command that it allowed.</summary>
        internal const int AuthorizedMs = 60 * 1000;

        private readonly ImprovCommandReader _reader = new ImprovCommandReader();
        private readonly byte[] _result = new byte[Improv.DataSizeMax + Improv.Overhead];
        private readonly string[] _info;
        private int _resultCount;
        private ImprovState _state = ImprovState.AuthorizationRequired;
        private ImprovError _error;
        private long _untilMs;
        private bool _needsButton;
        private uint _changes;
        private string _first;
        private string _second;

        /// <param name="info">Firmware, version, chip and name of the board; together 250 bytes at most.</param>
        internal ImprovSession(string[] info)
        {
            _info = info;
        }

        /// <summary>Bit of <see cref="TakeChanges"/>: the state.</summary>
        internal const uint StateChanged = 1;

        /// <summary>Bit of <see cref="TakeChanges"/>: the error.</summary>
        internal const uint ErrorChanged = 2;

        /// <summary>Bit of <see cref="TakeChanges"/>: the result.</summary>
        internal const uint ResultChanged = 4;

        /// <summary>The state.</summary>
        internal ImprovState State
        {
            get { return _state; }
        }

        /// <summary>The last error.</summary>
        internal ImprovError Error
        {
            get { return _error; }
        }

        /// <summary>The last result, from byte 0.</summary>
        internal byte[] Result
        {
            get { return _result; }
        }

        /// <summary>Bytes of it.</summary>
        internal int ResultCount
        {
            get { return _resultCount; }
        }

        /// <summary>Network name, or key of a setting, of the action that <see cref="Receive"/> returned last.</summary>
        internal string First
        {
            get { return _first; }
        }

        /// <summary>Password, or value; a secret.</summary>
        internal string Second
        {
            get { return _second; }
        }

        /// <summary>What is to be told to those who listen; taken once.</summary>
        internal uint TakeChanges()
        {
            uint changes = _changes;
            _changes = 0;
            return changes;
        }

        /// <summary>What could not be told now is to be told later.</summary>
        internal void GiveBack(uint changes)
        {
            _changes |= changes;
        }

        /// <summary>Settings are taken from now on.</summary>
        /// <param name="byButton">Whether for <see cref="AuthorizedMs"/> only.</param>
        /// <param name="nowMs">Now.</param>
        internal void Authorize(bool byButton, long nowMs)
        {
            _needsButton = byButton;
            _untilMs = nowMs + AuthorizedMs;
            if (_state == ImprovState.AuthorizationRequired)
            {
                Become(ImprovState.Authorized);
            }
        }

        /// <summary>No settings are taken any more.</summary>
        internal void Revoke()
        {
            _reader.Wipe();
            Forget();
            if (_state == ImprovState.Authorized)
            {
                Become(ImprovState.AuthorizationRequired);
            }
        }

        /// <summary>Takes an authorisation back when its time is over.</summary>
        internal void HandleTimeout(long nowMs)
        {
            if (_needsButton && _state == ImprovState.Authorized && nowMs >= _untilMs)
            {
                Revoke();
            }
        }

        /// <summary>Takes one write to the command characteristic.</summary>
        internal ImprovAction Receive(byte[] data, int count, long nowMs)
        {
            ImprovReading reading = _reader.Push(data, count, nowMs);
            if (reading == ImprovReading.NeedMore)
            {
                return ImprovAction.None;
            }

            if (reading == ImprovReading.Invalid)
            {
                Fail(ImprovError.InvalidPacket);
                return ImprovAction.None;
            }

            SetError(ImprovError.None);
            ImprovAction action = Obey(_reader.Bytes, nowMs);
            _reader.Wipe();
            return action;
        }

        /// <summary>The board is on the network, and has stored it.</summary>
        internal void Connected()
        {
            Forget();
            WriteResult(Improv.SendWifi, null);
            Become(ImprovState.Provisioned);
        }

        /// <summary>The board is not on the network, or could not store it.</summary>
        internal void ConnectFailed(ImprovError error, long nowMs)
        {
            Forget();
            _untilMs = nowMs + AuthorizedMs;
            SetError(error);
            Become(ImprovState.Authorized);
        }

        /// <summary>A setting was taken or refused, or everything was stored or not.</summary>
        /// <param name="command">The command.</param>
        /// <param name="problem">Null, or what is wrong; never a value.</param>
        internal void Answer(int command, string problem)
        {
            Forget();
            WriteResult(command, problem == null ? null : new string[] { problem });
            if (problem != null)
            {
                SetError(ImprovError.Unknown);
            }
        }

        private ImprovAction Obey(byte[] command, long nowMs)
        {
            int size = command[1];
            switch (command[0])
            {
                case Improv.SendWifi:
                    return Allow(nowMs) && ReadTwo(command, size) ? BeginConnect() : ImprovAction.None;
                case Improv.Identify:
                    return Asks(size) ? ImprovAction.Identify : ImprovAction.None;
                case Improv.DeviceInfo:
                    if (Asks(size))
                    {
                        WriteResult(Improv.DeviceInfo, _info);
                    }

                    return ImprovAction.None;
                case Improv.SetValue:
                    return Allow(nowMs) && ReadTwo(command, size) ? ImprovAction.Set : ImprovAction.None;
                case Improv.Apply:
                    return Allow(nowMs) && IsEmpty(size) ? ImprovAction.Apply : ImprovAction.None;
                default:
                    SetError(ImprovError.UnknownCommand);
                    return ImprovAction.None;
            }
        }

        private ImprovAction BeginConnect()
        {
            if (_first.Length == 0)
            {
                Fail(ImprovError.InvalidPacket);
                return ImprovAction.None;
            }

            Become(ImprovState.Provisioning);
            return ImprovAction.Connect;
        }

        private bool Allow(long nowMs)
        {
            HandleTimeout(nowMs);
            if (_state != ImprovState.Authorized)
            {
                SetError(ImprovError.NotAuthorized);
                return false;
            }

            _untilMs = nowMs + AuthorizedMs;
            return true;
        }

        /// <summary>Whether a question may be asked now and has no data.</summary>
        private bool Asks(int size)
        {
            if (_state != ImprovState.Authorized && _state != ImprovState.AuthorizationRequired)
            {
                SetError(ImprovError.NotAuthorized);
                return false;
            }

            return IsEmpty(size);
        }

        private bool IsEmpty(int size)
        {
            if (size != 0)
            {
                SetError(ImprovError.InvalidPacket);
            }

            return size == 0;
        }

        /// <summary>Reads two texts, each behind its length, that fill the data.</summary>
        private bool ReadTwo(byte[] command, int size)
        {
            int first = size < 2 ? -1 : command[2];
            int second = first < 0 || first > size - 2 ? -1 : command[3 + first];
            if (second < 0 || 2 + first + second != size)
            {
                Fail(ImprovError.InvalidPacket);
                return false;
            }

            _first = Text(command, 3, first);
            _second = Text(command, 4 + first, second);
            if (_first == null || _second == null)
            {
                Fail(ImprovError.InvalidPacket);
                return false;
            }

            return true;
        }

        /// <summary>A text, or null if it has a zero byte, behind which the decoder of a board is blind.</summary>
        private static string Text(byte[] bytes, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (bytes[offset + i] == 0)
                {
                    return null;
                }
            }

            return count == 0 ? "" : Encoding.UTF8.GetString(bytes, offset, count);
        }

        private void WriteResult(int command, string[] texts)
        {
            int at = 2;
            for (int i = 0; texts != null && i < texts.Length; i++)
            {
                byte[] text = Encoding.UTF8.GetBytes(texts[i]);
                int room = _result.Length - 2 - at;
                int count = text.Length < room ? text.Length : room;
                if (count < 0)
                {
                    break;
                }

                _result[at++] = (byte)count;
                System.Array.Copy(text, 0, _result, at, count);
                at += count;
            }

            _result[0] = (byte)command;
            _result[1] = (byte)(at - 2);
            _result[at] = Improv.Sum(_result, at);
            _resultCount = at + 1;
            _changes |= ResultChanged;
        }

        private void Fail(ImprovError error)
        {
            Forget();
            SetError(error);
        }

        private void Forget()
        {
            // Texts cannot be wiped; the collector takes what nobody holds.
            _first = null;
            _second = null;
        }

        private void SetError(ImprovError error)
        {
            if (error != ImprovError.None || _error != ImprovError.None)
            {
                _error = error;
                _changes |= ErrorChanged;
            }
        }

        private void Become(ImprovState state)
        {
            _state = state;
            _changes |= StateChanged;
        }
    }
}
