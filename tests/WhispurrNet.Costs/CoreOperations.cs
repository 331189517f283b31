using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>What the core of a node does for each frame, with a store of any size, full, and full caches of the seen.</summary>
    public static class CoreOperations
    {
        private static readonly string[] s_names =
        {
            "whisper-seal", "whisper-open",
            "tag-match", "seen-lookup", "store-find", "store-insert", "store-insert-evicting", "store-insert-contended",
            "relay-decision", "relay-duplicate", "relay-frame-256", "relay-frame-256-contact",
            "digest-update", "digest-compare", "node-start",
        };

        /// <summary>How many there are.</summary>
        public static int Count
        {
            get { return s_names.Length; }
        }

        /// <summary>What a table calls one of them.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        public static string NameOf(int index)
        {
            return s_names[index];
        }

        /// <summary>One of them.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        /// <param name="frames">Frames that the node holds, 16 or more.</param>
        /// <param name="hmac">The HMAC it uses.</param>
        public static Operation Create(int index, int frames, IHmacSha256 hmac)
        {
            string name = s_names[index];
            switch (name)
            {
                case "whisper-seal": return new WhisperOperation(name, false, hmac);
                case "whisper-open": return new WhisperOperation(name, true, hmac);
                case "tag-match": return new TagOperation(name, hmac);
                case "seen-lookup": return new LookupOperation(name, true, frames, hmac);
                case "store-find": return new LookupOperation(name, false, frames, hmac);
                case "store-insert": return new InsertOperation(name, false, false, frames, hmac);
                case "store-insert-evicting": return new InsertOperation(name, true, false, frames, hmac);
                case "store-insert-contended": return new InsertOperation(name, true, true, frames, hmac);
                case "relay-decision": return new DecisionOperation(name, false, frames, hmac);
                case "relay-duplicate": return new DecisionOperation(name, true, frames, hmac);
                case "relay-frame-256": return new RelayOperation(name, false, frames, hmac);
                case "relay-frame-256-contact": return new RelayOperation(name, true, frames, hmac);
                case "digest-update": return new DigestOperation(name, false, frames, hmac);
                case "digest-compare": return new DigestOperation(name, true, frames, hmac);
                default: return new StartOperation(name, hmac);
            }
        }
    }
}
