using System;

namespace WhispurrNet.Board.Platform
{
    /// <summary>The two clocks of a board.</summary>
    internal static class BoardClock
    {
        /// <summary>A wall clock before this year was never set: boards start in 1970 or 1601.</summary>
        private const int FirstPlausibleYear = 2024;

        /// <summary>Milliseconds since some moment; never goes back.</summary>
        internal static long NowMs
        {
            get { return Environment.TickCount64; }
        }

        /// <summary>Seconds since 1970, or 0 while the wall clock is not set.</summary>
        internal static uint UnixSeconds
        {
            get
            {
                DateTime now = DateTime.UtcNow;
                if (now.Year < FirstPlausibleYear)
                {
                    return 0;
                }

                // DateTime.ToUnixTimeSeconds exists on the board only; this runs everywhere.
                return (uint)((now.Ticks - new DateTime(1970, 1, 1).Ticks) / TimeSpan.TicksPerSecond);
            }
        }

        /// <summary>How long to wait until a moment.</summary>
        /// <param name="untilMs">The moment, in milliseconds of <see cref="NowMs"/>; long.MaxValue for never.</param>
        /// <param name="nowMs">Now.</param>
        /// <param name="maxMs">Upper limit of the answer, at least 1.</param>
        /// <returns>Milliseconds, 0 to <paramref name="maxMs"/>.</returns>
        internal static int WaitMs(long untilMs, long nowMs, int maxMs)
        {
            if (untilMs <= nowMs)
            {
                return 0;
            }

            long waitMs = untilMs - nowMs;
            return waitMs < maxMs ? (int)waitMs : maxMs;
        }
    }
}
