namespace WhispurrNet.DeviceTests.Vectors
{
    /// <summary>How many vectors each primitive has to pass, on the device and on the host alike.</summary>
    public static class VectorCounts
    {
        /// <summary>SHA-256.</summary>
        public const int Sha256 = 13;

        /// <summary>HMAC-SHA256.</summary>
        public const int Hmac = 11;

        /// <summary>HKDF-SHA256.</summary>
        public const int Hkdf = 3;

        /// <summary>ChaCha20.</summary>
        public const int ChaCha20 = 10;

        /// <summary>One-time keys of Poly1305 from ChaCha20.</summary>
        public const int KeyGeneration = 4;

        /// <summary>HChaCha20.</summary>
        public const int HChaCha20 = 1;

        /// <summary>Poly1305.</summary>
        public const int Poly1305 = 12;

        /// <summary>ChaCha20-Poly1305.</summary>
        public const int ChaCha20Poly1305 = 2;

        /// <summary>XChaCha20-Poly1305.</summary>
        public const int XChaCha20Poly1305 = 1;

        /// <summary>X25519 with a given point.</summary>
        public const int X25519 = 4;

        /// <summary>X25519 with the base point.</summary>
        public const int X25519Base = 2;

        /// <summary>Iterated X25519, on the host.</summary>
        public const int X25519Iterated = 2;

        /// <summary>Iterated X25519 on the device, where a thousand iterations would take minutes.</summary>
        public const int X25519IteratedOnDevice = 1;

        /// <summary>Noise over SHA-256.</summary>
        public const int NoiseSha256 = 4;

        /// <summary>Noise over BLAKE2s.</summary>
        public const int NoiseBlake2s = 4;

        /// <summary>SHA-512.</summary>
        public const int Sha512 = 8;

        /// <summary>Ed25519, public key, signature and verification each.</summary>
        public const int Ed25519 = 5;

        /// <summary>BLAKE2s, beside the self-test of its RFC.</summary>
        public const int Blake2s = 1;

        /// <summary>SipHash-2-4.</summary>
        public const int SipHash = 64;
    }
}
