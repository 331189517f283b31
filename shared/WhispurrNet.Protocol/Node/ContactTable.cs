using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>The identities whose contact cards a node holds: whom it can write to.</summary>
    /// <remarks>
    /// One flat buffer. When full, a newcomer takes the place of one whose mailbox has ended, else of the one unused for
    /// longest; one that the application has written to or heard from goes only when all are such, those of direct whispers last. So a flood of cards
    /// pushes out at most one of those.
    /// </remarks>
    public sealed class ContactTable
    {
        /// <summary>No contact.</summary>
        public const int None = -1;

        private const int PublicKeyOffset = EphemeralIdentity.IdSize;
        private const int MailboxKeyOffset = PublicKeyOffset + ContactCard.KeySize;
        private const int TimestampOffset = MailboxKeyOffset + ContactCard.KeySize;
        private const int EndOffset = TimestampOffset + 4;
        private const int UsedOffset = EndOffset + 4;
        private const int KeptOffset = UsedOffset + 4;
        private const int SuccessorOffset = KeptOffset + 1;
        private const int EntrySize = SuccessorOffset + EphemeralIdentity.IdSize;

        /// <summary>What the kept byte says: nothing, written to or heard from, and that by a direct whisper.</summary>
        private const byte Used = 1;
        private const byte UsedDirectly = 2;

        private readonly byte[] _entries;
        private int _count;

        /// <summary>An empty table.</summary>
        public ContactTable(int capacity)
        {
            _entries = new byte[capacity * EntrySize];
        }

        /// <summary>Contacts known.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>The place of an identity, or <see cref="None"/>.</summary>
        public int Find(byte[] id)
        {
            for (int i = 0; i < _count; i++)
            {
                if (CryptoBytes.ConstantTimeEquals(_entries, i * EntrySize, id, 0, EphemeralIdentity.IdSize))
                {
                    return i;
                }
            }

            return None;
        }

        /// <summary>The place of an identity, or of what it has become since; or <see cref="None"/>.</summary>
        public int FindLatest(byte[] id)
        {
            int index = Find(id);
            byte[] next = new byte[EphemeralIdentity.IdSize];

            // A contact may name whomever it likes, itself included: no more steps than there are contacts.
            for (int steps = 0; index != None && steps < _count; steps++)
            {
                System.Array.Copy(_entries, (index * EntrySize) + SuccessorOffset, next, 0, next.Length);
                int successor = Find(next);
                if (successor == None)
                {
                    return index;
                }

                index = successor;
            }

            return index;
        }

        /// <summary>Notes what a contact has become.</summary>
        /// <param name="index">The contact.</param>
        /// <param name="id">The identity hash of its successor, 16 bytes.</param>
        public void SetSuccessor(int index, byte[] id)
        {
            System.Array.Copy(id, 0, _entries, (index * EntrySize) + SuccessorOffset, EphemeralIdentity.IdSize);
        }

        /// <summary>True when the contact has exchanged direct whispers with this node, and no successor of it is known.</summary>
        public bool IsCorrespondent(int index)
        {
            uint successor = 0;
            for (int i = 0; i < EphemeralIdentity.IdSize; i++)
            {
                successor |= _entries[(index * EntrySize) + SuccessorOffset + i];
            }

            return _entries[(index * EntrySize) + KeptOffset] == UsedDirectly && successor == 0;
        }

        /// <summary>When the contact was used last, seconds.</summary>
        public uint UsedAt(int index)
        {
            return ByteOrder.ReadUInt32(_entries, (index * EntrySize) + UsedOffset);
        }

        /// <summary>Copies a contact's identity hash, 16 bytes.</summary>
        public void CopyId(int index, byte[] id)
        {
            System.Array.Copy(_entries, index * EntrySize, id, 0, EphemeralIdentity.IdSize);
        }

        /// <summary>When a contact's identity was made.</summary>
        public uint TimestampAt(int index)
        {
            return ByteOrder.ReadUInt32(_entries, (index * EntrySize) + TimestampOffset);
        }

        /// <summary>When a contact's mailbox ends, seconds.</summary>
        public uint EndAt(int index)
        {
            return ByteOrder.ReadUInt32(_entries, (index * EntrySize) + EndOffset);
        }

        /// <summary>True when a public key is the contact's.</summary>
        public bool HasKey(int index, byte[] publicKey)
        {
            return CryptoBytes.ConstantTimeEquals(
                _entries, (index * EntrySize) + PublicKeyOffset, publicKey, 0, ContactCard.KeySize);
        }

        /// <summary>Copies a contact's public key, 32 bytes.</summary>
        public void CopyPublicKey(int index, byte[] key)
        {
            System.Array.Copy(_entries, (index * EntrySize) + PublicKeyOffset, key, 0, ContactCard.KeySize);
        }

        /// <summary>Copies a contact's mailbox key, 32 bytes.</summary>
        public void CopyMailboxKey(int index, byte[] key)
        {
            System.Array.Copy(_entries, (index * EntrySize) + MailboxKeyOffset, key, 0, ContactCard.KeySize);
        }

        /// <summary>Notes a card that was checked. A copy of a card known can only lengthen its time.</summary>
        /// <param name="id">The identity's hash, 16 bytes.</param>
        /// <param name="timestamp">The identity's time.</param>
        /// <param name="card">Holds the card.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="endSeconds">When the mailbox ends.</param>
        /// <param name="nowSeconds">Now.</param>
        /// <returns>True for a new contact.</returns>
        public bool Learn(byte[] id, uint timestamp, byte[] card, int offset, uint endSeconds, uint nowSeconds)
        {
            int index = Find(id);
            bool known = index != None;
            if (!known)
            {
                index = PlaceForNew(nowSeconds);
                if (index == None)
                {
                    return false;
                }
            }

            int at = index * EntrySize;
            if (known && EndAt(index) >= endSeconds)
            {
                return false;
            }

            ByteOrder.WriteUInt32(_entries, at + EndOffset, endSeconds);
            if (known)
            {
                return false;
            }

            System.Array.Copy(id, 0, _entries, at, EphemeralIdentity.IdSize);
            System.Array.Copy(
                card, offset + ContactCard.PublicKeyOffset, _entries, at + PublicKeyOffset, ContactCard.KeySize);
            System.Array.Copy(
                card, offset + ContactCard.MailboxKeyOffset, _entries, at + MailboxKeyOffset, ContactCard.KeySize);
            ByteOrder.WriteUInt32(_entries, at + TimestampOffset, timestamp);
            ByteOrder.WriteUInt32(_entries, at + UsedOffset, nowSeconds);
            System.Array.Clear(_entries, at + KeptOffset, EntrySize - KeptOffset);
            return true;
        }

        /// <summary>
        /// Notes that the application has written to a contact, or heard from it, by a direct whisper or otherwise.
        /// </summary>
        public void NoteUsed(int index, bool direct, uint nowSeconds)
        {
            int kept = (index * EntrySize) + KeptOffset;
            ByteOrder.WriteUInt32(_entries, (index * EntrySize) + UsedOffset, nowSeconds);
            _entries[kept] = direct ? UsedDirectly : _entries[kept] == 0 ? Used : _entries[kept];
        }

        /// <summary>Forgets the contacts whose mailboxes have ended.</summary>
        public void Expire(uint nowSeconds)
        {
            for (int i = _count - 1; i >= 0; i--)
            {
                if (EndAt(i) <= nowSeconds)
                {
                    Remove(i);
                }
            }
        }

        /// <summary>Forgets a contact. The last one takes its place.</summary>
        public void Remove(int index)
        {
            _count--;
            System.Array.Copy(_entries, _count * EntrySize, _entries, index * EntrySize, EntrySize);
            System.Array.Clear(_entries, _count * EntrySize, EntrySize);
        }

        /// <summary>Overwrites everything.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_entries);
            _count = 0;
        }

        private int PlaceForNew(uint nowSeconds)
        {
            Expire(nowSeconds);
            if ((_count + 1) * EntrySize <= _entries.Length)
            {
                return _count++;
            }

            int chosen = None;
            for (int i = 0; i < _count; i++)
            {
                if (chosen == None || IsWorthLess(i, chosen))
                {
                    chosen = i;
                }
            }

            return chosen;
        }

        private bool IsWorthLess(int index, int other)
        {
            byte kept = _entries[(index * EntrySize) + KeptOffset];
            byte otherKept = _entries[(other * EntrySize) + KeptOffset];
            uint used = ByteOrder.ReadUInt32(_entries, (index * EntrySize) + UsedOffset);
            uint otherUsed = ByteOrder.ReadUInt32(_entries, (other * EntrySize) + UsedOffset);
            return kept < otherKept || (kept == otherKept && used < otherUsed);
        }
    }
}
