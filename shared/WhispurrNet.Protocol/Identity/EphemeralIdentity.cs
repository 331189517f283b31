using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Identity
{
    /// <summary>
    /// A throw-away identity: SHA-256 over 32 bytes of entropy, the time, a 32-byte resonance salt and the X25519
    /// public key (PROTOCOL.md, "Identity"). A node makes a new one every hour and stores none.
    /// </summary>
    public sealed class EphemeralIdentity
    {
        /// <summary>Bytes of the hash that name the identity.</summary>
        public const int IdSize = 16;

        /// <summary>How long an identity is used, milliseconds.</summary>
        public const int RotationMs = 60 * 60 * 1000;

        private const int EntropySize = 32;
        private const int SaltSize = 32;
        private const int TimeSize = 4;

        private readonly byte[] _id = new byte[IdSize];
        private readonly byte[] _privateKey = new byte[X25519.KeySize];
        private readonly byte[] _publicKey = new byte[X25519.KeySize];
        private uint _timestamp;

        /// <summary>First 16 bytes of the hash. Not copied.</summary>
        public byte[] Id
        {
            get { return _id; }
        }

        /// <summary>The X25519 public key, 32 bytes. Not copied.</summary>
        public byte[] PublicKey
        {
            get { return _publicKey; }
        }

        /// <summary>When it was made: seconds since 1970, or since the node's start without a clock.</summary>
        public uint Timestamp
        {
            get { return _timestamp; }
        }

        /// <summary>Replaces the identity by a fresh one; one curve operation.</summary>
        /// <param name="random">Source of private key, entropy and salt.</param>
        /// <param name="timestamp">Seconds since 1970, or since the node's start without a clock.</param>
        public void Renew(ChaChaRandom random, uint timestamp)
        {
            random.NextBytes(_privateKey, 0, _privateKey.Length);

            // Dropped again: it takes most of a kilobyte and is needed once an hour.
            X25519 curve = new X25519();
            curve.ScalarMultiplyBase(_privateKey, _publicKey);
            curve.Wipe();
            _timestamp = timestamp;

            byte[] input = new byte[EntropySize + TimeSize + SaltSize + X25519.KeySize];
            byte[] hash = new byte[Sha256.HashSize];
            random.NextBytes(input, 0, EntropySize);
            ByteOrder.WriteUInt32(input, EntropySize, timestamp);
            random.NextBytes(input, EntropySize + TimeSize, SaltSize);
            System.Array.Copy(_publicKey, 0, input, EntropySize + TimeSize + SaltSize, X25519.KeySize);
            Sha256.Hash(input, 0, input.Length, hash, 0);
            System.Array.Copy(hash, 0, _id, 0, IdSize);
            CryptoBytes.Wipe(input);
            CryptoBytes.Wipe(hash);
        }

        /// <summary>Overwrites everything.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_privateKey);
            CryptoBytes.Wipe(_publicKey);
            CryptoBytes.Wipe(_id);
            _timestamp = 0;
        }

        /// <summary>The public name: 32 hexadecimal digits, a colon, the timestamp in eight.</summary>
        public override string ToString()
        {
            return Format(_id, _timestamp);
        }

        /// <summary>The same form for somebody else's identity.</summary>
        public static string Format(byte[] id, uint timestamp)
        {
            return Hex.ToText(id, 0, IdSize) + ":" + Hex.ToText(timestamp);
        }
    }
}
