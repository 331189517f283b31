using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Sealing
{
    /// <summary>
    /// The keys of the acknowledgements that a node waits for: one for every send of every direct whisper under way. An
    /// acknowledgement lies in a mailbox of its own, which only the two of them know (PROTOCOL.md, "Acknowledgement").
    /// </summary>
    /// <remarks>One array that grows and shrinks by one entry: most of the time there is none.</remarks>
    internal sealed class AckKeys
    {
        /// <summary>No key.</summary>
        internal const int None = -1;

        private const int KeySize = Sha256.HashSize;
        private const int EntrySize = KeySize + 8;

        private readonly MacWorkspace _mac;
        private byte[] _entries = new byte[0];

        internal AckKeys(MacWorkspace mac)
        {
            _mac = mac;
        }

        private int Count
        {
            get { return _entries.Length / EntrySize; }
        }

        /// <summary>The inner id of the whisper that a key acknowledges.</summary>
        internal ulong InnerIdAt(int index)
        {
            return ByteOrder.ReadUInt64(_entries, (index * EntrySize) + KeySize);
        }

        /// <summary>Waits for one more acknowledgement.</summary>
        /// <param name="innerId">The whisper's inner id.</param>
        /// <param name="key">32 bytes. Copied.</param>
        internal void Add(ulong innerId, byte[] key)
        {
            int at = _entries.Length;
            Resize(Count + 1);
            System.Array.Copy(key, 0, _entries, at, KeySize);
            ByteOrder.WriteUInt64(_entries, at + KeySize, innerId);
        }

        /// <summary>Waits no longer for a whisper's.</summary>
        internal void Remove(ulong innerId)
        {
            for (int i = Count - 1; i >= 0; i--)
            {
                if (InnerIdAt(i) == innerId)
                {
                    int last = Count - 1;
                    System.Array.Copy(_entries, last * EntrySize, _entries, i * EntrySize, EntrySize);
                    Resize(last);
                }
            }
        }

        /// <summary>Finds the key whose tag a frame carries, or <see cref="None"/>. All are tried.</summary>
        internal int Match(byte[] frame, int offset)
        {
            int match = None;
            for (int i = 0; i < Count; i++)
            {
                Load(i);
                _mac.Compute(_mac.Mac, frame, offset + FrameLayout.NonceOffset, FrameLayout.NonceSize);
                if (_mac.StartsWith(frame, offset + FrameLayout.TagOffset, FrameLayout.TagSize) && match == None)
                {
                    match = i;
                }
            }

            return match;
        }

        /// <summary>Copies a key to the workspace.</summary>
        internal void Load(int index)
        {
            System.Array.Copy(_entries, index * EntrySize, _mac.Mac, 0, KeySize);
        }

        /// <summary>Overwrites every key.</summary>
        internal void Wipe()
        {
            Resize(0);
        }

        private void Resize(int count)
        {
            byte[] entries = new byte[count * EntrySize];
            int kept = entries.Length < _entries.Length ? entries.Length : _entries.Length;
            System.Array.Copy(_entries, 0, entries, 0, kept);
            CryptoBytes.Wipe(_entries);
            _entries = entries;
        }
    }
}
