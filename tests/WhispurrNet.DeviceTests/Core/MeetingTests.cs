using System;
using nanoFramework.TestFramework;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>Whole nodes that meet over contacts and through a relay.</summary>
    [TestClass]
    public class MeetingTests
    {
        private const string Foreign = WhispurrNet.Protocol.Network.NetworkKey.PublicJoinCode;

        [TestMethod]
        public void AWhisperGoesOverAContactOnce()
        {
            NodeCore sender = Bench.Node(1, Bench.Home);
            NodeCore receiver = Bench.Node(2, Bench.Home);
            receiver.Tune(Bench.Intent);
            sender.SetUnixTime(1790000000, 0);
            byte[] payload = Bench.Ascii("a payload");
            Assert.IsTrue(sender.Resonate(Bench.Intent, payload, 2, 7, 0) == SendResult.Queued);
            Assert.IsTrue(Bench.Contact(sender, receiver, 1000, null));

            WhisperMessage message = new WhisperMessage(receiver.MaxFramePayload);
            Assert.IsTrue(receiver.PollWhisper(message));
            Assert.AreEqual(Bench.Intent, message.Intent);
            Assert.AreEqual(7, message.PayloadCount);
            Assert.AreEqual((byte)'p', message.Payload[0]);
            Assert.AreEqual(sender.IdentityText, message.SenderText);
            Assert.AreEqual(1790000000u, message.SentUnixSeconds);
            Assert.AreEqual(sender.LastSentId, message.FrameId);
            Assert.IsFalse(receiver.PollWhisper(message));

            Assert.IsTrue(Bench.Contact(receiver, sender, 2000, null));
            Assert.AreEqual(1u, sender.Statistics.FramesSent);
            Assert.AreEqual(0u, receiver.Statistics.FramesSent);
            Assert.IsFalse(receiver.PollWhisper(message));
        }

        [TestMethod]
        public void AKeylessRelayPassesWhatItCannotRead()
        {
            NodeCore sender = Bench.Node(1, Bench.Home);
            NodeCore relay = Bench.Node(2, null);
            NodeCore receiver = Bench.Node(3, Bench.Home);
            int sender0 = sender.OpenLink(LinkKind.Stream, true, 0, 0, 0);
            int relay0 = relay.OpenLink(LinkKind.Stream, false, 0, 0, 0);
            int receiver1 = receiver.OpenLink(LinkKind.Stream, true, 0, 0, 0);
            int relay1 = relay.OpenLink(LinkKind.Stream, false, 0, 0, 0);
            Bench.Run(sender, sender0, relay, relay0, 0, null);
            Bench.Run(receiver, receiver1, relay, relay1, 0, null);

            sender.Broadcast(Bench.Ascii("hello"), 0, 5, 10);
            Bench.Run(sender, sender0, relay, relay0, 10, null);
            Bench.Run(receiver, receiver1, relay, relay1, 10, null);

            WhisperMessage message = new WhisperMessage(receiver.MaxFramePayload);
            Assert.IsFalse(relay.PollWhisper(message));
            Assert.IsTrue(receiver.PollWhisper(message));
            Assert.IsNull(message.Intent);
            byte[] frame = new byte[FrameLayout.StandardFrameSize];
            Assert.IsTrue(relay.CopyFrame(sender.LastSentId, frame));
            Assert.AreEqual(0, relay.CountKeysThatOpen(frame));
            Assert.AreEqual(1, receiver.CountKeysThatOpen(frame));
        }

        [TestMethod]
        public void AForeignBoardCarriesAcrossTwoContacts()
        {
            NodeCore sender = Bench.Node(1, Bench.Home);
            NodeCore foreign = Bench.Node(2, Foreign);
            NodeCore receiver = Bench.Node(3, Bench.Home);
            sender.Broadcast(Bench.Ascii("hello"), 0, 5, 0);
            Assert.IsTrue(Bench.Contact(sender, foreign, 0, null));
            Assert.IsTrue(Bench.Contact(foreign, receiver, 100000, null));

            WhisperMessage message = new WhisperMessage(receiver.MaxFramePayload);
            Assert.IsFalse(foreign.PollWhisper(message));
            Assert.IsTrue(receiver.PollWhisper(message));
            Assert.AreEqual(1u, foreign.Statistics.FramesStranger);
        }

        [TestMethod]
        public void TwoNodesTellEachOtherOnlyWhatTheOtherLacks()
        {
            NodeCore a = Bench.Node(1, Bench.Home);
            NodeCore b = Bench.Node(2, Bench.Home);
            a.Broadcast(Bench.Ascii("one"), 0, 3, 0);
            Assert.IsTrue(Bench.Contact(a, b, 0, null));
            a.Broadcast(Bench.Ascii("two"), 0, 3, 0);
            b.Broadcast(Bench.Ascii("six"), 0, 3, 0);
            Assert.IsTrue(Bench.Contact(b, a, 0, null));

            Assert.AreEqual(3, a.HeldFrames);
            Assert.AreEqual(3, b.HeldFrames);
            Assert.AreEqual(2u, a.Statistics.FramesSent);
            Assert.AreEqual(1u, b.Statistics.FramesSent);
            Assert.AreEqual(0u, a.Statistics.Duplicates + b.Statistics.Duplicates);
        }

        [TestMethod]
        public void AFrameExpiresAndStaysSeen()
        {
            NodeCore sender = Bench.Node(1, Bench.Home);
            NodeCore keeper = Bench.Node(2, Bench.Home);
            sender.Broadcast(Bench.Ascii("one"), 0, 3, 0);
            Assert.IsTrue(Bench.Contact(sender, keeper, 0, null));
            keeper.HandleTimeout(3600 * 1000);
            Assert.AreEqual(0, keeper.HeldFrames);
            Assert.AreEqual(1u, keeper.Statistics.Expired);

            // To the sender's clock no time has passed: it still holds the frame.
            Assert.IsTrue(Bench.Contact(sender, keeper, 0, null));
            Assert.AreEqual(0, keeper.HeldFrames);
        }

        [TestMethod]
        public void BudgetsAndNamesAreChecked()
        {
            NodeCore node = Bench.Node(1, Bench.Home);
            byte[] payload = new byte[1025];
            Assert.AreEqual(158, node.MaxFramePayload);
            Assert.IsTrue(node.Broadcast(payload, 0, 1025, 0) == SendResult.PayloadTooLarge);
            Assert.IsTrue(node.Resonate("not an intent", payload, 0, 1, 0) == SendResult.InvalidIntent);
            Assert.IsTrue(Bench.Node(2, null).Broadcast(payload, 0, 1, 0) == SendResult.NoNetwork);
            for (int i = 0; i < 4; i++)
            {
                Assert.IsTrue(node.Broadcast(payload, 0, 158, 0) == SendResult.Queued);
            }

            Assert.IsTrue(node.Broadcast(payload, 0, 1, 0) == SendResult.Congested);
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => node.Broadcast(payload, 1024, 2, 0));
        }

        [TestMethod]
        public void SpoiltUnitsEndTheLinkAndNothingElse()
        {
            NodeCore node = Bench.Node(1, Bench.Home);
            ChaChaRandom random = new ChaChaRandom(Bench.Seed(9));
            byte[] unit = new byte[24];
            for (int round = 0; round < 20; round++)
            {
                int link = node.OpenLink(LinkKind.Contact, round % 2 == 0, 20, 0, round);
                for (int i = 0; i < 10; i++)
                {
                    random.NextBytes(unit, 0, unit.Length);
                    node.Receive(link, unit, 0, (int)random.NextBelow(24), round);
                }

                Assert.IsTrue(node.GetLinkState(link) == LinkState.Failed);
                node.CloseLink(link, round);
            }

            Assert.AreEqual(20u, node.Statistics.LinksFailed);
            Assert.AreEqual(0, node.HeldFrames);
        }

        [TestMethod]
        public void TheIdentityChangesEveryHour()
        {
            NodeCore node = Bench.Node(1, Bench.Home);
            string first = node.IdentityText;
            node.HandleTimeout((3600 * 1000) - 1);
            Assert.AreEqual(first, node.IdentityText);
            node.HandleTimeout(3600 * 1000);
            Assert.AreNotEqual(first, node.IdentityText);
            Assert.EndsWith(":00000e10", node.IdentityText);
        }
    }
}
