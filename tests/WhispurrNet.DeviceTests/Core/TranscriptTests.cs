using nanoFramework.TestFramework;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>
    /// Long stories from one seed, hashed byte for byte: whatever the board's interpreter computes otherwise than .NET shows
    /// in the hash. The expected hashes change whenever the protocol or the order of random draws does; take them from a run
    /// on .NET then.
    /// </summary>
    [TestClass]
    public class TranscriptTests
    {
        private const string ContactHash = "87fbb537b0283b0a48a0f2b9e7d38dd45f6371078ed04a24645182789ed800bb";
        private const string ScheduleHash = "a1388e95c1656af27a79c064f589c54ebad107d61c1bde82222dd00aedab9b89";

        [TestMethod]
        public void AnHourOfContactsGoesTheSameOnEveryRuntime()
        {
            Sha256 transcript = new Sha256();
            NodeCore[] nodes = new NodeCore[]
            {
                Bench.Discoverable(11),
                Bench.Node(12, Protocol.Network.NetworkKey.PublicJoinCode),
                Bench.Discoverable(13),
            };
            nodes[2].Tune(Bench.Intent);
            byte[] payload = Bench.Ascii("{\"emotion_label\":\"joy\",\"confidence\":0.9}");
            WhisperMessage message = new WhisperMessage(nodes[0].MaxFramePayload);
            int delivered = 0;
            for (long nowMs = 0; nowMs < 3600 * 1000; nowMs += 200 * 1000)
            {
                nodes[0].SetUnixTime(1790000000, 0);
                nodes[0].Resonate(Bench.Intent, payload, 0, payload.Length, nowMs);
                if (nowMs % (800 * 1000) == 0)
                {
                    nodes[1].Broadcast(payload, 3, 5, nowMs);
                }

                Assert.IsTrue(Bench.Contact(nodes[0], nodes[1], nowMs, transcript));
                Assert.IsTrue(Bench.Contact(nodes[2], nodes[1], nowMs + 50000, transcript));
                for (int i = 0; i < nodes.Length; i++)
                {
                    nodes[i].HandleTimeout(nowMs + 100000);
                }

                while (nodes[2].PollWhisper(message))
                {
                    transcript.Update(message.Payload, 0, message.PayloadCount);
                    delivered++;
                }
            }

            for (int i = 0; i < nodes.Length; i++)
            {
                byte[] line = Bench.Ascii(nodes[i].Statistics.ToLine() + nodes[i].IdentityText);
                transcript.Update(line, 0, line.Length);
            }

            Assert.AreEqual(18, delivered);
            Assert.AreEqual(ContactHash, Finish(transcript));
        }

        [TestMethod]
        public void ADayOfRadioTimeGoesTheSameOnEveryRuntime()
        {
            Sha256 transcript = new Sha256();
            RadioScheduler scheduler = new RadioScheduler(Bench.Node(14, Bench.Home), 4294000000);
            ChaChaRandom random = new ChaChaRandom(Bench.Seed(15));
            byte[] line = new byte[17];
            byte[] advertisement = new byte[Digest.Size];

            // Milliseconds pass out of 32 bits on the way.
            long nowMs = 4294000000;
            for (int step = 0; step < 600; step++)
            {
                RadioAction action = scheduler.Next(nowMs);
                line[0] = (byte)action;
                ByteOrder.WriteUInt64(line, 1, (ulong)scheduler.DeadlineMs);
                ByteOrder.WriteUInt64(line, 9, scheduler.ContactAddress);
                transcript.Update(line, 0, line.Length);
                nowMs += random.NextBelow(8000);
                switch (action)
                {
                    case RadioAction.Scan:
                        for (uint i = 0; i < 5; i++)
                        {
                            random.NextBytes(advertisement, 0, advertisement.Length);
                            scheduler.AdvertisementSeen(1 + random.NextBelow(20), advertisement, 0, 24, nowMs);
                        }

                        scheduler.ScanEnded(nowMs);
                        break;
                    case RadioAction.Contact:
                        ContactResult result = (ContactResult)(int)random.NextBelow(4);
                        scheduler.ContactEnded(scheduler.ContactAddress, result, nowMs);
                        break;
                    default:
                        scheduler.InboundEnded(random.NextBelow(3) == 0, nowMs);
                        break;
                }
            }

            Assert.AreEqual(ScheduleHash, Finish(transcript));
        }

        private static string Finish(Sha256 transcript)
        {
            byte[] hash = new byte[Sha256.HashSize];
            transcript.Finish(hash, 0);
            return Vectors.Hex.Write(hash);
        }
    }
}
