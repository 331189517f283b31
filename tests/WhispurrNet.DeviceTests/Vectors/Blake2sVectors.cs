namespace WhispurrNet.DeviceTests.Vectors
{
    /// <summary>BLAKE2s: RFC 7693 appendix B, and what its appendix E compares the hash of many hashes with.</summary>
    public static class Blake2sVectors
    {
        /// <summary>Result of the self-test, RFC 7693 appendix E: a hash over <see cref="SelfTestHashes"/> hashes.</summary>
        public const string SelfTest = "6a411f08ce25adcdfb02aba641451cec53c598b24f4fc787fbdc88797f4c1dfe";

        /// <summary>Hashes that enter the self-test: four sizes, six lengths, with and without key.</summary>
        public const int SelfTestHashes = 48;

        /// <summary>Sizes of the self-test's hashes and keys in bytes.</summary>
        /// <returns>The sizes.</returns>
        public static int[] SelfTestSizes()
        {
            return new[] { 16, 20, 28, 32 };
        }

        /// <summary>Lengths of the self-test's messages in bytes.</summary>
        /// <returns>The lengths.</returns>
        public static int[] SelfTestLengths()
        {
            return new[] { 0, 3, 64, 65, 255, 1024 };
        }

        /// <summary>The self-test's bytes, a Fibonacci sequence from a seed.</summary>
        /// <param name="count">How many.</param>
        /// <param name="seed">The seed.</param>
        /// <returns>The bytes.</returns>
        public static byte[] Sequence(int count, uint seed)
        {
            byte[] bytes = new byte[count];
            uint a = 0xDEAD4BAD * seed;
            uint b = 1;
            for (int i = 0; i < count; i++)
            {
                uint next = a + b;
                a = b;
                b = next;
                bytes[i] = (byte)(next >> 24);
            }

            return bytes;
        }

        /// <summary>Name, message in hex, hash in hex.</summary>
        /// <returns>The vectors, one array each.</returns>
        public static string[][] All()
        {
            return new[]
            {
                new[]
                {
                    "RFC 7693 appendix B",
                    "616263",
                    "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
                },
            };
        }
    }
}
