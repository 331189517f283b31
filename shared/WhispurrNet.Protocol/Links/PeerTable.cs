using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// The nodes that this one shares a secret with, by which a link to them opens without any curve operation
    /// (PROTOCOL.md, "Resumption"). One flat buffer.
    /// </summary>
    /// <remarks>
    /// A peer has at most two secrets: the current one, and a pending one that the other side may not have. When the table
    /// is full, a member takes the place of the peer unused for longest, but not sooner than
    /// <see cref="KeepSeconds"/>, strangers first; a stranger is refused. Strangers have a share of their own.
    /// </remarks>
    public sealed class PeerTable
    {
        /// <summary>No peer.</summary>
        public const int None = -1;

        /// <summary>Bytes of a secret.</summary>
        public const int SecretSize = 32;

        /// <summary>Bytes of what is kept of a peer's static public key.</summary>
        public const int FingerprintSize = 8;

        /// <summary>Bytes of a handle by which it is found.</summary>
        public const int HandleSize = 4;

        /// <summary>A peer used within this time keeps its place.</summary>
        public const uint KeepSeconds = 10 * 60;

        /// <summary>A secret is overwritten so long after the full handshake that it goes back to.</summary>
        public const uint SecretSeconds = 4 * 60 * 60;

        /// <summary>
        /// A secret older than this is not used for dialling if a full handshake can be made instead: once an hour a pair
        /// has new keys that no secret of before gives away, and an hour's identity is proven anew.
        /// </summary>
        public const uint RenewSeconds = 75 * 60;

        /// <summary>The first of a peer's two places for secrets, or the second.</summary>
        public const int Current = 0;

        /// <summary>The second place: a secret that the other side may not have.</summary>
        public const int Pending = 1;

        private const int HandleOffset = 2 * SecretSize;
        private const int FingerprintOffset = HandleOffset + (2 * HandleSize);
        private const int NeighbourOffset = FingerprintOffset + FingerprintSize;
        private const int MadeOffset = NeighbourOffset + 8;
        private const int UsedOffset = MadeOffset + 4;
        private const int ProvenOffset = UsedOffset + 4;
        private const int EpochOffset = ProvenOffset + 4;
        private const int LinksOffset = EpochOffset + 1;
        private const int FlagsOffset = LinksOffset + 1;
        private const int MarkOffset = FlagsOffset + 1;
        private const int EntrySize = MarkOffset + 4;

        private const byte UsedFlag = 0x01;
        private const byte MemberFlag = 0x02;
        private const byte SecretFlag = 0x04;
        private const byte SideAFlag = 0x10;
        private const byte ResumedFlag = 0x40;
        private const byte VouchedFlag = 0x80;

        private readonly byte[] _entries;
        private readonly int _strangersMax;
        private uint _nextEndSeconds = uint.MaxValue;

        /// <summary>An empty table.</summary>
        /// <param name="capacity">Most peers.</param>
        /// <param name="strangersMax">Most strangers among them.</param>
        public PeerTable(int capacity, int strangersMax)
        {
            _entries = new byte[capacity * EntrySize];
            _strangersMax = strangersMax;
        }

        /// <summary>Peers, those without a secret left included.</summary>
        public int Count
        {
            get { return CountOf(UsedFlag, UsedFlag); }
        }

        /// <summary>Most peers.</summary>
        public int Capacity
        {
            get { return _entries.Length / EntrySize; }
        }

        /// <summary>When the next secret ends, never later than the truth; uint.MaxValue without one.</summary>
        public uint NextEndSeconds
        {
            get { return _nextEndSeconds; }
        }

        /// <summary>
        /// Up to which frame a peer was told all that was held here: a <see cref="Gossip.FrameStore.ArrivalAt"/>, 0 for none.
        /// </summary>
        public uint MarkOf(int peer)
        {
            return ByteOrder.ReadUInt32(_entries, At(peer, MarkOffset));
        }

        /// <summary>Sets it.</summary>
        public void SetMark(int peer, uint arrival)
        {
            ByteOrder.WriteUInt32(_entries, At(peer, MarkOffset), arrival);
        }

        /// <summary>The peer at an address that this node dials, or <see cref="None"/>.</summary>
        public int FindNeighbour(ulong neighbour)
        {
            for (int i = 0; neighbour != 0 && i < Capacity; i++)
            {
                if (Has(i, UsedFlag) && NeighbourOf(i) == neighbour)
                {
                    return i;
                }
            }

            return None;
        }

        /// <summary>The member with this static public key, or else the stranger; or <see cref="None"/>.</summary>
        public int FindKey(byte[] publicKey, int offset, bool member)
        {
            for (int i = 0; i < Capacity; i++)
            {
                if (Has(i, UsedFlag) && IsMember(i) == member
                    && CryptoBytes.ConstantTimeEquals(
                        _entries, At(i, FingerprintOffset), publicKey, offset, FingerprintSize))
                {
                    return i;
                }
            }

            return None;
        }

        /// <summary>
        /// The next secret from a place on whose handle starts with these four bytes; a handle names a peer to nobody else
        /// and is used once.
        /// </summary>
        /// <param name="from">A result of this method plus one; 0 to begin.</param>
        /// <param name="handle">Holds the handle.</param>
        /// <param name="offset">Where it starts.</param>
        /// <returns>Twice the peer, plus the place of the secret; or <see cref="None"/>.</returns>
        public int FindHandle(int from, byte[] handle, int offset)
        {
            for (int i = from; i < 2 * Capacity; i++)
            {
                int at = At(i / 2, HandleOffset + ((i % 2) * HandleSize));
                if (HasSecret(i / 2, i % 2)
                    && CryptoBytes.ConstantTimeEquals(_entries, at, handle, offset, HandleSize))
                {
                    return i;
                }
            }

            return None;
        }

        /// <summary>Makes room for a peer.</summary>
        /// <param name="publicKey">Its static public key.</param>
        /// <param name="member">Whether it proved the network's key.</param>
        /// <param name="nowSeconds">Now.</param>
        /// <returns>Its place, or <see cref="None"/>: the table, or the strangers' share, is full.</returns>
        public int Add(byte[] publicKey, bool member, uint nowSeconds)
        {
            if (!member && CountOf((byte)(UsedFlag | MemberFlag), UsedFlag) >= _strangersMax)
            {
                return None;
            }

            int place = None;
            for (int i = 0; i < Capacity; i++)
            {
                if (!Has(i, UsedFlag))
                {
                    place = i;
                    break;
                }

                bool idle = _entries[At(i, LinksOffset)] == 0 && nowSeconds - UsedSecondsOf(i) >= KeepSeconds;
                if (member && idle && (place == None || IsWorthLess(i, place)))
                {
                    place = i;
                }
            }

            if (place != None)
            {
                Remove(place);
                _entries[At(place, FlagsOffset)] = member ? (byte)(UsedFlag | MemberFlag) : UsedFlag;
                SetKey(place, publicKey, 0, true);
                NoteUsed(place, nowSeconds);
            }

            return place;
        }

        /// <summary>True for a peer that proved the network's key.</summary>
        public bool IsMember(int peer)
        {
            return Has(peer, MemberFlag);
        }

        /// <summary>
        /// Notes a peer's static public key: one that a handshake proved, or one that the peer introduced and so only vouches
        /// for.
        /// </summary>
        public void SetKey(int peer, byte[] publicKey, int offset, bool proven)
        {
            System.Array.Copy(publicKey, offset, _entries, At(peer, FingerprintOffset), FingerprintSize);
            Set(peer, VouchedFlag, !proven);
        }

        /// <summary>True when the peer's present static public key was proven by a handshake.</summary>
        public bool IsKeyProven(int peer)
        {
            return !Has(peer, VouchedFlag);
        }

        /// <summary>The address at which this node reaches a peer; 0 when none is known.</summary>
        public ulong NeighbourOf(int peer)
        {
            return ByteOrder.ReadUInt64(_entries, At(peer, NeighbourOffset));
        }

        /// <summary>Notes where a peer is reached. An address has one peer.</summary>
        public void SetNeighbour(int peer, ulong neighbour)
        {
            int former = FindNeighbour(neighbour);
            if (former != None)
            {
                ByteOrder.WriteUInt64(_entries, At(former, NeighbourOffset), 0);
            }

            ByteOrder.WriteUInt64(_entries, At(peer, NeighbourOffset), neighbour);
        }

        /// <summary>True when a peer has a secret in a place.</summary>
        public bool HasSecret(int peer, int place)
        {
            return Has(peer, FlagOf(SecretFlag, place));
        }

        /// <summary>True on the side that began the full handshake which a secret goes back to.</summary>
        public bool IsSideA(int peer, int place)
        {
            return Has(peer, FlagOf(SideAFlag, place));
        }

        /// <summary>Copies a secret, 32 bytes.</summary>
        public void CopySecret(int peer, int place, byte[] secret)
        {
            System.Array.Copy(_entries, At(peer, place * SecretSize), secret, 0, SecretSize);
        }

        /// <summary>Puts a secret into a place.</summary>
        /// <param name="peer">Whose.</param>
        /// <param name="place">Where.</param>
        /// <param name="secret">Holds 32 bytes.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="sideA">Whether this side began the full handshake.</param>
        /// <param name="handle">Its first four bytes are the start of the handle by which the other side dials.</param>
        public void SetSecret(int peer, int place, byte[] secret, int offset, bool sideA, byte[] handle)
        {
            System.Array.Copy(secret, offset, _entries, At(peer, place * SecretSize), SecretSize);
            System.Array.Copy(handle, 0, _entries, At(peer, HandleOffset + (place * HandleSize)), HandleSize);
            Set(peer, FlagOf(SecretFlag, place), true);
            Set(peer, FlagOf(SideAFlag, place), sideA);
        }

        /// <summary>Overwrites a secret.</summary>
        public void WipeSecret(int peer, int place)
        {
            System.Array.Clear(_entries, At(peer, place * SecretSize), SecretSize);
            System.Array.Clear(_entries, At(peer, HandleOffset + (place * HandleSize)), HandleSize);
            Set(peer, FlagOf(SecretFlag, place), false);
        }

        /// <summary>The other side has the pending secret: it takes the place of the current one.</summary>
        public void Promote(int peer)
        {
            if (HasSecret(peer, Pending))
            {
                int at = At(peer, 0);
                System.Array.Copy(_entries, at + SecretSize, _entries, at, SecretSize);
                System.Array.Copy(
                    _entries, at + HandleOffset + HandleSize, _entries, at + HandleOffset, HandleSize);
                Set(peer, FlagOf(SecretFlag, Current), true);
                Set(peer, FlagOf(SideAFlag, Current), IsSideA(peer, Pending));
                WipeSecret(peer, Pending);
            }
        }

        /// <summary>Notes that the secrets of a peer go back to a full handshake of now.</summary>
        public void NoteHandshake(int peer, uint nowSeconds)
        {
            ByteOrder.WriteUInt32(_entries, At(peer, MadeOffset), nowSeconds);
            uint end = nowSeconds + SecretSeconds;
            _nextEndSeconds = end < _nextEndSeconds ? end : _nextEndSeconds;
        }

        /// <summary>Seconds since the full handshake that a peer's secrets go back to.</summary>
        public uint AgeOfSecrets(int peer, uint nowSeconds)
        {
            return nowSeconds - ByteOrder.ReadUInt32(_entries, At(peer, MadeOffset));
        }

        /// <summary>Notes that a link to a peer was used now.</summary>
        public void NoteUsed(int peer, uint nowSeconds)
        {
            ByteOrder.WriteUInt32(_entries, At(peer, UsedOffset), nowSeconds);
        }

        /// <summary>Notes that a link was resumed with a peer: from the first time on its age counts.</summary>
        public void NoteResumed(int peer, uint nowSeconds)
        {
            if (!Has(peer, ResumedFlag))
            {
                Set(peer, ResumedFlag, true);
                ByteOrder.WriteUInt32(_entries, At(peer, ProvenOffset), nowSeconds);
            }
        }

        /// <summary>Seconds since a peer first resumed a link; 0 for one that never did.</summary>
        public uint AgeOf(int peer, uint nowSeconds)
        {
            return Has(peer, ResumedFlag)
                ? nowSeconds - ByteOrder.ReadUInt32(_entries, At(peer, ProvenOffset))
                : 0;
        }

        /// <summary>Another node may stand behind a peer's address now: its age begins anew.</summary>
        public void ForgetAge(int peer)
        {
            Set(peer, ResumedFlag, false);
        }

        /// <summary>Which of this node's identities a peer was told last: their number, modulo 256.</summary>
        public byte EpochOf(int peer)
        {
            return _entries[At(peer, EpochOffset)];
        }

        /// <summary>Notes which of this node's identities a peer was told.</summary>
        public void SetEpoch(int peer, byte epoch)
        {
            _entries[At(peer, EpochOffset)] = epoch;
        }

        /// <summary>A link to a peer is in use: its place is not given away.</summary>
        public void Hold(int peer)
        {
            _entries[At(peer, LinksOffset)]++;
        }

        /// <summary>A link to a peer is gone. Without a secret nothing is left to remember.</summary>
        public void Release(int peer)
        {
            int at = At(peer, LinksOffset);
            _entries[at]--;
            if (_entries[at] == 0 && !HasSecret(peer, Current) && !HasSecret(peer, Pending))
            {
                Remove(peer);
            }
        }

        /// <summary>Links to a peer that are in use.</summary>
        public int LinksOf(int peer)
        {
            return _entries[At(peer, LinksOffset)];
        }

        /// <summary>Overwrites the secrets whose time is over, and forgets whom no link is open to.</summary>
        public void Expire(uint nowSeconds)
        {
            if (nowSeconds < _nextEndSeconds)
            {
                return;
            }

            _nextEndSeconds = uint.MaxValue;
            for (int i = 0; i < Capacity; i++)
            {
                if (!HasSecret(i, Current) && !HasSecret(i, Pending))
                {
                    continue;
                }

                if (AgeOfSecrets(i, nowSeconds) < SecretSeconds)
                {
                    uint end = nowSeconds - AgeOfSecrets(i, nowSeconds) + SecretSeconds;
                    _nextEndSeconds = end < _nextEndSeconds ? end : _nextEndSeconds;
                    continue;
                }

                WipeSecret(i, Current);
                WipeSecret(i, Pending);
                if (LinksOf(i) == 0)
                {
                    Remove(i);
                }
            }
        }

        /// <summary>Overwrites everything.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_entries);
            _nextEndSeconds = uint.MaxValue;
        }

        private static int At(int peer, int offset)
        {
            return (peer * EntrySize) + offset;
        }

        /// <summary>The flag of the pending secret stands next to the current one's.</summary>
        private static byte FlagOf(byte flag, int place)
        {
            return (byte)((uint)flag << place);
        }

        private uint UsedSecondsOf(int peer)
        {
            return ByteOrder.ReadUInt32(_entries, At(peer, UsedOffset));
        }

        private bool IsWorthLess(int peer, int other)
        {
            return IsMember(peer) == IsMember(other)
                ? UsedSecondsOf(peer) < UsedSecondsOf(other)
                : !IsMember(peer);
        }

        private int CountOf(byte mask, byte value)
        {
            int count = 0;
            for (int i = 0; i < Capacity; i++)
            {
                if ((_entries[At(i, FlagsOffset)] & mask) == value)
                {
                    count++;
                }
            }

            return count;
        }

        private void Remove(int peer)
        {
            System.Array.Clear(_entries, At(peer, 0), EntrySize);
        }

        private bool Has(int peer, byte flag)
        {
            return (_entries[At(peer, FlagsOffset)] & flag) != 0;
        }

        private void Set(int peer, byte flag, bool value)
        {
            int at = At(peer, FlagsOffset);
            _entries[at] = (byte)(value ? _entries[at] | flag : _entries[at] & (0xFF ^ flag));
        }
    }
}
