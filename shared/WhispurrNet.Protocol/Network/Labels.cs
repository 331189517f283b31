namespace WhispurrNet.Protocol.Network
{
    /// <summary>
    /// Every label of the key tree, in one place (PROTOCOL.md, "Keys"). They are made when asked for: a static array
    /// would sit in a board's heap for good, and only start-up reads them.
    /// </summary>
    public static class Labels
    {
        /// <summary>Longest intent name in bytes.</summary>
        public const int IntentSizeMax = 64;

        /// <summary>Salt of the extraction from a join code's secret.</summary>
        public static byte[] JoinCode()
        {
            return Ascii("WhispurrNet v1 join code");
        }

        /// <summary>Expansion of the join code's secret to the network key.</summary>
        public static byte[] NetworkKey()
        {
            return Ascii("network key");
        }

        /// <summary>Salt of the extraction from the network key.</summary>
        public static byte[] Tree()
        {
            return Ascii("WhispurrNet v1 network");
        }

        /// <summary>Key of the admission MAC.</summary>
        public static byte[] Admission()
        {
            return Ascii("admission");
        }

        /// <summary>Key of the advertisement filter.</summary>
        public static byte[] Digest()
        {
            return Ascii("digest");
        }

        /// <summary>Pre-shared key of members' links.</summary>
        public static byte[] Link()
        {
            return Ascii("link");
        }

        /// <summary>Key of the tags of broadcasts.</summary>
        public static byte[] BroadcastTag()
        {
            return Ascii("broadcast tag");
        }

        /// <summary>Key that seals broadcasts.</summary>
        public static byte[] BroadcastSeal()
        {
            return Ascii("broadcast seal");
        }

        /// <summary>Key of the tags of an intent.</summary>
        public static byte[] IntentTag(string intent)
        {
            return Ascii("intent tag " + intent);
        }

        /// <summary>Key that seals whispers to an intent: its resonance key.</summary>
        public static byte[] IntentSeal(string intent)
        {
            return Ascii("intent seal " + intent);
        }

        /// <summary>Derivation of the key that seals to a mailbox from the mailbox key.</summary>
        public static byte[] MailboxSeal()
        {
            return Ascii("WhispurrNet v1 mailbox seal");
        }

        /// <summary>Start of the prologue of a direct whisper.</summary>
        public static byte[] Direct()
        {
            return Ascii("WhispurrNet v1 direct");
        }

        /// <summary>A Noise protocol name (specification revision 34, section 8).</summary>
        /// <param name="pattern">Name of the pattern with its modifiers.</param>
        /// <param name="hash">Name of the hash function.</param>
        public static byte[] Noise(string pattern, string hash)
        {
            return Ascii("Noise_" + pattern + "_25519_ChaChaPoly_" + hash);
        }

        /// <summary>Key of the later parts of a direct whisper, from the Noise message of part 0.</summary>
        public static byte[] DirectParts()
        {
            return Ascii("direct parts");
        }

        /// <summary>Key of its acknowledgement, from the same.</summary>
        public static byte[] DirectAck()
        {
            return Ascii("direct ack");
        }

        /// <summary>Published key of message ids.</summary>
        public static byte[] MessageId()
        {
            return Ascii("WhispurrNet v1 message id");
        }

        /// <summary>Key of the MAC that shows a member before any curve operation.</summary>
        public static byte[] LinkGuard()
        {
            return Ascii("link guard");
        }

        /// <summary>Start of the prologue of a link's handshake, and the purpose of what is exported from it.</summary>
        public static byte[] LinkHandshake()
        {
            return Ascii("WhispurrNet v1 link");
        }

        /// <summary>Expansion of what a link's handshake exports.</summary>
        public static byte[] LinkSecrets()
        {
            return Ascii("WhispurrNet v1 link secrets");
        }

        /// <summary>Derivation of the value that ties a signature to one link.</summary>
        public static byte[] LinkBinding()
        {
            return Ascii("WhispurrNet v1 link binding");
        }

        /// <summary>Start of what a user identity signs to identify over a link.</summary>
        public static byte[] Identify()
        {
            return Ascii("WhispurrNet v1 identify");
        }

        /// <summary>What a handle is the MAC of.</summary>
        /// <param name="side">The side that dials: A began the full handshake, B is the other.</param>
        public static byte[] Handle(char side)
        {
            return Ascii("WhispurrNet v1 handle " + side);
        }

        /// <summary>Start of what the MAC of a resumption covers.</summary>
        /// <param name="side">As for the handle.</param>
        public static byte[] Resume(char side)
        {
            return Ascii("WhispurrNet v1 resume " + side);
        }

        /// <summary>Salt of the extraction of a resumed link's keys.</summary>
        public static byte[] Resumption()
        {
            return Ascii("WhispurrNet v1 resumption");
        }

        /// <summary>
        /// True for 1 to 64 printable ASCII characters without a blank. Only ASCII, so that two people who type one
        /// name get one key whatever their keyboard composes.
        /// </summary>
        public static bool IsIntent(string intent)
        {
            if (intent == null || intent.Length == 0 || intent.Length > IntentSizeMax)
            {
                return false;
            }

            for (int i = 0; i < intent.Length; i++)
            {
                if (intent[i] <= ' ' || intent[i] > '~')
                {
                    return false;
                }
            }

            return true;
        }

        private static byte[] Ascii(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }
    }
}
