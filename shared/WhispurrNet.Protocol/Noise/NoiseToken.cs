namespace WhispurrNet.Protocol.Noise
{
    /// <summary>The tokens of a message pattern, Noise specification revision 34, sections 7.1 and 9.2.</summary>
    public static class NoiseToken
    {
        /// <summary>Closes a message; not in the specification.</summary>
        public const byte End = 0;

        /// <summary>The sender's fresh ephemeral public key, in clear.</summary>
        public const byte E = 1;

        /// <summary>The sender's static public key, encrypted once there is a key.</summary>
        public const byte S = 2;

        /// <summary>DH of the initiator's ephemeral and the responder's static key.</summary>
        public const byte ES = 3;

        /// <summary>DH of both static keys.</summary>
        public const byte SS = 4;

        /// <summary>DH of both ephemeral keys.</summary>
        public const byte EE = 5;

        /// <summary>DH of the initiator's static and the responder's ephemeral key.</summary>
        public const byte SE = 6;

        /// <summary>The pre-shared key is mixed in.</summary>
        public const byte PSK = 7;
    }
}
