using System;
using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class SipHashTests
    {
        [TestMethod]
        public void AllVectors()
        {
            int ran = 0;
            SipHash sip = new SipHash();
            sip.SetKey(Hex.Read(SipHashVectors.Key), 0);
            byte[] message = new byte[64];
            byte[] hash = new byte[8];
            foreach (string vector in SipHashVectors.All())
            {
                message[ran] = (byte)ran;
                ulong value = sip.Compute(message, 0, ran);
                for (int i = 0; i < 8; i++)
                {
                    hash[i] = (byte)(value >> (8 * i));
                }

                Assert.AreEqual(vector, Hex.Write(hash));
                ran++;
            }

            Assert.AreEqual(VectorCounts.SipHash, ran);
        }

        [TestMethod]
        public void AWipedHashRefuses()
        {
            SipHash sip = new SipHash();
            sip.SetKey(new byte[SipHash.KeySize], 0);
            sip.Wipe();
            Assert.ThrowsException(typeof(InvalidOperationException), () => sip.Compute(new byte[1], 0, 1));
        }
    }
}
