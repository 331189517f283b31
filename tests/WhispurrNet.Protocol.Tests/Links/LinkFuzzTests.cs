using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links;

/// <summary>
/// Spoilt units against both roles and kinds: nothing throws, nothing outside the unit is read or written, everything
/// stays within its bounds, and a link that ends is counted.
/// </summary>
/// <remarks>
/// Two nodes with one seed get the same units between guard bytes of 0x00 and of 0xFF: whoever reads outside a unit
/// makes them differ.
/// </remarks>
public class LinkFuzzTests
{
    private const int Guard = 8;

    [Theory]
    [MemberData(nameof(LinkRecordTests.Roles), MemberType = typeof(LinkRecordTests))]
    public void SpoiltUnitsOfAnHonestPeer(LinkKind kind, bool nodeInitiates)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            Twins twins = new(seed, kind, nodeInitiates);
            NodeCore peer = TestNetwork.Node(1000 + seed, limits: NodeLimits.Full());
            FrameMaker maker = new(seed);
            for (int i = 0; i < seed % 9; i++)
            {
                peer.Broadcast([(byte)i], 0, 1, 0);
            }

            Exchange(new Random(seed), twins, peer, kind, nodeInitiates);
            twins.Check($"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(LinkRecordTests.Roles), MemberType = typeof(LinkRecordTests))]
    public void RandomRecordsUnderAGoodProtection(LinkKind kind, bool nodeInitiates)
    {
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            NodeCore node = TestNetwork.Node(seed);
            node.Broadcast([1], 0, 1, 0);
            WirePeer peer = new(node, kind, nodeInitiates);
            if (random.Next(10) != 0)
            {
                peer.Meet((byte)random.Next(1, 65));
            }

            uint failedBefore = node.Statistics.LinksFailed;
            for (int step = 0; step < 60 && peer.State == LinkState.Open; step++)
            {
                peer.Send(RandomRecord(random));
                peer.NowMs += random.Next(400);
                node.HandleTimeout(peer.NowMs);
                peer.Receive();
            }

            Assert.Equal(
                peer.State == LinkState.Failed ? failedBefore + 1 : failedBefore, node.Statistics.LinksFailed);
            Assert.InRange(node.HeldFrames, 1, 16);
        }
    }

    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void RandomBytes(LinkKind kind)
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            Twins twins = new(seed, kind, seed % 2 == 0);
            for (int i = 0; i < 50; i++)
            {
                byte[] unit = new byte[random.Next(kind == LinkKind.Contact ? 24 : 300)];
                random.NextBytes(unit);
                twins.Receive(unit, i);
                twins.Poll(i);
            }

            twins.Check($"seed {seed}");
        }
    }

    /// <summary>Whole units as they would go over the link, each now and then spoilt.</summary>
    private static void Exchange(Random random, Twins twins, NodeCore peer, LinkKind kind, bool nodeInitiates)
    {
        int link = peer.OpenLink(kind, !nodeInitiates, 20, 0, 0);
        byte[] buffer = new byte[peer.MaxUnit];
        byte[] last = [0];
        int spoilAt = random.Next(60);
        for (int step = 0; step < 200; step++)
        {
            byte[] fromNode = twins.Poll(step);
            if (fromNode.Length > 0)
            {
                peer.Receive(link, fromNode, 0, fromNode.Length, step);
            }

            int count = peer.PollTransmit(link, buffer, 0, step);
            if (count == 0)
            {
                if (fromNode.Length == 0)
                {
                    break;
                }

                continue;
            }

            byte[] unit = buffer[..count];
            foreach (byte[] spoilt in step == spoilAt ? Spoil(random, unit, last) : [unit])
            {
                twins.Receive(spoilt, step);
            }

            last = unit;
        }
    }

    private static byte[][] Spoil(Random random, byte[] unit, byte[] last)
    {
        switch (random.Next(7))
        {
            case 0: return [];
            case 1: return [unit, unit];
            case 2: return [last];
            case 3: return [unit[..random.Next(unit.Length)]];
            case 4: return [[.. unit, (byte)random.Next(256)]];
            case 5: return [unit, last];
            default:
                unit[random.Next(unit.Length)] ^= (byte)(1 << random.Next(8));
                return [unit];
        }
    }

    private static byte[] RandomRecord(Random random)
    {
        byte type = (byte)(random.Next(12) == 0 ? random.Next(256) : random.Next(2, 9));
        int count = type switch
        {
            WirePeer.Offer => 1 + (6 * random.Next(1, 18)),
            WirePeer.Pull => random.Next(1, 4),
            WirePeer.Frame => random.Next(8) == 0 ? random.Next(300) : FrameLayout.StandardFrameSize,
            WirePeer.Ping or WirePeer.Pong => random.Next(8) == 0 ? random.Next(9) : 4,
            _ => random.Next(20) == 0 ? 1 : 0,
        };
        byte[] record = new byte[1 + Math.Min(count, 260)];
        random.NextBytes(record);
        record[0] = type;
        if (record.Length > 1)
        {
            record[1] = type == WirePeer.Offer && random.Next(8) != 0 ? (byte)((count - 1) / 6) : (byte)1;
        }

        return record;
    }

    private sealed class Twins
    {
        private readonly NodeCore[] _nodes = new NodeCore[2];
        private readonly Recorder[] _recorders = [new(), new()];
        private readonly int[] _links = new int[2];

        public Twins(int seed, LinkKind kind, bool initiator)
        {
            for (int i = 0; i < 2; i++)
            {
                _nodes[i] = TestNetwork.Node(seed);
                _nodes[i].Observer = _recorders[i];
                _nodes[i].Broadcast([1, 2, 3], 0, 3, 0);
                _links[i] = _nodes[i].OpenLink(kind, initiator, 20, 0, 0);
            }
        }

        public void Receive(byte[] unit, long nowMs)
        {
            for (int i = 0; i < 2; i++)
            {
                byte guard = i == 0 ? (byte)0 : (byte)0xFF;
                byte[] guarded = new byte[Guard + unit.Length + Guard];
                Array.Fill(guarded, guard);
                unit.CopyTo(guarded, Guard);
                _nodes[i].Receive(_links[i], guarded, Guard, unit.Length, nowMs);

                Assert.All(guarded[..Guard], b => Assert.Equal(guard, b));
                Assert.All(guarded[^Guard..], b => Assert.Equal(guard, b));
            }
        }

        public byte[] Poll(long nowMs)
        {
            byte[][] units = new byte[2][];
            for (int i = 0; i < 2; i++)
            {
                byte guard = i == 0 ? (byte)0 : (byte)0xFF;
                byte[] buffer = new byte[Guard + _nodes[i].MaxUnit + Guard];
                Array.Fill(buffer, guard);
                _nodes[i].HandleTimeout(nowMs);
                int count = _nodes[i].PollTransmit(_links[i], buffer, Guard, nowMs);
                units[i] = buffer[Guard..(Guard + count)];

                Assert.All(buffer[..Guard], b => Assert.Equal(guard, b));
                Assert.All(buffer[^Guard..], b => Assert.Equal(guard, b));
            }

            Assert.Equal(units[0], units[1]);
            return units[0];
        }

        public void Check(string where)
        {
            Assert.True(_nodes[0].Statistics.ToLine() == _nodes[1].Statistics.ToLine(), where);
            Assert.Equal(_recorders[0].Stored, _recorders[1].Stored);
            Assert.Equal(_recorders[0].Refused, _recorders[1].Refused);
            foreach (NodeCore node in _nodes)
            {
                Assert.InRange(node.HeldFrames, 1, 16);
                bool failed = node.GetLinkState(_links[0]) == LinkState.Failed;
                Assert.Equal(failed ? 1u : 0u, node.Statistics.LinksFailed);
            }
        }
    }
}
