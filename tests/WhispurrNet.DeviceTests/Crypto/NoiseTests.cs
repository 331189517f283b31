using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class NoiseTests
    {
        [TestMethod]
        public void MatchesTheVectors()
        {
            string[][] vectors = NoiseVectors.X();
            Assert.AreEqual(VectorCounts.NoiseX, vectors.Length);
            for (int i = 0; i < vectors.Length; i++)
            {
                Check(vectors[i]);
            }
        }

        [TestMethod]
        public void ASpoiltMessageEndsTheHandshakeAndShowsNoKey()
        {
            string[] row = NoiseVectors.X()[0];
            byte[] message = Hex.Read(row[7]);
            message[message.Length - 1] ^= 1;
            HandshakeState responder = Responder(row);
            Assert.AreEqual(HandshakeState.Failed, responder.ReadMessage(message, 0, message.Length, message, 0));
            Assert.IsNull(responder.RemoteStatic);
            Assert.IsNull(responder.HandshakeHash);
            Assert.IsFalse(responder.IsFinished);
        }

        private static void Check(string[] row)
        {
            byte[] payload = Hex.Read(row[6]);
            byte[] message = new byte[payload.Length + 96];
            HandshakeState initiator = Initiator(row);
            Assert.AreEqual(message.Length, initiator.WriteMessage(payload, 0, payload.Length, message, 0));
            Assert.AreEqual(row[7], Hex.Write(message));
            Assert.AreEqual(row[8], Hex.Write(initiator.HandshakeHash));

            byte[] read = new byte[payload.Length];
            HandshakeState responder = Responder(row);
            Assert.AreEqual(payload.Length, responder.ReadMessage(message, 0, message.Length, read, 0));
            Assert.AreEqual(row[6], Hex.Write(read));
            Assert.AreEqual(row[8], Hex.Write(responder.HandshakeHash));
            Assert.AreEqual(Hex.Write(PublicOf(Hex.Read(row[2]))), Hex.Write(responder.RemoteStatic));
        }

        private static HandshakeState Initiator(string[] row)
        {
            byte[] key = Hex.Read(row[2]);
            return new HandshakeState(
                HandshakePattern.X(), true, Hex.Read(row[1]), key, PublicOf(key), Hex.Read(row[5]), Hex.Read(row[3]),
                new HmacSha256());
        }

        private static HandshakeState Responder(string[] row)
        {
            return new HandshakeState(
                HandshakePattern.X(), false, Hex.Read(row[1]), Hex.Read(row[4]), Hex.Read(row[5]), null, null,
                new HmacSha256());
        }

        private static byte[] PublicOf(byte[] key)
        {
            byte[] result = new byte[X25519.KeySize];
            new X25519().ScalarMultiplyBase(key, result);
            return result;
        }
    }
}
