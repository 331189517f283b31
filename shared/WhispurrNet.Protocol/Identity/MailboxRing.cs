using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Protocol.Identity
{
    /// <summary>
    /// The mailboxes that are alive: the identity's of this hour, and those of former ones, which outlive their identity
    /// as long as their cards promised (PROTOCOL.md, "Mailbox"). Private keys live as long, and are then overwritten.
    /// </summary>
    /// <remarks>
    /// A former mailbox is a seed and an end; everything else is derived when it is needed, even the public key, which takes
    /// a curve operation: whispers to a former identity are few. When full, the oldest former mailbox goes: a mailbox lives
    /// as many hours as there are places, so that this happens when its time is over.
    /// </remarks>
    public sealed class MailboxRing
    {
        /// <summary>No mailbox.</summary>
        public const int None = -1;

        /// <summary>The mailbox of the identity of this hour.</summary>
        public const int Current = 0;

        private const int EndOffset = EphemeralIdentity.SeedSize;
        private const int EntrySize = EndOffset + 4;

        private readonly EphemeralIdentity _identity;
        private readonly MacWorkspace _mac;
        private readonly byte[] _former;
        private int _formerCount;

        /// <summary>A ring without former mailboxes.</summary>
        /// <param name="identity">The identity of this hour. Not copied.</param>
        /// <param name="capacity">Most mailboxes, the current one included; 1 or more.</param>
        /// <param name="mac">Derives keys and computes tags.</param>
        public MailboxRing(EphemeralIdentity identity, int capacity, MacWorkspace mac)
        {
            _identity = identity;
            _mac = mac;
            _former = new byte[(capacity - 1) * EntrySize];
        }

        /// <summary>Most mailboxes, the current one included.</summary>
        public int Capacity
        {
            get { return 1 + (_former.Length / EntrySize); }
        }

        /// <summary>Mailboxes alive.</summary>
        public int Count
        {
            get { return 1 + _formerCount; }
        }

        /// <summary>When the next former mailbox ends, seconds; uint.MaxValue without one.</summary>
        public uint NextEndSeconds
        {
            get { return _formerCount == 0 ? uint.MaxValue : ByteOrder.ReadUInt32(_former, EndOffset); }
        }

        /// <summary>Keeps the mailbox of the identity of this hour, which is about to be replaced.</summary>
        /// <param name="endSeconds">When it ends, later than every mailbox kept before.</param>
        public void Retire(uint endSeconds)
        {
            if (_former.Length == 0)
            {
                return;
            }

            if ((_formerCount + 1) * EntrySize > _former.Length)
            {
                RemoveOldest();
            }

            int at = _formerCount * EntrySize;
            System.Array.Copy(_identity.Keys, 0, _former, at, EphemeralIdentity.SeedSize);
            ByteOrder.WriteUInt32(_former, at + EndOffset, endSeconds);
            _formerCount++;
        }

        /// <summary>Overwrites the mailboxes whose time is over.</summary>
        public void Expire(uint nowSeconds)
        {
            while (_formerCount > 0 && NextEndSeconds <= nowSeconds)
            {
                RemoveOldest();
            }
        }

        /// <summary>Finds the mailbox whose tag a frame carries. All are tried whatever matched before.</summary>
        public int Match(byte[] frame, int offset)
        {
            int match = None;
            for (int i = 0; i < Count; i++)
            {
                EphemeralIdentity.DeriveMailboxKey(BufferOf(i), OffsetOf(i), _mac);
                _mac.Compute(_mac.Mac, frame, offset + FrameLayout.NonceOffset, FrameLayout.NonceSize);
                if (_mac.StartsWith(frame, offset + FrameLayout.TagOffset, FrameLayout.TagSize) && match == None)
                {
                    match = i;
                }
            }

            return match;
        }

        /// <summary>Derives the key that opens a mailbox's frames into the workspace.</summary>
        internal void DeriveSealKey(int mailbox)
        {
            EphemeralIdentity.DeriveMailboxKey(BufferOf(mailbox), OffsetOf(mailbox), _mac);
            DeriveSealKey(_mac);
        }

        /// <summary>Replaces the mailbox key in a workspace by the key that seals to it.</summary>
        internal static void DeriveSealKey(MacWorkspace mac)
        {
            byte[] label = Labels.MailboxSeal();
            mac.Compute(mac.Mac, label, 0, label.Length);
        }

        /// <summary>Derives a mailbox's private key into the workspace.</summary>
        internal void DerivePrivateKey(int mailbox)
        {
            EphemeralIdentity.DerivePrivateKey(BufferOf(mailbox), OffsetOf(mailbox), _mac);
        }

        /// <summary>Copies the public key of the identity that a mailbox belongs to, 32 bytes.</summary>
        internal void CopyPublicKey(int mailbox, byte[] key)
        {
            if (mailbox == Current)
            {
                _identity.CopyPublicKey(key, 0);
                return;
            }

            IX25519 curve = _mac.CreateCurve();
            DerivePrivateKey(mailbox);
            curve.ScalarMultiplyBase(_mac.Mac, key);
            _mac.Wipe();
        }

        /// <summary>Overwrites every former mailbox. The identity of this hour is its owner's to wipe.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_former);
            _formerCount = 0;
        }

        private byte[] BufferOf(int mailbox)
        {
            return mailbox == Current ? _identity.Keys : _former;
        }

        private static int OffsetOf(int mailbox)
        {
            return mailbox == Current ? 0 : (mailbox - 1) * EntrySize;
        }

        private void RemoveOldest()
        {
            _formerCount--;
            System.Array.Copy(_former, EntrySize, _former, 0, _formerCount * EntrySize);
            System.Array.Clear(_former, _formerCount * EntrySize, EntrySize);
        }
    }
}
