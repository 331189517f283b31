namespace WhispurrNet.Protocol.Crypto
{
    /// <summary>
    /// An HMAC with room for one result, shared by everything in a node that computes MACs, and the workspace of an AEAD:
    /// a board has no memory for one in each. What stands in <see cref="Mac"/> is used before anything else is called.
    /// </summary>
    public sealed class MacWorkspace
    {
        /// <summary>The last result, 32 bytes.</summary>
        public readonly byte[] Mac = new byte[Sha256.HashSize];

        private readonly byte[] _purpose = new byte[1];
        private readonly IHmacSha256 _hmac;
        private readonly IPrimitives _primitives;
        private ChaCha20Poly1305 _cipher;

        /// <summary>Over the board's native HMAC, or <see cref="HmacSha256"/>.</summary>
        public MacWorkspace(IHmacSha256 hmac)
            : this(hmac, null)
        {
        }

        /// <summary>The same with curve and AEADs of a desk; null for the ones here.</summary>
        public MacWorkspace(IHmacSha256 hmac, IPrimitives primitives)
        {
            _hmac = hmac;
            _primitives = primitives;
        }

        /// <summary>The HMAC itself.</summary>
        public IHmacSha256 Hmac
        {
            get { return _hmac; }
        }

        /// <summary>The AEAD, made when it is first needed: whoever uses it gives it the key for every call.</summary>
        internal IAead Cipher
        {
            get { return _primitives == null ? OwnCipher : _primitives.ChaCha20Poly1305; }
        }

        /// <summary>The curve of a desk; null where each operation makes a <see cref="X25519"/> and drops it.</summary>
        internal IX25519 DeskCurve
        {
            get { return _primitives == null ? null : _primitives.Curve; }
        }

        private ChaCha20Poly1305 OwnCipher
        {
            get { return _cipher ?? (_cipher = new ChaCha20Poly1305()); }
        }

        /// <summary>The AEAD of long nonces, in the same workspace; wiped by whoever uses it.</summary>
        internal IAead CreateLongCipher()
        {
            return _primitives == null ? new XChaCha20Poly1305(OwnCipher) : _primitives.XChaCha20Poly1305;
        }

        /// <summary>A curve for an operation or two: it takes most of a kilobyte of a board, which drops it then.</summary>
        internal IX25519 CreateCurve()
        {
            return _primitives == null ? new X25519() : _primitives.Curve;
        }

        /// <summary>Computes HMAC-SHA256 of a range into <see cref="Mac"/>.</summary>
        /// <param name="key">The whole array is the key; may be <see cref="Mac"/>.</param>
        /// <param name="data">Buffer holding the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        public void Compute(byte[] key, byte[] data, int offset, int count)
        {
            _hmac.Compute(key, data, offset, count, Mac, 0);
        }

        /// <summary>Derives a 32-byte key into <see cref="Mac"/>: HMAC-SHA256 of one byte under a secret.</summary>
        /// <param name="secrets">Holds the secret.</param>
        /// <param name="offset">Where its 32 bytes start.</param>
        /// <param name="purpose">What the key is for: another number, another key.</param>
        public void Derive(byte[] secrets, int offset, byte purpose)
        {
            System.Array.Copy(secrets, offset, Mac, 0, Mac.Length);
            _purpose[0] = purpose;
            Compute(Mac, _purpose, 0, 1);
        }

        /// <summary>True when the result has these bytes at a position; in constant time.</summary>
        public bool HoldsAt(int position, byte[] buffer, int offset, int count)
        {
            return CryptoBytes.ConstantTimeEquals(Mac, position, buffer, offset, count);
        }

        /// <summary>True when the result starts with these bytes; in constant time.</summary>
        public bool StartsWith(byte[] buffer, int offset, int count)
        {
            return CryptoBytes.ConstantTimeEquals(Mac, 0, buffer, offset, count);
        }

        /// <summary>Overwrites the result.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(Mac);
        }
    }
}
