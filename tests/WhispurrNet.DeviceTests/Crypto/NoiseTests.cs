using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Contracts;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class NoiseTests
    {
        [TestMethod]
        public void MatchesTheVectorsOverSha256()
        {
            string[][] vectors = NoiseVectors.Sha256();
            Assert.AreEqual(VectorCounts.NoiseSha256, vectors.Length);
            for (int i = 0; i < vectors.Length; i++)
            {
                // Every other one computes its ephemeral public keys when it sends them.
                string failure = NoiseVectorCheck.Failure(
                    vectors[i], new NoiseSha256(new HmacSha256()), new NoiseSha256(new HmacSha256()), i % 2 == 0);
                Assert.AreEqual("", failure);
            }
        }

        [TestMethod]
        public void Sha256KeepsTheContract()
        {
            Assert.AreEqual(
                "",
                NoiseHashContract.Failure(
                    new NoiseSha256(new HmacSha256()),
                    "SHA256",
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        }

        [TestMethod]
        public void ASpoiltMessageEndsTheHandshakeAndShowsNoKey()
        {
            string[] row = NoiseVectors.Sha256()[0];
            byte[] message = Hex.Read(row[2]);
            message[message.Length - 1] ^= 1;
            HandshakeState responder = NoiseVectorCheck.Side(
                row[0], false, new NoiseSha256(new HmacSha256()), false);
            Assert.AreEqual(HandshakeState.Failed, responder.ReadMessage(message, 0, message.Length, message, 0));
            Assert.IsNull(responder.RemoteStatic);
            Assert.IsNull(responder.HandshakeHash);
            Assert.IsFalse(responder.IsFinished);
        }
    }
}
