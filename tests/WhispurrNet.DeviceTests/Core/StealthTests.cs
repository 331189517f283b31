using nanoFramework.TestFramework;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Obfuscation;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>Emergencies and obfuscation.</summary>
    [TestClass]
    public class StealthTests
    {
        // A frame's record, the header of the padding, the protection.
        private const int PaddedSize = 1 + FrameLayout.StealthFrameSize + 3 + 16;

        [TestMethod]
        public void AnEmergencyArrivesFirstAndAsOne()
        {
            NodeCore from = Bench.Node(21, Bench.Home);
            NodeCore to = Bench.Node(22, Bench.Home);
            byte[] payload = new byte[] { 7 };
            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(from.Broadcast(payload, 0, 1, 0) == SendResult.Queued);
                Assert.IsTrue(from.Emergency(payload, 0, 1, 0) == SendResult.Queued);
            }

            Assert.IsTrue(from.Emergency(payload, 0, 1, 59999) == SendResult.Congested);
            Assert.IsTrue(from.Emergency(payload, 0, 1, 60000) == SendResult.Queued);
            Assert.IsTrue(Bench.Contact(from, to, 60000, null));
            WhisperMessage message = new WhisperMessage(to.MaxFramePayload);
            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(to.PollWhisper(message));
                Assert.IsTrue(message.Type == WhisperType.Emergency);
            }

            Assert.AreEqual(3u, to.Statistics.Emergencies);
            Assert.AreEqual(1u, to.Statistics.EmergenciesOrdinary);
        }

        [TestMethod]
        public void DelaysAndCoverAreDrawnAlikeOnEveryRuntime()
        {
            StealthObfuscation stealth = new StealthObfuscation();
            ChaChaRandom random = new ChaChaRandom(Bench.Seed(23));
            ulong sum = 0;
            for (int i = 0; i < 200; i++)
            {
                uint delayMs = stealth.DrawHoldBackMs(i % 4 == 0, random);
                uint coverMs = stealth.DrawCoverIntervalMs(random);
                Assert.IsTrue(delayMs <= StealthObfuscation.HoldBackMaxMs);
                Assert.IsTrue(coverMs >= 1 && coverMs <= StealthObfuscation.CoverMaxMs);
                sum = (sum * 31) + delayMs + coverMs;
            }

            Assert.AreEqual("12639522457802900651", sum.ToString());
        }

        [TestMethod]
        public void StreamsCarryOneLengthAndCoverGoesAmongWhispers()
        {
            NodeCore a = Stealth(24);
            NodeCore b = Stealth(25);
            int aLink = a.OpenLink(LinkKind.Stream, true, 0, 0, 0);
            int bLink = b.OpenLink(LinkKind.Stream, false, 0, 0, 0);
            byte[] unit = new byte[a.MaxUnit];
            for (long nowMs = 0; nowMs < 1800 * 1000; nowMs += 4000)
            {
                a.HandleTimeout(nowMs);
                b.HandleTimeout(nowMs);
                Carry(a, aLink, b, bLink, unit, nowMs);
                Carry(b, bLink, a, aLink, unit, nowMs);
            }

            Assert.IsTrue(a.GetLinkState(aLink) == LinkState.Open);
            Assert.IsTrue(a.Statistics.CoverFrames > 0u);
            Assert.IsTrue(b.Statistics.FramesOwn >= a.Statistics.CoverFrames);
            Assert.AreEqual(0u, b.Statistics.Matched);
        }

        private static NodeCore Stealth(byte number)
        {
            NodeConfiguration configuration = new NodeConfiguration();
            configuration.Network = NetworkKey.FromJoinCode(Bench.Home);
            configuration.FrameSize = FrameLayout.StealthFrameSize;
            configuration.Obfuscation = new StealthObfuscation();
            configuration.Discoverable = false;
            return new NodeCore(configuration, new HmacSha256(), Bench.Seed(number), 0);
        }

        /// <summary>Carries what there is to say; once the link has its keys all messages have one length.</summary>
        private static void Carry(NodeCore from, int fromLink, NodeCore to, int toLink, byte[] unit, long nowMs)
        {
            bool isOpen = from.GetLinkTag(fromLink) != 0;
            int count = from.PollTransmit(fromLink, unit, 0, nowMs);
            while (count > 0)
            {
                Assert.IsTrue(!isOpen || count == PaddedSize);
                to.Receive(toLink, unit, 0, count, nowMs);
                count = from.PollTransmit(fromLink, unit, 0, nowMs);
            }
        }
    }
}
