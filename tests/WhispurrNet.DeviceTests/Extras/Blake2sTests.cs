using System;
using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Extras.Crypto;

namespace WhispurrNet.DeviceTests.Extras
{
    [TestClass]
    public class Blake2sTests
    {
        [TestMethod]
        public void AllVectors()
        {
            int ran = 0;
            Blake2s blake = new Blake2s();
            byte[] hash = new byte[Blake2s.HashSize];
            foreach (string[] vector in Blake2sVectors.All())
            {
                byte[] message = Hex.Read(vector[1]);
                blake.Update(message, 0, message.Length);
                blake.Finish(hash, 0);
                Assert.AreEqual(vector[2], Hex.Write(hash), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.Blake2s, ran);
        }

        [TestMethod]
        public void SelfTest()
        {
            int ran = 0;
            Blake2s whole = new Blake2s();
            foreach (int size in Blake2sVectors.SelfTestSizes())
            {
                byte[] key = Blake2sVectors.Sequence(size, (uint)size);
                byte[] hash = new byte[size];
                foreach (int length in Blake2sVectors.SelfTestLengths())
                {
                    byte[] message = Blake2sVectors.Sequence(length, (uint)length);
                    for (int keyed = 0; keyed < 2; keyed++)
                    {
                        Blake2s blake = new Blake2s(size, keyed == 0 ? null : key);
                        blake.Update(message, 0, length);
                        blake.Finish(hash, 0);
                        whole.Update(hash, 0, size);
                        ran++;
                    }
                }
            }

            byte[] result = new byte[Blake2s.HashSize];
            whole.Finish(result, 0);
            Assert.AreEqual(Blake2sVectors.SelfTest, Hex.Write(result));
            Assert.AreEqual(Blake2sVectors.SelfTestHashes, ran);
        }

        [TestMethod]
        public void SizesOutOfRangeThrow()
        {
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new Blake2s(0, null));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new Blake2s(33, null));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new Blake2s(32, new byte[33]));
        }
    }
}
