namespace WhispurrNet.Board.Gateway
{
    /// <summary>
    /// How long to wait before the next attempt: doubles from 1 s to 60 s, half of it random, so that the boards of a
    /// gateway that restarts do not all come at once. After connections that did not last it goes on to double, up to
    /// 16 minutes: dropping one may leave a timer of the library behind for good, with all that hangs on it.
    /// </summary>
    internal sealed class ReconnectBackoff
    {
        /// <summary>First wait, milliseconds.</summary>
        internal const int MinMs = 1000;

        /// <summary>Longest wait, milliseconds.</summary>
        internal const int MaxMs = 60 * 1000;

        /// <summary>Longest wait after a connection that did not last, milliseconds.</summary>
        internal const int ShortMaxMs = 16 * 60 * 1000;

        /// <summary>A connection that stood for so long has proven itself, milliseconds.</summary>
        internal const int ProvenMs = 10 * 60 * 1000;

        private int _baseMs = MinMs;
        private int _shortMs;

        /// <summary>The next wait.</summary>
        /// <param name="random">Any non-negative number; decides the random half.</param>
        /// <returns>Milliseconds between one half of the base and the base.</returns>
        internal int NextMs(int random)
        {
            int baseMs = _baseMs > _shortMs ? _baseMs : _shortMs;
            _baseMs = _baseMs * 2 > MaxMs ? MaxMs : _baseMs * 2;
            return (baseMs / 2) + (random % ((baseMs / 2) + 1));
        }

        /// <summary>To be called when a connection has ended.</summary>
        /// <param name="stoodMs">How long it stood.</param>
        internal void Ended(long stoodMs)
        {
            _baseMs = MinMs;
            if (stoodMs >= ProvenMs)
            {
                _shortMs = 0;
                return;
            }

            _shortMs = _shortMs == 0 ? MinMs : _shortMs * 2 > ShortMaxMs ? ShortMaxMs : _shortMs * 2;
        }
    }
}
