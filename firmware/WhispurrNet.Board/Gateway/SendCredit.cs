namespace WhispurrNet.Board.Gateway
{
    /// <summary>
    /// Bounds what waits inside the WebSocket library. Its queue has no end and it does not say when something was
    /// sent, so this counts: a burst of messages, more as the gateway is heard from, and one a second in any case. Up
    /// to the moment when a silent gateway is given up, that is <see cref="Burst"/> and one for each second of
    /// silence. What may not go yet stays in the protocol core, which is bounded.
    /// </summary>
    internal sealed class SendCredit
    {
        /// <summary>Messages that may be sent without having heard anything.</summary>
        internal const int Burst = 8;

        private const int PerReceived = 4;
        private const int RefillMs = 1000;

        private int _credit = Burst;
        private long _refilledMs;

        /// <summary>A fresh connection.</summary>
        internal void Reset(long nowMs)
        {
            _credit = Burst;
            _refilledMs = nowMs;
        }

        /// <summary>A message came: the gateway lives and its end of the line moves.</summary>
        internal void Received()
        {
            _credit = _credit + PerReceived > Burst ? Burst : _credit + PerReceived;
        }

        /// <summary>Whether one more message may be sent; takes it off if so.</summary>
        internal bool TryTake(long nowMs)
        {
            if (nowMs - _refilledMs >= RefillMs)
            {
                _refilledMs = nowMs;
                _credit = _credit < Burst ? _credit + 1 : Burst;
            }

            if (_credit == 0)
            {
                return false;
            }

            _credit--;
            return true;
        }

        /// <summary>What was taken was not used.</summary>
        internal void GiveBack()
        {
            _credit++;
        }

        /// <summary>When <see cref="TryTake"/> may succeed again without anything heard.</summary>
        internal long NextMs
        {
            get { return _refilledMs + RefillMs; }
        }
    }
}
