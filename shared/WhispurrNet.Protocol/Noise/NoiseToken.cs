namespace WhispurrNet.Protocol.Noise
{
    /// <summary>The tokens of a message pattern, Noise specification revision 34, section 7.1.</summary>
    public static class NoiseToken
    {
        /// <summary>The sender's fresh ephemeral public key, in clear.</summary>
        public const byte E = 1;

        /// <summary>The sender's static public key, encrypted once there is a key.</summary>
        public const byte S = 2;

        /// <summary>DH of the initiator's ephemeral and the responder's static key.</summary>
        public const byte ES = 3;

        /// <summary>DH of both static keys.</summary>
        public const byte SS = 4;
    }
}
