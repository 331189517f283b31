using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.CrossCheck
{
    /// <summary>Runs a primitive over many inputs and hashes all outputs, one behind the other, with SHA-256.</summary>
    public static class Chain
    {
        /// <summary>Which sequence of inputs all of them take.</summary>
        public const ulong Seed = 0x9E3779B97F4A7C15;

        /// <summary>The hash of the outputs.</summary>
        /// <param name="primitive">What is checked.</param>
        /// <param name="rounds">How many inputs.</param>
        /// <returns>32 bytes.</returns>
        public static byte[] Run(Primitive primitive, int rounds)
        {
            Inputs inputs = new Inputs(Seed);
            Sha256 hash = new Sha256();
            byte[] output = new byte[Primitive.OutputMax];
            for (int i = 0; i < rounds; i++)
            {
                inputs.Next();
                hash.Update(output, 0, primitive.Run(inputs.Bytes, output));
            }

            byte[] result = new byte[Sha256.HashSize];
            hash.Finish(result, 0);
            return result;
        }
    }
}
