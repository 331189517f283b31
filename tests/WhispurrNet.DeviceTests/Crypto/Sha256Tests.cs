using System;
using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class Sha256Tests
    {
        [TestMethod]
        public void AllVectors()
        {
            int ran = 0;
            Sha256 sha = new Sha256();
            byte[] hash = new byte[Sha256.HashSize];
            foreach (string[] vector in Sha256Vectors.All())
            {
                UpdateRepeatedly(sha, Hex.Read(vector[1]), int.Parse(vector[2]));
                sha.Finish(hash, 0);
                Assert.AreEqual(vector[3], Hex.Write(hash), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.Sha256, ran);
        }

        [TestMethod]
        public void AnySplitGivesTheSameHash()
        {
            byte[] message = new byte[130];
            for (int i = 0; i < message.Length; i++)
            {
                message[i] = (byte)(7 * i);
            }

            byte[] whole = new byte[Sha256.HashSize];
            byte[] split = new byte[Sha256.HashSize];
            Sha256.Hash(message, 0, message.Length, whole, 0);
            Sha256 sha = new Sha256();
            for (int at = 0; at <= message.Length; at += 13)
            {
                sha.Update(message, 0, at);
                sha.Update(message, at, message.Length - at);
                sha.Finish(split, 0);
                Assert.IsTrue(CryptoBytes.ConstantTimeEquals(whole, 0, split, 0, Sha256.HashSize));
            }
        }

        [TestMethod]
        public void RangeOutsideTheBufferThrows()
        {
            Assert.ThrowsException(
                typeof(ArgumentOutOfRangeException),
                () => new Sha256().Update(new byte[4], 2, 3));
            Assert.ThrowsException(
                typeof(ArgumentNullException),
                () => new Sha256().Update(null, 0, 0));
        }

        // A million calls for one byte each would cost a board more than the hashing.
        private static void UpdateRepeatedly(Sha256 sha, byte[] message, int times)
        {
            int batchMax = 1000;
            byte[] batch = new byte[message.Length * (times < batchMax ? times : batchMax)];
            for (int at = 0; at < batch.Length; at += message.Length)
            {
                Array.Copy(message, 0, batch, at, message.Length);
            }

            for (; times > 0; times -= batchMax)
            {
                sha.Update(batch, 0, times < batchMax ? times * message.Length : batch.Length);
            }
        }
    }
}
