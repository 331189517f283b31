using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Contracts;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class HmacTests
    {
        [TestMethod]
        public void AllHmacVectors()
        {
            int ran = 0;
            HmacSha256 hmac = new HmacSha256();
            byte[] mac = new byte[HmacSha256.MacSize];
            foreach (string[] vector in HmacVectors.Hmac())
            {
                byte[] message = Hex.Read(vector[2]);
                hmac.Compute(Hex.Read(vector[1]), message, 0, message.Length, mac, 0);
                Assert.AreEqual(vector[3], Hex.Write(mac).Substring(0, vector[3].Length), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.Hmac, ran);
        }

        [TestMethod]
        public void AllHkdfVectors()
        {
            int ran = 0;
            Hkdf hkdf = new Hkdf(new HmacSha256());
            byte[] prk = new byte[Hkdf.HashSize];
            foreach (string[] vector in HmacVectors.Hkdf())
            {
                hkdf.Extract(Hex.Read(vector[2]), Hex.Read(vector[1]), prk);
                Assert.AreEqual(vector[4], Hex.Write(prk), vector[0]);
                byte[] okm = new byte[vector[5].Length / 2];
                hkdf.Expand(prk, Hex.Read(vector[3]), okm, 0, okm.Length);
                Assert.AreEqual(vector[5], Hex.Write(okm), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.Hkdf, ran);
        }

        [TestMethod]
        public void KeepsTheContract()
        {
            Assert.AreEqual("", HmacContract.Failure(new HmacSha256()));
        }

        [TestMethod]
        public void AKeyOverwrittenInPlaceIsNoticed()
        {
            HmacSha256 hmac = new HmacSha256();
            byte[] key = new byte[32];
            byte[] message = new byte[5];
            byte[] first = new byte[32];
            byte[] second = new byte[32];
            byte[] fresh = new byte[32];
            hmac.Compute(key, message, 0, 5, first, 0);
            key[31] = 1;
            hmac.Compute(key, message, 0, 5, second, 0);
            new HmacSha256().Compute(key, message, 0, 5, fresh, 0);
            Assert.AreEqual(Hex.Write(fresh), Hex.Write(second));
            Assert.AreNotEqual(Hex.Write(first), Hex.Write(second));
        }
    }
}
