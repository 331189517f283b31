namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// Decides whether the wall clock is to be believed. Frames of a board whose clock is wrong count as expired
    /// elsewhere, and it takes those of others for expired; without a clock it lacks nothing but the protection that the
    /// expiry hour gives. So a clock that jumps is as good as none, until it jumps back.
    /// </summary>
    internal sealed class WallClock
    {
        /// <summary>Seconds by which it may go wrong between two looks; an hour too many or too few does harm.</summary>
        internal const long JumpSeconds = 15 * 60;

        private long _offsetSeconds;
        private bool _known;

        /// <summary>The time to go by.</summary>
        /// <param name="unixSeconds">What the wall clock says: seconds since 1970, or 0 while it is not set.</param>
        /// <param name="nowMs">Milliseconds of the clock that never jumps.</param>
        /// <returns>Seconds since 1970, or 0 for unknown.</returns>
        internal uint Read(uint unixSeconds, long nowMs)
        {
            if (unixSeconds == 0)
            {
                return 0;
            }

            long offsetSeconds = unixSeconds - (nowMs / 1000);
            long jump = offsetSeconds - _offsetSeconds;
            if (_known && (jump > JumpSeconds || jump < -JumpSeconds))
            {
                return 0;
            }

            _known = true;
            _offsetSeconds = offsetSeconds;
            return unixSeconds;
        }
    }
}
