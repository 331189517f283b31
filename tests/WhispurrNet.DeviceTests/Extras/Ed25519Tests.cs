using System;
using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Extras.Identity;

namespace WhispurrNet.DeviceTests.Extras
{
    [TestClass]
    public class Ed25519Tests
    {
        [TestMethod]
        public void AllVectors()
        {
            int ran = 0;
            byte[] signature = new byte[Ed25519.SignatureSize];
            Ed25519 curve = new Ed25519();
            foreach (string[] vector in Ed25519Vectors.All())
            {
                byte[] message = Hex.Read(vector[3]);
                UserIdentity user = new UserIdentity(Hex.Read(vector[1]), curve);
                Assert.AreEqual(vector[2], Hex.Write(user.PublicKey), vector[0]);
                user.Sign(message, 0, message.Length, signature, 0);
                Assert.AreEqual(vector[4], Hex.Write(signature), vector[0]);
                Assert.IsTrue(curve.Verify(user.PublicKey, message, 0, message.Length, signature, 0), vector[0]);
                signature[63 - ran] ^= 1;
                Assert.IsFalse(curve.Verify(user.PublicKey, message, 0, message.Length, signature, 0), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.Ed25519, ran);
        }

        [TestMethod]
        public void AWipedIdentityDoesNotSign()
        {
            UserIdentity user = new UserIdentity(new byte[Ed25519.SeedSize]);
            user.Wipe();
            Assert.ThrowsException(
                typeof(InvalidOperationException),
                () => user.Sign(new byte[1], 0, 1, new byte[64], 0));
        }
    }
}
