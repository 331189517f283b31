using System;
using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class ChaCha20Tests
    {
        [TestMethod]
        public void AllCipherVectors()
        {
            int ran = 0;
            ChaCha20 cipher = new ChaCha20();
            foreach (string[] vector in ChaCha20Vectors.Cipher())
            {
                byte[] text = Hex.Read(vector[4]);
                cipher.SetKey(Hex.Read(vector[1]), 0);
                cipher.Xor(Hex.Read(vector[2]), 0, uint.Parse(vector[3]), text, 0, text, 0, text.Length);
                Assert.AreEqual(vector[5], Hex.Write(text), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.ChaCha20, ran);
        }

        [TestMethod]
        public void AllKeyGenerationVectors()
        {
            int ran = 0;
            ChaCha20 cipher = new ChaCha20();
            byte[] block = new byte[ChaCha20.BlockSize];
            foreach (string[] vector in ChaCha20Vectors.KeyGeneration())
            {
                cipher.SetKey(Hex.Read(vector[1]), 0);
                cipher.Block(Hex.Read(vector[2]), 0, 0, block, 0);
                Assert.AreEqual(vector[3], Hex.Write(block).Substring(0, 64), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.KeyGeneration, ran);
        }

        [TestMethod]
        public void AllHChaCha20Vectors()
        {
            int ran = 0;
            HChaCha20 derivation = new HChaCha20();
            byte[] subkey = new byte[HChaCha20.KeySize];
            foreach (string[] vector in ChaCha20Vectors.HChaCha20())
            {
                derivation.SetKey(Hex.Read(vector[1]), 0);
                derivation.DeriveKey(Hex.Read(vector[2]), 0, subkey, 0);
                Assert.AreEqual(vector[3], Hex.Write(subkey), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.HChaCha20, ran);
        }

        [TestMethod]
        public void TheCounterMustNotWrap()
        {
            ChaCha20 cipher = new ChaCha20();
            cipher.SetKey(new byte[32], 0);
            byte[] text = new byte[65];
            cipher.Xor(new byte[12], 0, uint.MaxValue, text, 0, text, 0, 64);
            Assert.ThrowsException(
                typeof(ArgumentOutOfRangeException),
                () => cipher.Xor(new byte[12], 0, uint.MaxValue, text, 0, text, 0, 65));
        }

        [TestMethod]
        public void AWipedCipherRefuses()
        {
            ChaCha20 cipher = new ChaCha20();
            cipher.SetKey(new byte[32], 0);
            cipher.Wipe();
            Assert.ThrowsException(
                typeof(InvalidOperationException),
                () => cipher.Block(new byte[12], 0, 0, new byte[64], 0));
        }
    }
}
