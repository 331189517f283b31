using System;
using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class ChaChaRandomTests
    {
        [TestMethod]
        public void OutputIsTheKeystreamBehindTheNextKey()
        {
            // Seed zero: RFC 8439 A.1 #1 is the first block; its first half becomes the next key.
            byte[] output = new byte[32];
            new ChaChaRandom(new byte[32]).NextBytes(output, 0, 32);
            Assert.AreEqual(ChaCha20Vectors.Cipher()[2][5].Substring(64), Hex.Write(output));
        }

        [TestMethod]
        public void OneSeedGivesOneSequenceHoweverItIsAskedFor()
        {
            byte[] whole = new byte[300];
            byte[] parts = new byte[300];
            new ChaChaRandom(new byte[32]).NextBytes(whole, 0, 300);
            ChaChaRandom random = new ChaChaRandom(new byte[32]);
            for (int at = 0; at < 300; at += 25)
            {
                random.NextBytes(parts, at, 25);
            }

            Assert.AreEqual(Hex.Write(whole), Hex.Write(parts));
        }

        [TestMethod]
        public void NextBelowStaysBelow()
        {
            ChaChaRandom random = new ChaChaRandom(new byte[32]);
            for (int i = 0; i < 100; i++)
            {
                Assert.IsTrue(random.NextBelow(7) < 7u);
                Assert.IsTrue(random.NextBelow(0x80000001) < 0x80000001u);
            }

            Assert.AreEqual(0u, random.NextBelow(1));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => random.NextBelow(0));
        }

        [TestMethod]
        public void NumbersAreReadFromTheSequence()
        {
            byte[] bytes = new byte[12];
            new ChaChaRandom(new byte[32]).NextBytes(bytes, 0, 12);
            ChaChaRandom random = new ChaChaRandom(new byte[32]);
            Assert.AreEqual(BitConverter.ToUInt32(bytes, 0), random.NextUInt32());
            ulong high = BitConverter.ToUInt32(bytes, 4);
            Assert.AreEqual((high << 32) | BitConverter.ToUInt32(bytes, 8), random.NextUInt64());
        }

        [TestMethod]
        public void EntropyChangesTheSequence()
        {
            byte[] plain = new byte[32];
            byte[] mixed = new byte[32];
            new ChaChaRandom(new byte[32]).NextBytes(plain, 0, 32);
            ChaChaRandom random = new ChaChaRandom(new byte[32]);
            random.AddEntropy(new byte[1], 0, 1);
            random.NextBytes(mixed, 0, 32);
            Assert.AreNotEqual(Hex.Write(plain), Hex.Write(mixed));
        }

        [TestMethod]
        public void AWipedGeneratorRefuses()
        {
            ChaChaRandom random = new ChaChaRandom(new byte[32]);
            random.Wipe();
            Assert.ThrowsException(typeof(InvalidOperationException), () => random.NextUInt32());
        }
    }
}
