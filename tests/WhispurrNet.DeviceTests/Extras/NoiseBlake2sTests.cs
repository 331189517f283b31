using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Contracts;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Extras.Noise;

namespace WhispurrNet.DeviceTests.Extras
{
    [TestClass]
    public class NoiseBlake2sTests
    {
        [TestMethod]
        public void MatchesTheVectors()
        {
            string[][] vectors = NoiseVectors.Blake2s();
            Assert.AreEqual(VectorCounts.NoiseBlake2s, vectors.Length);
            for (int i = 0; i < vectors.Length; i++)
            {
                Assert.AreEqual(
                    "", NoiseVectorCheck.Failure(vectors[i], new NoiseBlake2s(), new NoiseBlake2s(), i % 2 == 0));
            }
        }

        [TestMethod]
        public void KeepsTheContract()
        {
            Assert.AreEqual(
                "", NoiseHashContract.Failure(new NoiseBlake2s(), "BLAKE2s", Blake2sVectors.All()[0][2]));
        }
    }
}
