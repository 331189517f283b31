using nanoFramework.TestFramework;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>The worked frame of PROTOCOL.md, sealed and opened here.</summary>
    [TestClass]
    public class SealingTests
    {
        /// <summary>SHA-256 of the 256 bytes that PROTOCOL.md prints.</summary>
        private const string FrameHash = "e8487464b4be00599978f6fcfff9adb99fcd53feadc25db9652cdc15ee5d4205";

        [TestMethod]
        public void TheFrameOfTheSpecificationIsSealed()
        {
            byte[] frame = Bench.Frame();
            byte[] hash = new byte[32];
            Sha256.Hash(frame, 0, frame.Length, hash, 0);

            Assert.AreEqual("01e609c04647c086ab5fdafc55e8e171a51b", Vectors.Hex.Write(frame).Substring(0, 36));
            Assert.AreEqual("097003", Vectors.Hex.Write(frame).Substring(506));
            Assert.AreEqual(0x2094df43d0753202, Authenticator().MessageId(frame, 0));
            Assert.IsTrue(Authenticator().IsAdmitted(frame, 0));
            Assert.AreEqual(FrameHash, Vectors.Hex.Write(hash));
        }

        [TestMethod]
        public void ItOpensUnderItsKeyAndNoOther()
        {
            byte[] frame = Bench.Frame();
            MacWorkspace mac = new MacWorkspace(new HmacSha256());
            NetworkKeys keys = new NetworkKeys(NetworkKey.FromJoinCode(Bench.Home), mac.Hmac);
            WhisperSealer sealer = new WhisperSealer(mac, frame.Length);
            WhisperHeader header = new WhisperHeader();
            byte[] key = keys.Derive(Labels.IntentSeal(Bench.Intent));

            Assert.AreEqual(WhisperSealer.Opened, sealer.TryOpen(frame, 0, key, header));
            Assert.AreEqual(0x1122334455667788, header.InnerId);
            Assert.AreEqual(1790000000u, header.SentUnixSeconds);
            Assert.AreEqual(24, header.PayloadCount);
            key[31] ^= 0x80;
            Assert.AreEqual(WhisperSealer.NotForThisKey, sealer.TryOpen(frame, 0, key, header));
        }

        [TestMethod]
        public void AChangedFrameIsNeitherAdmittedNorOpened()
        {
            MacWorkspace mac = new MacWorkspace(new HmacSha256());
            NetworkKeys keys = new NetworkKeys(NetworkKey.FromJoinCode(Bench.Home), mac.Hmac);
            WhisperSealer sealer = new WhisperSealer(mac, 256);
            byte[] key = keys.Derive(Labels.IntentSeal(Bench.Intent));
            byte[] frame = Bench.Frame();
            for (int at = 0; at < 253; at += 23)
            {
                frame[at] ^= 0x80;
                Assert.IsFalse(Authenticator().IsAdmitted(frame, 0));
                bool opened = sealer.TryOpen(frame, 0, key, new WhisperHeader()) == WhisperSealer.Opened;
                Assert.IsFalse(opened);
                frame[at] ^= 0x80;
            }
        }

        [TestMethod]
        public void TheKeyRingFindsTheIntent()
        {
            MacWorkspace mac = new MacWorkspace(new HmacSha256());
            KeyRing ring = new KeyRing(new NetworkKeys(NetworkKey.FromJoinCode(Bench.Home), mac.Hmac), mac, 3);
            Assert.IsTrue(ring.Tune("other"));
            Assert.AreEqual(KeyRing.NoMatch, ring.Match(Bench.Frame(), 0));
            Assert.IsTrue(ring.Tune(Bench.Intent));
            Assert.AreEqual(2, ring.Match(Bench.Frame(), 0));
            Assert.AreEqual(Bench.Intent, ring.IntentOf(2));
            Assert.IsFalse(ring.Tune("one_too_many"));
            Assert.IsFalse(ring.Tune("not an intent"));
        }

        private static FrameAuthenticator Authenticator()
        {
            MacWorkspace mac = new MacWorkspace(new HmacSha256());
            NetworkKeys keys = new NetworkKeys(NetworkKey.FromJoinCode(Bench.Home), mac.Hmac);
            return new FrameAuthenticator(mac, keys.Admission, 256);
        }
    }
}
