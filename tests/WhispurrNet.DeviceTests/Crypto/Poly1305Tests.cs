using System;
using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class Poly1305Tests
    {
        [TestMethod]
        public void AllVectors()
        {
            int ran = 0;
            Poly1305 mac = new Poly1305();
            byte[] tag = new byte[Poly1305.TagSize];
            foreach (string[] vector in Poly1305Vectors.All())
            {
                byte[] message = Hex.Read(vector[2]);
                mac.Init(Hex.Read(vector[1]), 0);
                mac.Update(message, 0, message.Length);
                mac.Finish(tag, 0);
                Assert.AreEqual(vector[3], Hex.Write(tag), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.Poly1305, ran);
        }

        [TestMethod]
        public void AKeyServesOnce()
        {
            Poly1305 mac = new Poly1305();
            mac.Init(new byte[32], 0);
            mac.Finish(new byte[16], 0);
            Assert.ThrowsException(typeof(InvalidOperationException), () => mac.Finish(new byte[16], 0));
        }
    }
}
