using nanoFramework.TestFramework;
using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Board
{
    /// <summary>The health tests of the random generator: their cut-offs, and that good randomness passes.</summary>
    [TestClass]
    public class EntropyHealthTests
    {
        [TestMethod]
        public void GoodRandomnessPasses()
        {
            ChaChaRandom random = new ChaChaRandom(new byte[32]);
            EntropyHealth health = new EntropyHealth();
            byte[] samples = new byte[8 * EntropyHealth.Window];
            random.NextBytes(samples, 0, samples.Length);

            Assert.IsNull(health.Test(samples));
        }

        [TestMethod]
        public void ARunIsTooLongAtItsCutOff()
        {
            byte[] samples = new byte[EntropyHealth.RepetitionCutOff - 1];
            EntropyHealth health = new EntropyHealth();
            Assert.IsNull(health.Test(samples));

            // One more of the same, in a buffer of its own.
            Assert.AreEqual("it repeats itself", health.Test(new byte[1]));
        }

        [TestMethod]
        public void AValueIsTooFrequentAtItsCutOff()
        {
            Assert.IsNull(new EntropyHealth().Test(WithZeros(EntropyHealth.ProportionCutOff - 1)));
            Assert.AreEqual(
                "it prefers one value", new EntropyHealth().Test(WithZeros(EntropyHealth.ProportionCutOff)));
        }

        [TestMethod]
        public void TheNextWindowCountsAnew()
        {
            byte[] window = WithZeros(EntropyHealth.ProportionCutOff - 1);
            EntropyHealth health = new EntropyHealth();
            Assert.IsNull(health.Test(window));
            Assert.IsNull(health.Test(window));
        }

        /// <summary>A window that begins with a zero and holds so many of them, no two in a row.</summary>
        private static byte[] WithZeros(int count)
        {
            byte[] samples = new byte[EntropyHealth.Window];
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = (byte)(i % 2 == 0 && i < 2 * count ? 0 : 1 + (i % 251));
            }

            return samples;
        }
    }
}
