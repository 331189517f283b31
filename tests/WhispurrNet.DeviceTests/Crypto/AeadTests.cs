using System;
using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class AeadTests
    {
        [TestMethod]
        public void AllChaCha20Poly1305Vectors()
        {
            int ran = 0;
            ChaCha20Poly1305 aead = new ChaCha20Poly1305();
            foreach (string[] vector in AeadVectors.ChaCha20Poly1305())
            {
                byte[] nonce = Hex.Read(vector[2]);
                byte[] ad = Hex.Read(vector[3]);
                byte[] text = Hex.Read(vector[4]);
                byte[] output = new byte[text.Length + ChaCha20Poly1305.TagSize];
                aead.SetKey(Hex.Read(vector[1]), 0);
                aead.Seal(nonce, 0, ad, 0, ad.Length, text, 0, text.Length, output, 0);
                Assert.AreEqual(vector[5], Hex.Write(output), vector[0]);
                byte[] opened = new byte[text.Length];
                Assert.IsTrue(aead.Open(nonce, 0, ad, 0, ad.Length, output, 0, output.Length, opened, 0), vector[0]);
                Assert.AreEqual(vector[4], Hex.Write(opened), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.ChaCha20Poly1305, ran);
        }

        [TestMethod]
        public void AllXChaCha20Poly1305Vectors()
        {
            int ran = 0;
            XChaCha20Poly1305 aead = new XChaCha20Poly1305();
            foreach (string[] vector in AeadVectors.XChaCha20Poly1305())
            {
                byte[] nonce = Hex.Read(vector[2]);
                byte[] ad = Hex.Read(vector[3]);
                byte[] text = Hex.Read(vector[4]);
                byte[] output = new byte[text.Length + XChaCha20Poly1305.TagSize];
                aead.SetKey(Hex.Read(vector[1]), 0);
                aead.Seal(nonce, 0, ad, 0, ad.Length, text, 0, text.Length, output, 0);
                Assert.AreEqual(vector[5], Hex.Write(output), vector[0]);
                byte[] opened = new byte[text.Length];
                Assert.IsTrue(aead.Open(nonce, 0, ad, 0, ad.Length, output, 0, output.Length, opened, 0), vector[0]);
                Assert.AreEqual(vector[4], Hex.Write(opened), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.XChaCha20Poly1305, ran);
        }

        [TestMethod]
        public void AChangedByteIsRefusedAndNothingIsWritten()
        {
            ChaCha20Poly1305 aead = new ChaCha20Poly1305();
            byte[] nonce = new byte[12];
            byte[] output = new byte[20 + ChaCha20Poly1305.TagSize];
            byte[] opened = new byte[20];
            aead.SetKey(new byte[32], 0);
            aead.Seal(nonce, 0, null, 0, 0, new byte[20], 0, 20, output, 0);
            for (int i = 0; i < output.Length; i++)
            {
                output[i] ^= 0x80;
                Assert.IsFalse(aead.Open(nonce, 0, null, 0, 0, output, 0, output.Length, opened, 0));
                Assert.AreEqual(new string('0', 40), Hex.Write(opened));
                output[i] ^= 0x80;
            }

            Assert.IsTrue(aead.Open(nonce, 0, null, 0, 0, output, 0, output.Length, opened, 0));
        }

        [TestMethod]
        public void LessThanATagIsRefused()
        {
            ChaCha20Poly1305 aead = new ChaCha20Poly1305();
            aead.SetKey(new byte[32], 0);
            Assert.IsFalse(aead.Open(new byte[12], 0, null, 0, 0, new byte[15], 0, 15, new byte[0], 0));
        }

        [TestMethod]
        public void AWipedCipherRefuses()
        {
            XChaCha20Poly1305 aead = new XChaCha20Poly1305();
            aead.SetKey(new byte[32], 0);
            aead.Wipe();
            Assert.ThrowsException(
                typeof(InvalidOperationException),
                () => aead.Seal(new byte[24], 0, null, 0, 0, new byte[0], 0, 0, new byte[16], 0));
        }
    }
}
