namespace WhispurrNet.Protocol.Frames
{
    /// <summary>
    /// The expiry hour, one byte. 0 says that the origin had no clock; otherwise 1 + (hours since 1970 modulo 255) of
    /// the first full hour after the lifetime ends. Modulo 255 rather than 256 leaves a value for "no clock": a random
    /// hour in its place would be refused by every node that has one.
    /// </summary>
    public static class ExpiryHour
    {
        /// <summary>The origin had no clock.</summary>
        public const byte Unknown = 0;

        private const uint Modulus = 255;
        private const uint SecondsPerHour = 3600;

        /// <summary>
        /// Hours ahead that an honest frame can carry: 24 of lifetime, one of rounding, one of clock error.
        /// </summary>
        private const uint HoursAheadMax = 26;

        /// <summary>Hours that a frame may seem expired before it is refused: clocks differ.</summary>
        private const uint HoursLateMax = 1;

        /// <summary>The byte for a frame that lives for <paramref name="lifetimeSeconds"/> from now.</summary>
        /// <param name="unixSeconds">Now; 0 means that there is no clock.</param>
        /// <param name="lifetimeSeconds">At most 86,400.</param>
        public static byte Encode(uint unixSeconds, uint lifetimeSeconds)
        {
            if (unixSeconds == 0)
            {
                return Unknown;
            }

            uint hour = (unixSeconds + lifetimeSeconds + SecondsPerHour - 1) / SecondsPerHour;
            return (byte)(1 + (hour % Modulus));
        }

        /// <summary>Seconds from now to the end of the expiry hour's grace.</summary>
        /// <param name="expiryHour">The byte of the frame.</param>
        /// <param name="unixSeconds">Now; 0 means that there is no clock.</param>
        /// <returns>
        /// Seconds that the frame may still be held, 0 when it is over or claims an hour too far ahead,
        /// <see cref="uint.MaxValue"/> when either side has no clock.
        /// </returns>
        public static uint SecondsLeft(byte expiryHour, uint unixSeconds)
        {
            if (expiryHour == Unknown || unixSeconds == 0)
            {
                return uint.MaxValue;
            }

            uint now = unixSeconds / SecondsPerHour;
            uint ahead = ((uint)expiryHour - 1 + Modulus - (now % Modulus) + HoursLateMax) % Modulus;
            if (ahead > HoursAheadMax + HoursLateMax)
            {
                return 0;
            }

            // `ahead` counts from HoursLateMax ago, so the grace is already inside.
            uint end = (now + ahead) * SecondsPerHour;
            return end > unixSeconds ? end - unixSeconds : 0;
        }
    }
}
