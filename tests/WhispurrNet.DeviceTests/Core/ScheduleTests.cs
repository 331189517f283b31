using nanoFramework.TestFramework;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>When a radio serves, scans and dials.</summary>
    [TestClass]
    public class ScheduleTests
    {
        [TestMethod]
        public void WindowsComeInTimeAndLeaveThreeQuartersToServing()
        {
            RadioScheduler scheduler = new RadioScheduler(Bench.Node(1, Bench.Home), 0);
            byte[] advertisement = new byte[Digest.Size];
            long nowMs = 0;
            long clientMs = 0;
            int contacts = 0;
            while (nowMs < 3600 * 1000)
            {
                RadioAction action = scheduler.Next(nowMs);
                long before = nowMs;
                if (action == RadioAction.Contact)
                {
                    nowMs += 11000;
                    contacts++;
                    scheduler.ContactEnded(scheduler.ContactAddress, ContactResult.Completed, nowMs);
                }
                else
                {
                    nowMs = scheduler.DeadlineMs;
                    if (action == RadioAction.Scan)
                    {
                        for (ulong address = 1; address < 6; address++)
                        {
                            Assert.IsTrue(scheduler.AdvertisementSeen(address, advertisement, 0, 24, nowMs));
                        }

                        scheduler.ScanEnded(nowMs);
                    }
                    else
                    {
                        Assert.IsTrue(nowMs > before && nowMs <= before + 120000);
                    }
                }

                clientMs += action == RadioAction.Scan || action == RadioAction.Contact ? nowMs - before : 0;
            }

            Assert.IsTrue(contacts > 20);
            Assert.IsTrue(clientMs <= (nowMs / 4) + 60000);
        }

        [TestMethod]
        public void ADifferentDigestMakesACandidateOfANeighbourMetLately()
        {
            NodeCore other = Bench.Node(1, Bench.Home);
            NodeCore node = Bench.Node(2, Bench.Home);
            Assert.IsFalse(WouldMeet(node, other));
            other.Broadcast(new byte[1], 0, 1, 0);
            Assert.IsTrue(WouldMeet(node, other));
            Assert.IsTrue(WouldMeet(other, node));
            Assert.IsTrue(Bench.Contact(other, node, 0, null));
            Assert.IsFalse(WouldMeet(node, other));
            Assert.IsFalse(WouldMeet(other, node));
        }

        [TestMethod]
        public void TwoStuckContactsMakeTheNodeRest()
        {
            RadioScheduler scheduler = new RadioScheduler(Bench.Node(1, Bench.Home), 0);
            scheduler.InboundEnded(true, 0);
            scheduler.InboundEnded(true, 0);
            Assert.IsTrue(scheduler.Next(0) == RadioAction.Rest);
            Assert.IsTrue(scheduler.DeadlineMs > 0);
        }

        /// <summary>True when a node that met the other 30 s ago would meet it again for what it advertises.</summary>
        private static bool WouldMeet(NodeCore node, NodeCore other)
        {
            byte[] advertisement = new byte[Digest.Size];
            new RadioScheduler(other, 0).WriteAdvertisement(advertisement, 0, 0);
            RadioScheduler scheduler = new RadioScheduler(node, 0);
            node.Neighbours.Met(0xC1, 0);
            Assert.IsTrue(scheduler.Next(30000) == RadioAction.Scan);
            scheduler.AdvertisementSeen(0xC1, advertisement, 0, advertisement.Length, 30000);
            scheduler.ScanEnded(32000);
            return scheduler.Next(32000) == RadioAction.Contact;
        }
    }
}
