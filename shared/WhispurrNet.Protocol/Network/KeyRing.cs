using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Network
{
    /// <summary>
    /// The whispers that this node can open: the network's broadcasts and the intents that it is tuned to. A frame is
    /// matched by one HMAC for each entry, which is why the ring is short: at most 16 on a board.
    /// </summary>
    public sealed class KeyRing
    {
        /// <summary>No entry matches.</summary>
        public const int NoMatch = -1;

        /// <summary>The entry of the network's broadcasts, on every member.</summary>
        public const int BroadcastEntry = 0;

        private readonly NetworkKeys _keys;
        private readonly IHmacSha256 _hmac;
        private readonly string[] _intents;
        private readonly byte[][] _tagKeys;
        private readonly byte[][] _sealKeys;
        private readonly byte[] _mac = new byte[Sha256.HashSize];
        private int _count;

        /// <summary>A ring with the broadcast entry on a member, empty on a keyless relay.</summary>
        /// <param name="keys">The network's key tree.</param>
        /// <param name="hmac">The HMAC for tags.</param>
        /// <param name="capacity">Most entries, the broadcast entry included.</param>
        public KeyRing(NetworkKeys keys, IHmacSha256 hmac, int capacity)
        {
            _keys = keys;
            _hmac = hmac;
            _intents = new string[capacity];
            _tagKeys = new byte[capacity][];
            _sealKeys = new byte[capacity][];
            if (keys.IsMember)
            {
                Append(null, Labels.BroadcastTag(), Labels.BroadcastSeal());
            }
        }

        /// <summary>Entries in use.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>The intent of an entry; null for the broadcast entry.</summary>
        public string IntentOf(int entry)
        {
            return _intents[entry];
        }

        /// <summary>The key that opens an entry's whispers. Not copied: the caller must not keep it.</summary>
        public byte[] SealKeyOf(int entry)
        {
            return _sealKeys[entry];
        }

        /// <summary>The key of an entry's tags. Not copied: the caller must not keep it.</summary>
        public byte[] TagKeyOf(int entry)
        {
            return _tagKeys[entry];
        }

        /// <summary>The entry of an intent, or <see cref="NoMatch"/>.</summary>
        public int Find(string intent)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_intents[i] != null && _intents[i] == intent)
                {
                    return i;
                }
            }

            return NoMatch;
        }

        /// <summary>Adds an intent.</summary>
        /// <returns>False when the ring is full, the name is not an intent, or there is no network.</returns>
        public bool Tune(string intent)
        {
            if (!_keys.IsMember || !Labels.IsIntent(intent))
            {
                return false;
            }

            if (Find(intent) != NoMatch)
            {
                return true;
            }

            if (_count == _intents.Length)
            {
                return false;
            }

            Append(intent, Labels.IntentTag(intent), Labels.IntentSeal(intent));
            return true;
        }

        /// <summary>Finds the entry whose tag a frame carries.</summary>
        /// <param name="frame">Holds the frame.</param>
        /// <param name="offset">Where it starts.</param>
        /// <returns>The entry, or <see cref="NoMatch"/>. Every entry is tried whatever matched before.</returns>
        public int Match(byte[] frame, int offset)
        {
            int match = NoMatch;
            for (int i = 0; i < _count; i++)
            {
                _hmac.Compute(
                    _tagKeys[i], frame, offset + FrameLayout.NonceOffset, FrameLayout.NonceSize, _mac, 0);
                if (CryptoBytes.ConstantTimeEquals(
                        _mac, 0, frame, offset + FrameLayout.TagOffset, FrameLayout.TagSize)
                    && match == NoMatch)
                {
                    match = i;
                }
            }

            return match;
        }

        /// <summary>Overwrites every key and empties the ring.</summary>
        public void Wipe()
        {
            for (int i = 0; i < _count; i++)
            {
                CryptoBytes.Wipe(_tagKeys[i]);
                CryptoBytes.Wipe(_sealKeys[i]);
                _intents[i] = null;
            }

            CryptoBytes.Wipe(_mac);
            _count = 0;
        }

        private void Append(string intent, byte[] tagLabel, byte[] sealLabel)
        {
            _intents[_count] = intent;
            _tagKeys[_count] = _keys.Derive(tagLabel);
            _sealKeys[_count] = _keys.Derive(sealLabel);
            _count++;
        }
    }
}
