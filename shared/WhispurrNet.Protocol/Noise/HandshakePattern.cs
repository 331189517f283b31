namespace WhispurrNet.Protocol.Noise
{
    /// <summary>A handshake pattern as data, Noise specification revision 34, sections 7 and 9.</summary>
    public sealed class HandshakePattern
    {
        /// <summary>The name, modifiers included, as it stands in a protocol name (section 8).</summary>
        public readonly string Name;

        /// <summary>
        /// <see cref="NoiseToken"/> after token, each message closed by <see cref="NoiseToken.End"/>. First the responder's
        /// pre-message, empty unless the initiator knows the responder's static key from elsewhere; then what is sent, by
        /// the initiator first, and in turns. One array, because a board pays 20 bytes for each.
        /// </summary>
        public readonly byte[] Tokens;

        private HandshakePattern(string name, byte[] tokens)
        {
            Name = name;
            Tokens = tokens;
        }

        /// <summary>
        /// X: <c>&lt;- s, ..., -&gt; e, es, s, ss</c> (section 7.4). One message to a known static key, which carries
        /// the sender's own static key and proves it.
        /// </summary>
        public static HandshakePattern X()
        {
            return new HandshakePattern(
                "X",
                new byte[]
                {
                    NoiseToken.S, NoiseToken.End,
                    NoiseToken.E, NoiseToken.ES, NoiseToken.S, NoiseToken.SS, NoiseToken.End,
                });
        }

        /// <summary>
        /// XX: <c>-&gt; e, &lt;- e, ee, s, es, -&gt; s, se</c> (section 7.5). Each side learns the other's static key,
        /// hidden from everyone who only listens.
        /// </summary>
        public static HandshakePattern XX()
        {
            return new HandshakePattern(
                "XX",
                new byte[]
                {
                    NoiseToken.End,
                    NoiseToken.E, NoiseToken.End,
                    NoiseToken.E, NoiseToken.EE, NoiseToken.S, NoiseToken.ES, NoiseToken.End,
                    NoiseToken.S, NoiseToken.SE, NoiseToken.End,
                });
        }

        /// <summary>
        /// XXpsk3: XX whose last message also mixes in a pre-shared key (section 9.4), so that only its holders finish.
        /// Every ephemeral public key is mixed into the key as well (section 9.2).
        /// </summary>
        public static HandshakePattern XXpsk3()
        {
            return new HandshakePattern(
                "XXpsk3",
                new byte[]
                {
                    NoiseToken.End,
                    NoiseToken.E, NoiseToken.End,
                    NoiseToken.E, NoiseToken.EE, NoiseToken.S, NoiseToken.ES, NoiseToken.End,
                    NoiseToken.S, NoiseToken.SE, NoiseToken.PSK, NoiseToken.End,
                });
        }

        /// <summary>
        /// IK: <c>&lt;- s, ..., -&gt; e, es, s, ss, &lt;- e, ee, se</c> (section 7.5). One round trip to a known static
        /// key; the first message may be a replay.
        /// </summary>
        public static HandshakePattern IK()
        {
            return new HandshakePattern(
                "IK",
                new byte[]
                {
                    NoiseToken.S, NoiseToken.End,
                    NoiseToken.E, NoiseToken.ES, NoiseToken.S, NoiseToken.SS, NoiseToken.End,
                    NoiseToken.E, NoiseToken.EE, NoiseToken.SE, NoiseToken.End,
                });
        }

        /// <summary>True when the initiator has to know the responder's static key.</summary>
        public bool HasPreMessage
        {
            get { return Tokens[0] == NoiseToken.S; }
        }

        /// <summary>True when the pattern mixes in a pre-shared key.</summary>
        public bool HasPsk
        {
            get { return Sends(NoiseToken.PSK, true) || Sends(NoiseToken.PSK, false); }
        }

        /// <summary>Whether a message of one side has a token.</summary>
        /// <param name="token">The token.</param>
        /// <param name="initiator">The side.</param>
        public bool Sends(byte token, bool initiator)
        {
            bool initiatorsTurn = false;
            bool sends = false;
            for (int i = HasPreMessage ? 1 : 0; i < Tokens.Length; i++)
            {
                if (Tokens[i] == NoiseToken.End)
                {
                    initiatorsTurn = !initiatorsTurn;
                }

                sends |= Tokens[i] == token && initiatorsTurn == initiator;
            }

            return sends;
        }
    }
}
