namespace WhispurrNet.Protocol.Frames
{
    /// <summary>Reads and writes the clear fields of a frame. The sealed body is the sealer's.</summary>
    public static class FrameCodec
    {
        /// <summary>Milliseconds in one unit of the lifetime field.</summary>
        public const int LifetimeUnitMs = 4000;

        /// <summary>Longest lifetime that is carried, in units: 24 hours.</summary>
        public const int LifetimeUnitsMax = 24 * 60 * 60 / 4;

        /// <summary>Largest hop budget that is carried; a higher one is lowered to this.</summary>
        public const int HopBudgetMax = 10;

        /// <summary>What the codec says of received bytes.</summary>
        public const int Accepted = 0;

        /// <summary>The unit is not exactly one frame long.</summary>
        public const int WrongLength = 1;

        /// <summary>A version this code does not speak.</summary>
        public const int WrongVersion = 2;

        /// <summary>No lifetime left.</summary>
        public const int LifetimeOver = 3;

        /// <summary>Checks the clear fields of a received frame.</summary>
        /// <param name="buffer">Holds the frame.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Bytes received.</param>
        /// <param name="frameSize">Bytes of a frame in this network.</param>
        /// <returns><see cref="Accepted"/> or the reason for refusing. Never throws on any bytes.</returns>
        public static int Check(byte[] buffer, int offset, int count, int frameSize)
        {
            if (count != frameSize || offset < 0 || buffer.Length - offset < count)
            {
                return WrongLength;
            }

            if (buffer[offset + FrameLayout.VersionOffset] != FrameLayout.Version)
            {
                return WrongVersion;
            }

            return ReadLifetimeUnits(buffer, offset, frameSize) == 0 ? LifetimeOver : Accepted;
        }

        /// <summary>Hop budget of a frame, lowered to <see cref="HopBudgetMax"/>.</summary>
        public static int ReadHopBudget(byte[] frame, int offset, int frameSize)
        {
            int hops = frame[offset + FrameLayout.HopBudgetOffset(frameSize)];
            return hops > HopBudgetMax ? HopBudgetMax : hops;
        }

        /// <summary>Lifetime left of a frame in units of 4 s, lowered to <see cref="LifetimeUnitsMax"/>.</summary>
        public static int ReadLifetimeUnits(byte[] frame, int offset, int frameSize)
        {
            int at = offset + FrameLayout.LifetimeOffset(frameSize);
            int units = frame[at] + (frame[at + 1] * 256);
            return units > LifetimeUnitsMax ? LifetimeUnitsMax : units;
        }

        /// <summary>Rewrites the mutable part.</summary>
        /// <param name="frame">Holds the frame.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="frameSize">Bytes of a frame in this network.</param>
        /// <param name="hopBudget">0 to <see cref="HopBudgetMax"/>.</param>
        /// <param name="lifetimeUnits">0 to <see cref="LifetimeUnitsMax"/>, units of 4 s.</param>
        public static void WriteMutable(byte[] frame, int offset, int frameSize, int hopBudget, int lifetimeUnits)
        {
            frame[offset + FrameLayout.HopBudgetOffset(frameSize)] = (byte)hopBudget;
            int at = offset + FrameLayout.LifetimeOffset(frameSize);
            frame[at] = (byte)(lifetimeUnits % 256);
            frame[at + 1] = (byte)(lifetimeUnits / 256);
        }
    }
}
