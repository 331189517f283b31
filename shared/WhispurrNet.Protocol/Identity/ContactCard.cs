using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Identity
{
    /// <summary>
    /// What a node tells its network so that others can write to its identity: payload of a PEER_DISCOVERY whisper whose
    /// header names the identity (PROTOCOL.md, "Contact card").
    /// </summary>
    /// <remarks>
    /// <code>
    ///  0               32               64               96        100
    ///  +---------------+----------------+----------------+---------+
    ///  | public key 32 | mailbox key 32 |     salt 32    | valid 4 |
    ///  +---------------+----------------+----------------+---------+
    /// </code>
    /// The mailbox key is the identity's entropy, so that the identity's hash commits to both keys: nobody can claim
    /// another's identity with a key or a mailbox of its own.
    /// </remarks>
    public static class ContactCard
    {
        /// <summary>Bytes of a card. More may follow in later versions.</summary>
        public const int Size = ValidOffset + 4;

        /// <summary>Bytes of each of the three keys.</summary>
        public const int KeySize = 32;

        /// <summary>Offset of the X25519 public key.</summary>
        public const int PublicKeyOffset = 0;

        /// <summary>Offset of the mailbox key, which is the identity's entropy.</summary>
        public const int MailboxKeyOffset = 32;

        /// <summary>Offset of the resonance salt.</summary>
        public const int SaltOffset = 64;

        /// <summary>
        /// Offset of the seconds that the mailbox lives on when the lifetime of the card's frame has ended: every holder
        /// of the frame knows that moment, with and without a clock.
        /// </summary>
        public const int ValidOffset = 96;

        /// <summary>A longer promise is taken for this: no frame lives for longer.</summary>
        public const uint ValidSecondsMax = 24 * 60 * 60;

        /// <summary>The hash that names an identity: SHA-256(entropy || time || salt || public key)[0..16].</summary>
        /// <param name="card">Holds the card.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="timestamp">The identity's time.</param>
        /// <param name="id">Receives 16 bytes.</param>
        public static void ComputeId(byte[] card, int offset, uint timestamp, byte[] id)
        {
            byte[] time = new byte[4];
            byte[] hash = new byte[Sha256.HashSize];
            ByteOrder.WriteUInt32(time, 0, timestamp);
            Sha256 sha = new Sha256();
            sha.Update(card, offset + MailboxKeyOffset, KeySize);
            sha.Update(time, 0, time.Length);
            sha.Update(card, offset + SaltOffset, KeySize);
            sha.Update(card, offset + PublicKeyOffset, KeySize);
            sha.Finish(hash, 0);
            sha.Wipe();
            System.Array.Copy(hash, 0, id, 0, EphemeralIdentity.IdSize);
        }

        /// <summary>True when a payload is the card of the identity that the whisper names.</summary>
        /// <param name="payload">Holds the payload; any bytes.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="id">16 bytes.</param>
        /// <param name="timestamp">The identity's time.</param>
        public static bool IsOf(byte[] payload, int offset, int count, byte[] id, uint timestamp)
        {
            if (count < Size)
            {
                return false;
            }

            byte[] computed = new byte[EphemeralIdentity.IdSize];
            ComputeId(payload, offset, timestamp, computed);
            return CryptoBytes.ConstantTimeEquals(computed, 0, id, 0, computed.Length);
        }
    }
}
