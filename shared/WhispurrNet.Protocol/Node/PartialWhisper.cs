using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>A whisper in parts of which not all have come.</summary>
    internal sealed class PartialWhisper
    {
        /// <summary>Says that it came into a mailbox, not by a key of the ring.</summary>
        internal const int InMailbox = -3;

        private const int KeySize = Sha256.HashSize;

        /// <summary>What every part of it says: type, length, inner id, sender, times.</summary>
        internal readonly WhisperHeader Header;

        /// <summary>The whole payload; what has not come is zeros. Null until there is a place for the whisper.</summary>
        internal byte[] Payload;

        /// <summary>The entry of the key ring that it came by, or <see cref="InMailbox"/>.</summary>
        internal readonly int Entry;

        /// <summary>Whether the sender is proven.</summary>
        internal readonly bool IsProven;

        /// <summary>Bytes of part 0, and of each further one.</summary>
        internal readonly int First;

        /// <summary>Bytes of each further part.</summary>
        internal readonly int Later;

        /// <summary>The frame that brought part 0; of another part until it comes.</summary>
        internal ulong FrameId;

        /// <summary>When the last part came that was new.</summary>
        internal long ProgressMs;

        /// <summary>When the last frame of it ends.</summary>
        internal long UntilMs;

        /// <summary>The key of the acknowledgement of the last send; null unless it is direct.</summary>
        internal byte[] AckKey;

        // The keys of the sends that were seen, 32 bytes each: parts of any of them will do.
        private byte[] _keys = new byte[0];
        private uint _have;

        internal PartialWhisper(WhisperHeader header, int entry, bool isProven, int first, int later)
        {
            Header = header;
            Entry = entry;
            IsProven = isProven;
            First = first;
            Later = later;
        }

        /// <summary>True when every part has come.</summary>
        internal bool IsWhole
        {
            get { return _have == (1u << WhisperParts.Count(Header.PayloadCount, First, Later)) - 1; }
        }

        /// <summary>Bytes of a part, 0 or less when there is none of this number.</summary>
        internal int SizeOf(int part)
        {
            return WhisperParts.Size(Header.PayloadCount, part, First, Later);
        }

        /// <summary>True when a part says the same as those before it.</summary>
        internal bool Agrees(WhisperHeader header)
        {
            return header.Type == Header.Type
                && header.PayloadCount == Header.PayloadCount
                && header.SenderTimestamp == Header.SenderTimestamp
                && header.SentUnixSeconds == Header.SentUnixSeconds
                && CryptoBytes.ConstantTimeEquals(header.Sender, 0, Header.Sender, 0, WhisperHeader.SenderSize);
        }

        /// <summary>Takes the bytes of a part; one that is there already must be the same, and is no progress.</summary>
        /// <param name="part">Its number.</param>
        /// <param name="bytes">Holds them.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="untilMs">When the frame that brought it ends.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>False when another part of this number is there.</returns>
        internal bool Take(int part, byte[] bytes, int offset, long untilMs, long nowMs)
        {
            uint bit = 1u << part;
            int start = WhisperParts.Start(part, First, Later);
            if ((_have & bit) != 0)
            {
                return CryptoBytes.ConstantTimeEquals(Payload, start, bytes, offset, SizeOf(part));
            }

            System.Array.Copy(bytes, offset, Payload, start, SizeOf(part));
            _have |= bit;
            ProgressMs = nowMs;
            Extend(untilMs);
            return true;
        }

        /// <summary>Waits for more parts until a frame has ended, and a while longer.</summary>
        internal void Extend(long untilMs)
        {
            long endMs = untilMs + Reassembler.IdleMs;
            UntilMs = endMs > UntilMs ? endMs : UntilMs;
        }

        /// <summary>Notes the key of a send's later parts, unless it is known; the oldest of too many goes.</summary>
        internal void AddKey(byte[] key)
        {
            int count = _keys.Length / KeySize;
            for (int i = 0; i < count; i++)
            {
                if (CryptoBytes.ConstantTimeEquals(_keys, i * KeySize, key, 0, KeySize))
                {
                    return;
                }
            }

            int kept = count < Outbox.SendsMax ? count : Outbox.SendsMax - 1;
            byte[] keys = new byte[(kept + 1) * KeySize];
            System.Array.Copy(_keys, (count - kept) * KeySize, keys, 0, kept * KeySize);
            System.Array.Copy(key, 0, keys, kept * KeySize, KeySize);
            CryptoBytes.Wipe(_keys);
            _keys = keys;
        }

        /// <summary>Where in <see cref="Keys"/> the key of a part's id stands, or a negative number.</summary>
        internal int FindKey(ulong partId, MacWorkspace mac)
        {
            int found = -1;
            for (int i = 0; i < _keys.Length; i += KeySize)
            {
                if (Sealing.PartSeal.IdOf(_keys, i, mac) == partId)
                {
                    found = i;
                }
            }

            return found;
        }

        /// <summary>The keys of the sends that were seen. Not copied.</summary>
        internal byte[] Keys
        {
            get { return _keys; }
        }

        /// <summary>Overwrites the keys.</summary>
        internal void WipeKeys()
        {
            CryptoBytes.Wipe(_keys);
            CryptoBytes.Wipe(AckKey);
        }
    }
}
