using System;
using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Extras.Crypto;

namespace WhispurrNet.DeviceTests.Extras
{
    [TestClass]
    public class Sha512Tests
    {
        [TestMethod]
        public void AllVectors()
        {
            int ran = 0;
            Sha512 sha = new Sha512();
            byte[] hash = new byte[Sha512.HashSize];
            foreach (string[] vector in Sha512Vectors.All())
            {
                byte[] message = Hex.Read(vector[1]);
                int times = int.Parse(vector[2]);
                byte[] batch = new byte[message.Length * (times < 1000 ? times : 1000)];
                for (int at = 0; at < batch.Length; at += message.Length)
                {
                    Array.Copy(message, 0, batch, at, message.Length);
                }

                for (; times > 0; times -= 1000)
                {
                    sha.Update(batch, 0, times < 1000 ? times * message.Length : batch.Length);
                }

                sha.Finish(hash, 0);
                Assert.AreEqual(vector[3], Hex.Write(hash), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.Sha512, ran);
        }

        [TestMethod]
        public void RangeOutsideTheBufferThrows()
        {
            Assert.ThrowsException(
                typeof(ArgumentOutOfRangeException),
                () => new Sha512().Update(new byte[4], 2, 3));
            Assert.ThrowsException(
                typeof(ArgumentOutOfRangeException),
                () => new Sha512().Finish(new byte[64], 1));
        }
    }
}
