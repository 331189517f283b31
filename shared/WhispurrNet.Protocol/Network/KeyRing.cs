using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Network
{
    /// <summary>
    /// The whispers that this node can open: the network's broadcasts and the intents that it is tuned to. A frame is
    /// matched by one HMAC for each entry, which is why the ring is short: at most 16 on a board. Tag keys are kept,
    /// seal keys are derived when a whisper is sealed or opened.
    /// </summary>
    public sealed class KeyRing
    {
        /// <summary>No entry matches.</summary>
        public const int NoMatch = -1;

        /// <summary>The entry of the network's broadcasts, on every member.</summary>
        public const int BroadcastEntry = 0;

        /// <summary>
        /// What <see cref="Match"/> says of the network's emergencies. They share the broadcasts' keys: the second eight
        /// bytes of the same HMAC are their tag, so that knowing one costs a member neither memory nor time.
        /// </summary>
        public const int EmergencyEntry = -2;

        private readonly NetworkKeys _keys;
        private readonly MacWorkspace _mac;
        private readonly int _capacity;
        private string[] _intents = new string[0];

        // One array, the keys of the entries in order: a board pays 32 bytes for a key and not 72.
        private byte[] _tagKeys = new byte[0];

        /// <summary>A ring with the broadcast entry on a member, empty on a keyless relay.</summary>
        /// <param name="keys">The network's key tree.</param>
        /// <param name="mac">Computes tags.</param>
        /// <param name="capacity">Most entries, the broadcast entry included.</param>
        public KeyRing(NetworkKeys keys, MacWorkspace mac, int capacity)
        {
            _keys = keys;
            _mac = mac;
            _capacity = capacity;
            if (keys.IsMember)
            {
                Append(null, Labels.BroadcastTag());
            }
        }

        /// <summary>Entries in use.</summary>
        public int Count
        {
            get { return _intents.Length; }
        }

        /// <summary>The intent of an entry; null for the broadcast entry and for emergencies.</summary>
        public string IntentOf(int entry)
        {
            return entry == EmergencyEntry ? null : _intents[entry];
        }

        /// <summary>Derives the key that opens an entry's whispers.</summary>
        /// <param name="entry">Below <see cref="Count"/>, or <see cref="EmergencyEntry"/>.</param>
        /// <param name="key">Receives 32 bytes; the caller wipes them.</param>
        public void DeriveSealKey(int entry, byte[] key)
        {
            string intent = IntentOf(entry);
            _keys.DeriveInto(intent == null ? Labels.BroadcastSeal() : Labels.IntentSeal(intent), key);
        }

        /// <summary>Copies the key of an entry's tags.</summary>
        /// <param name="entry">Below <see cref="Count"/>.</param>
        /// <param name="key">Receives 32 bytes; the caller wipes them.</param>
        public void CopyTagKey(int entry, byte[] key)
        {
            System.Array.Copy(_tagKeys, entry * NetworkKeys.KeySize, key, 0, NetworkKeys.KeySize);
        }

        /// <summary>The entry of an intent, or <see cref="NoMatch"/>.</summary>
        public int Find(string intent)
        {
            for (int i = 0; i < _intents.Length; i++)
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

            if (_intents.Length == _capacity)
            {
                return false;
            }

            Append(intent, Labels.IntentTag(intent));
            return true;
        }

        /// <summary>Finds the entry whose tag a frame carries.</summary>
        /// <param name="frame">Holds the frame.</param>
        /// <param name="offset">Where it starts.</param>
        /// <returns>
        /// The entry, <see cref="EmergencyEntry"/>, or <see cref="NoMatch"/>. Every entry is tried whatever matched before.
        /// </returns>
        public int Match(byte[] frame, int offset)
        {
            int match = NoMatch;
            for (int i = 0; i < _intents.Length; i++)
            {
                CopyTagKey(i, _mac.Mac);
                _mac.Compute(_mac.Mac, frame, offset + FrameLayout.NonceOffset, FrameLayout.NonceSize);
                if (_mac.StartsWith(frame, offset + FrameLayout.TagOffset, FrameLayout.TagSize) && match == NoMatch)
                {
                    match = i;
                }

                if (i == BroadcastEntry
                    && _mac.HoldsAt(FrameLayout.TagSize, frame, offset + FrameLayout.TagOffset, FrameLayout.TagSize))
                {
                    match = EmergencyEntry;
                }
            }

            return match;
        }

        /// <summary>Overwrites every key and empties the ring.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_tagKeys);
            _intents = new string[0];
            _tagKeys = new byte[0];
        }

        /// <summary>The arrays grow by one: a maker tunes to a few intents, once.</summary>
        private void Append(string intent, byte[] tagLabel)
        {
            int count = _intents.Length;
            string[] intents = new string[count + 1];
            byte[] tagKeys = new byte[(count + 1) * NetworkKeys.KeySize];
            System.Array.Copy(_intents, 0, intents, 0, count);
            System.Array.Copy(_tagKeys, 0, tagKeys, 0, _tagKeys.Length);
            intents[count] = intent;
            _keys.DeriveInto(tagLabel, _mac.Mac);
            System.Array.Copy(_mac.Mac, 0, tagKeys, _tagKeys.Length, NetworkKeys.KeySize);
            _mac.Wipe();
            CryptoBytes.Wipe(_tagKeys);
            _intents = intents;
            _tagKeys = tagKeys;
        }
    }
}
