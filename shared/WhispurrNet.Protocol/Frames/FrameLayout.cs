namespace WhispurrNet.Protocol.Frames
{
    /// <summary>Where everything lies in a frame: the one place that knows offsets (PROTOCOL.md, "Frame").</summary>
    /// <remarks>
    /// <code>
    ///  0        1        2              10             18           42                 n-3    n-2      n
    ///  +--------+--------+--------------+--------------+------------+------------------+------+--------+
    ///  |version | expiry | whisper tag  | admission MAC|   nonce    |   sealed body    | hops |lifetime|
    ///  |   1    | hour 1 |      8       |       8      |     24     | n-61 text, 16 tag|  1   |  2 LE  |
    ///  +--------+--------+--------------+--------------+------------+------------------+------+--------+
    ///  |&lt;------------------------- immutable part, n-3 bytes ------------------------->|&lt;- mutable -->|
    /// </code>
    /// n is 256, or 512 in a stealth network. The mutable part stands last so that the immutable part is one
    /// contiguous run: it is hashed whole, in place, for the message id.
    /// </remarks>
    public static class FrameLayout
    {
        /// <summary>The only version of the wire that this code speaks.</summary>
        public const byte Version = 1;

        /// <summary>Bytes of a frame in an ordinary network.</summary>
        public const int StandardFrameSize = 256;

        /// <summary>Bytes of a frame in a stealth network.</summary>
        public const int StealthFrameSize = 512;

        /// <summary>Offset of the version byte.</summary>
        public const int VersionOffset = 0;

        /// <summary>Offset of the expiry hour: 0 when the origin had no clock, else 1 + (hour modulo 255).</summary>
        public const int ExpiryHourOffset = 1;

        /// <summary>Offset of the whisper tag.</summary>
        public const int TagOffset = 2;

        /// <summary>Bytes of the whisper tag.</summary>
        public const int TagSize = 8;

        /// <summary>Offset of the admission MAC.</summary>
        public const int AdmissionOffset = 10;

        /// <summary>Bytes of the admission MAC.</summary>
        public const int AdmissionSize = 8;

        /// <summary>Offset of the XChaCha20-Poly1305 nonce.</summary>
        public const int NonceOffset = 18;

        /// <summary>Bytes of the nonce.</summary>
        public const int NonceSize = 24;

        /// <summary>Offset of the sealed body: ciphertext, then the 16-byte Poly1305 tag.</summary>
        public const int BodyOffset = 42;

        /// <summary>Bytes at the end that every relay rewrites: hop budget, lifetime left.</summary>
        public const int MutableSize = 3;

        /// <summary>Bytes of the Poly1305 tag that ends the sealed body.</summary>
        public const int SealTagSize = 16;

        /// <summary>True for the two sizes that exist.</summary>
        public static bool IsFrameSize(int size)
        {
            return size == StandardFrameSize || size == StealthFrameSize;
        }

        /// <summary>Bytes of the immutable part: everything before the hop budget.</summary>
        public static int ImmutableSize(int frameSize)
        {
            return frameSize - MutableSize;
        }

        /// <summary>Offset of the hop budget, one byte.</summary>
        public static int HopBudgetOffset(int frameSize)
        {
            return frameSize - MutableSize;
        }

        /// <summary>Offset of the lifetime left, two bytes little-endian, in units of 4 s.</summary>
        public static int LifetimeOffset(int frameSize)
        {
            return frameSize - 2;
        }

        /// <summary>Bytes inside the seal: header of the whisper, payload and padding together.</summary>
        public static int WhisperSize(int frameSize)
        {
            return frameSize - MutableSize - BodyOffset - SealTagSize;
        }
    }
}
