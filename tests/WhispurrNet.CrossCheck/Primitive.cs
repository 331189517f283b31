namespace WhispurrNet.CrossCheck
{
    /// <summary>
    /// A primitive as a function from an input to an output. An input has 32 bytes of key, 32 more of another key or nonce and
    /// associated data, two lengths, and from there on the message.
    /// </summary>
    public abstract class Primitive
    {
        /// <summary>Where the second key starts, or the nonce.</summary>
        public const int SecondOffset = 32;

        /// <summary>Where the associated data start.</summary>
        public const int AssociatedOffset = 64;

        /// <summary>Where the message starts.</summary>
        public const int MessageOffset = 98;

        /// <summary>Most bytes of an output.</summary>
        public const int OutputMax = 256;

        private const int AssociatedLengthAt = 96;
        private const int MessageLengthAt = 97;
        private const int AssociatedMax = 32;
        private const int MessageMax = 140;

        /// <summary>What a table calls it.</summary>
        public readonly string Name;

        /// <summary>Names it.</summary>
        protected Primitive(string name)
        {
            Name = name;
        }

        /// <summary>Bytes of associated data, 0 to 32.</summary>
        public static int AssociatedCount(byte[] input)
        {
            return input[AssociatedLengthAt] % (AssociatedMax + 1);
        }

        /// <summary>Bytes of the message, 0 to 140.</summary>
        public static int MessageCount(byte[] input)
        {
            return input[MessageLengthAt] % (MessageMax + 1);
        }

        /// <summary>Computes an output.</summary>
        /// <returns>Its bytes.</returns>
        public abstract int Run(byte[] input, byte[] output);
    }
}
