namespace WhispurrNet.Board.Gateway
{
    /// <summary>
    /// How long to wait before the next attempt: doubles from 1 s to 60 s, half of it random, so that the boards of a
    /// gateway that restarts do not all come at once.
    /// </summary>
    internal sealed class ReconnectBackoff
    {
        /// <summary>First wait, milliseconds.</summary>
        internal const int MinMs = 1000;

        /// <summary>Longest wait, milliseconds.</summary>
        internal const int MaxMs = 60 * 1000;

        private int _baseMs = MinMs;

        /// <summary>The next wait.</summary>
        /// <param name="random">Any non-negative number; decides the random half.</param>
        /// <returns>Milliseconds between one half of the base and the base.</returns>
        internal int NextMs(int random)
        {
            int baseMs = _baseMs;
            _baseMs = baseMs * 2 > MaxMs ? MaxMs : baseMs * 2;
            return (baseMs / 2) + (random % ((baseMs / 2) + 1));
        }

        /// <summary>To be called when a connection has proven itself.</summary>
        internal void Reset()
        {
            _baseMs = MinMs;
        }
    }
}
