namespace WhispurrNet.Protocol.Noise
{
    /// <summary>A handshake pattern as data, Noise specification revision 34, section 7.</summary>
    public sealed class HandshakePattern
    {
        /// <summary>The whole protocol name, ASCII: pattern, DH, cipher and hash (section 8).</summary>
        public readonly byte[] ProtocolName;

        /// <summary>The tokens of each message; the initiator sends the first, then the sides take turns.</summary>
        public readonly byte[][] Messages;

        private HandshakePattern(byte[] protocolName, byte[][] messages)
        {
            ProtocolName = protocolName;
            Messages = messages;
        }

        /// <summary>
        /// X: <c>&lt;- s, ..., -&gt; e, es, s, ss</c> (section 7.4). One message to a known static key, which carries
        /// the sender's own static key and proves it. Every pattern here so far has the responder's static key as its
        /// only pre-message.
        /// </summary>
        public static HandshakePattern X()
        {
            return new HandshakePattern(
                Network.Labels.NoiseX(),
                new byte[][] { new byte[] { NoiseToken.E, NoiseToken.ES, NoiseToken.S, NoiseToken.SS } });
        }
    }
}
