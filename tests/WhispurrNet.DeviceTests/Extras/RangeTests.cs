using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Core;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.DeviceTests.Extras
{
    /// <summary>Two nodes that compare ranges. With so many frames ranges are cut into their parts.</summary>
    [TestClass]
    public class RangeTests
    {
        private const int Frames = 320;
        private const int First = 300;

        [TestMethod]
        public void TwoNodesLevelOutOverRanges()
        {
            NodeCore a = Node(1);
            NodeCore b = Node(2);
            Whisper(a, First, 0);
            Meet(a, b, 0);
            Assert.AreEqual(First, b.HeldFrames);

            Whisper(a, 3, 10000);
            Whisper(b, 2, 10000);
            uint offeredBefore = a.Statistics.Offered + b.Statistics.Offered;
            Meet(a, b, 10000);
            Assert.AreEqual(First + 5, a.HeldFrames);
            Assert.AreEqual(First + 5, b.HeldFrames);
            Assert.AreEqual(0u, a.Statistics.RecordsRefused + b.Statistics.RecordsRefused);

            // Of 305 frames those in five parts of 256, or a little more where a range holds few.
            uint offered = a.Statistics.Offered + b.Statistics.Offered - offeredBefore;
            Assert.IsTrue(offered >= 5 && offered <= 150);
        }

        private static NodeCore Node(byte number)
        {
            NodeConfiguration configuration = new NodeConfiguration();
            configuration.Network = NetworkKey.FromJoinCode(Bench.Home);
            configuration.Limits = NodeLimits.Full();
            configuration.Limits.Frames = Frames;
            configuration.Limits.SeenOwn = 2 * Frames;
            configuration.WhisperBurst = Frames;
            configuration.Discoverable = false;
            configuration.Wide = new RangeReconciler();
            return new NodeCore(configuration, new HmacSha256(), Bench.Seed(number), 0);
        }

        private static void Whisper(NodeCore node, int count, long nowMs)
        {
            for (int i = 0; i < count; i++)
            {
                Assert.IsTrue(node.Broadcast(Bench.Ascii("a"), 0, 1, nowMs) == SendResult.Queued);
            }
        }

        /// <summary>A stream for three seconds.</summary>
        private static void Meet(NodeCore a, NodeCore b, long nowMs)
        {
            int from = a.OpenLink(LinkKind.Stream, true, 0, 0xB2, nowMs);
            int to = b.OpenLink(LinkKind.Stream, false, 0, 0, nowMs);
            for (long now = nowMs; now <= nowMs + 3000; now += 500)
            {
                a.HandleTimeout(now);
                b.HandleTimeout(now);
                Bench.Run(a, from, b, to, now, null);
            }

            Assert.IsTrue(a.GetLinkState(from) == LinkState.Open);
            a.CloseLink(from, nowMs + 3000);
            b.CloseLink(to, nowMs + 3000);
        }
    }
}
