using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Identity
{
    /// <summary>
    /// A throw-away identity: SHA-256 over 32 bytes of entropy, the time, a 32-byte resonance salt and the X25519
    /// public key (PROTOCOL.md, "Identity"). A node makes a new one every hour and stores none.
    /// </summary>
    /// <remarks>
    /// Private key, entropy and salt are derived from one random seed whenever they are needed: a board then keeps, and
    /// wipes, 32 secret bytes for each identity.
    /// </remarks>
    public sealed class EphemeralIdentity
    {
        /// <summary>Bytes of the hash that name the identity.</summary>
        public const int IdSize = 16;

        /// <summary>How long an identity is used, milliseconds.</summary>
        public const int RotationMs = 60 * 60 * 1000;

        /// <summary>Bytes of the seed.</summary>
        internal const int SeedSize = 32;

        private const int KeysSize = SeedSize + X25519.KeySize;
        private const int PublicKeyOffset = SeedSize;
        private const int TimeSize = 4;
        private const int TextSize = (IdSize * 2) + 1 + (TimeSize * 2);
        private const byte PrivateKeyPurpose = 1;
        private const byte EntropyPurpose = 2;
        private const byte SaltPurpose = 3;

        private readonly byte[] _id = new byte[IdSize];
        private readonly byte[] _keys = new byte[KeysSize];
        private uint _timestamp;

        /// <summary>First 16 bytes of the hash. Not copied.</summary>
        public byte[] Id
        {
            get { return _id; }
        }

        /// <summary>When it was made: seconds since 1970, or since the node's start without a clock.</summary>
        public uint Timestamp
        {
            get { return _timestamp; }
        }

        /// <summary>Seed, then public key, 32 bytes each. Not copied.</summary>
        internal byte[] Keys
        {
            get { return _keys; }
        }

        /// <summary>Copies the X25519 public key, 32 bytes.</summary>
        public void CopyPublicKey(byte[] buffer, int offset)
        {
            System.Array.Copy(_keys, PublicKeyOffset, buffer, offset, X25519.KeySize);
        }

        /// <summary>Replaces the identity by a fresh one; one curve operation.</summary>
        /// <param name="random">Source of the seed.</param>
        /// <param name="timestamp">Seconds since 1970, or since the node's start without a clock.</param>
        /// <param name="mac">Derives from the seed; wiped.</param>
        public void Renew(ChaChaRandom random, uint timestamp, MacWorkspace mac)
        {
            random.NextBytes(_keys, 0, SeedSize);
            byte[] card = new byte[ContactCard.Size];

            // Dropped again: it takes most of a kilobyte and is needed once an hour.
            IX25519 curve = mac.CreateCurve();
            DerivePrivateKey(_keys, 0, mac);
            curve.ScalarMultiplyBase(mac.Mac, mac.Mac);
            System.Array.Copy(mac.Mac, 0, _keys, PublicKeyOffset, X25519.KeySize);
            _timestamp = timestamp;
            WriteCard(0, card, mac);
            ContactCard.ComputeId(card, 0, timestamp, _id);
            CryptoBytes.Wipe(card);
        }

        /// <summary>Writes the contact card.</summary>
        /// <param name="validSeconds">How long the mailbox outlives the frame that carries the card.</param>
        /// <param name="card">Receives <see cref="ContactCard.Size"/> bytes at its start.</param>
        /// <param name="mac">Derives from the seed; wiped.</param>
        public void WriteCard(uint validSeconds, byte[] card, MacWorkspace mac)
        {
            CopyPublicKey(card, ContactCard.PublicKeyOffset);
            DeriveMailboxKey(_keys, 0, mac);
            System.Array.Copy(mac.Mac, 0, card, ContactCard.MailboxKeyOffset, ContactCard.KeySize);
            mac.Derive(_keys, 0, SaltPurpose);
            System.Array.Copy(mac.Mac, 0, card, ContactCard.SaltOffset, ContactCard.KeySize);
            ByteOrder.WriteUInt32(card, ContactCard.ValidOffset, validSeconds);
            mac.Wipe();
        }

        /// <summary>Derives the private key that belongs to a seed into the workspace.</summary>
        internal static void DerivePrivateKey(byte[] seeds, int offset, MacWorkspace mac)
        {
            mac.Derive(seeds, offset, PrivateKeyPurpose);
        }

        /// <summary>Derives the entropy that belongs to a seed, which is the mailbox key, into the workspace.</summary>
        internal static void DeriveMailboxKey(byte[] seeds, int offset, MacWorkspace mac)
        {
            mac.Derive(seeds, offset, EntropyPurpose);
        }

        /// <summary>Overwrites everything.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_keys);
            CryptoBytes.Wipe(_id);
            _timestamp = 0;
        }

        /// <summary>The public name: 32 hexadecimal digits, a colon, the timestamp in eight.</summary>
        public override string ToString()
        {
            return Format(_id, _timestamp);
        }

        /// <summary>Reads the public name of an identity: what <see cref="Format"/> writes, in either case.</summary>
        /// <param name="text">Any text; null is none.</param>
        /// <param name="id">Receives 16 bytes.</param>
        /// <returns>False when it is not 32 hexadecimal digits, a colon and 8 more.</returns>
        public static bool TryParse(string text, byte[] id)
        {
            return text != null
                && text.Length == TextSize
                && text[IdSize * 2] == ':'
                && Hex.TryRead(text, 0, id, IdSize)
                && Hex.TryRead(text, (IdSize * 2) + 1, new byte[TimeSize], TimeSize);
        }

        /// <summary>The same form for somebody else's identity.</summary>
        public static string Format(byte[] id, uint timestamp)
        {
            return Hex.ToText(id, 0, IdSize) + ":" + Hex.ToText(timestamp);
        }
    }
}
