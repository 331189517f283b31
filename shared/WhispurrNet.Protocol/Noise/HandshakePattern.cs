namespace WhispurrNet.Protocol.Noise
{
    /// <summary>A handshake pattern as data, Noise specification revision 34, sections 7 and 9.</summary>
    public sealed class HandshakePattern
    {
        /// <summary>The name, modifiers included, as it stands in a protocol name (section 8).</summary>
        public readonly string Name;

        /// <summary>
        /// The tokens of the responder's pre-message: <see cref="NoiseToken.S"/> when the initiator knows the
        /// responder's static key from elsewhere, else none. No pattern here has an initiator's pre-message.
        /// </summary>
        public readonly byte[] PreMessage;

        /// <summary>The tokens of each message; the initiator sends the first, then the sides take turns.</summary>
        public readonly byte[][] Messages;

        private HandshakePattern(string name, byte[] preMessage, byte[][] messages)
        {
            Name = name;
            PreMessage = preMessage;
            Messages = messages;
        }

        /// <summary>
        /// X: <c>&lt;- s, ..., -&gt; e, es, s, ss</c> (section 7.4). One message to a known static key, which carries
        /// the sender's own static key and proves it.
        /// </summary>
        public static HandshakePattern X()
        {
            return new HandshakePattern(
                "X",
                new byte[] { NoiseToken.S },
                new byte[][] { new byte[] { NoiseToken.E, NoiseToken.ES, NoiseToken.S, NoiseToken.SS } });
        }

        /// <summary>
        /// XX: <c>-&gt; e, &lt;- e, ee, s, es, -&gt; s, se</c> (section 7.5). Each side learns the other's static key,
        /// hidden from everyone who only listens.
        /// </summary>
        public static HandshakePattern XX()
        {
            return new HandshakePattern(
                "XX",
                new byte[0],
                new byte[][]
                {
                    new byte[] { NoiseToken.E },
                    new byte[] { NoiseToken.E, NoiseToken.EE, NoiseToken.S, NoiseToken.ES },
                    new byte[] { NoiseToken.S, NoiseToken.SE },
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
                new byte[0],
                new byte[][]
                {
                    new byte[] { NoiseToken.E },
                    new byte[] { NoiseToken.E, NoiseToken.EE, NoiseToken.S, NoiseToken.ES },
                    new byte[] { NoiseToken.S, NoiseToken.SE, NoiseToken.PSK },
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
                new byte[] { NoiseToken.S },
                new byte[][]
                {
                    new byte[] { NoiseToken.E, NoiseToken.ES, NoiseToken.S, NoiseToken.SS },
                    new byte[] { NoiseToken.E, NoiseToken.EE, NoiseToken.SE },
                });
        }

        /// <summary>True when the pattern mixes in a pre-shared key.</summary>
        public bool HasPsk
        {
            get { return Contains(NoiseToken.PSK, 0, 1); }
        }

        /// <summary>Whether one side sends a token.</summary>
        /// <param name="token">The token.</param>
        /// <param name="initiator">The side.</param>
        public bool Sends(byte token, bool initiator)
        {
            return Contains(token, initiator ? 0 : 1, 2);
        }

        private bool Contains(byte token, int first, int step)
        {
            for (int i = first; i < Messages.Length; i += step)
            {
                for (int j = 0; j < Messages[i].Length; j++)
                {
                    if (Messages[i][j] == token)
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
