using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Ranges;

/// <summary>SUMS and NAME that are malformed or not due, and records at random.</summary>
public class RangeRefusalTests
{
    private const byte Ranges = 1;

    private readonly NodeCore _node = RangeBench.Node(1);

    /// <summary>What a gateway that dialled, or one that was dialled, refuses at once.</summary>
    public static TheoryData<bool, byte[][]> Malformed()
    {
        byte[] zeros = new byte[64];
        byte[] whole = [WirePeer.Sums, 0, .. zeros], part = [WirePeer.Sums, 1, .. zeros];
        return new TheoryData<bool, byte[][]>
        {
            { true, [whole] },
            { true, [[WirePeer.Sums]] },
            { true, [part[..^1]] },
            { true, [[.. part, 0]] },
            { true, [[WirePeer.Sums, 17, .. zeros]] },
            { true, [[WirePeer.Sums, 1, .. zeros, 1, .. zeros]] },
            { true, [[WirePeer.Sums, 1, .. zeros, 2, .. zeros, 3, .. zeros, 4, .. zeros]] },
            { true, [part, part] },
            { true, [[WirePeer.Name]] },
            { true, [[WirePeer.Name, 2]] },
            { true, [[WirePeer.Name, 0, 0, 0, 0]] },
            { true, [[WirePeer.Name, 0, 1, 1, 0]] },
            { true, [[WirePeer.Name, 0, 0, 1]] },
            { true, [[WirePeer.Name, 0, 0, 1, 0, 0, 2, 0]] },
            { true, [[WirePeer.Name, 0], [WirePeer.Name, 0]] },
            { true, [[WirePeer.Name, 0], part] },
            { false, [part] },
            { false, [[WirePeer.Sums]] },
            { false, [whole[..^1]] },
            { false, [[.. whole, 0]] },
            { false, [whole, whole] },
            { false, [[WirePeer.Name, 0]] },
            { false, [[WirePeer.Done], whole] },
        };
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void WhatIsMalformedOrNotDueEndsTheLink(bool nodeInitiates, byte[][] records)
    {
        RangeBench.Fill(_node, RangeBench.Frames(0, 400));
        (WirePeer peer, _) = Met(nodeInitiates);
        foreach (byte[] record in records[..^1])
        {
            peer.Send(record);
            Assert.Equal(LinkState.Open, peer.State);
        }

        uint refused = _node.Statistics.RecordsRefused;
        peer.Send(records[^1]);

        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(refused + 1, _node.Statistics.RecordsRefused);
    }

    [Theory]
    [InlineData(new byte[] { WirePeer.Name, 0, 2, 1, 0 })]
    [InlineData(new byte[] { WirePeer.Name, 0, 1, 0, 0 })]
    [InlineData(new byte[] { WirePeer.Name, 0, 0, 1, 0 })]
    [InlineData(new byte[] { WirePeer.Name, 0, 17, 1, 0 })]
    [InlineData(new byte[] { WirePeer.Name, 0, 1, 1, 0, 1, 2, 0 })]
    [InlineData(new byte[] { WirePeer.Name, 0, 1, 1 })]
    public void AChoiceThatWasNotOfferedEndsTheLink(byte[] choice)
    {
        byte[][] frames = RangeBench.Frames(0, 900);
        RangeBench.Fill(_node, frames);
        (WirePeer peer, _) = Met(nodeInitiates: false);
        ulong[] ids = Ids(frames);
        ulong lacked = ids.First(id => Range(peer, id) == 0);
        peer.Send([WirePeer.Sums, .. RangeBench.SumsOf(peer, ids.Where(id => id != lacked), 0)]);
        Assert.Equal([WirePeer.Sums, WirePeer.Name], peer.Receive().Select(r => r[0]));

        peer.Send(choice);

        Assert.Equal(LinkState.Failed, peer.State);
    }

    [Fact]
    public void WithoutTheFeatureTheRecordsAreSkipped()
    {
        foreach (NodeCore node in new[] { _node, TestNetwork.Node(2) })
        {
            WirePeer peer = new(node);
            peer.Meet();
            peer.Send([WirePeer.Sums, 0, .. new byte[64]]);
            peer.Send([WirePeer.Name, 0]);

            Assert.Equal((LinkState.Open, 2u), (peer.State, node.Statistics.RecordsUnknown));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RandomRecordsEndTheLinkOrDoNothing(bool nodeInitiates)
    {
        RangeBench.Fill(_node, RangeBench.Frames(0, 300));
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            (WirePeer peer, _) = Met(nodeInitiates, nowMs: seed * 400_000L);
            uint failed = _node.Statistics.LinksFailed;
            for (int step = 0; step < 40 && peer.State == LinkState.Open; step++)
            {
                peer.Send(RandomRecord(random));
                peer.NowMs += random.Next(2000);
                _node.HandleTimeout(peer.NowMs);
                foreach (byte[] record in peer.Receive().Where(r => r[0] is WirePeer.Sums or WirePeer.Name))
                {
                    Assert.InRange(record.Length, 2, 196);
                }
            }

            Assert.Equal(peer.State == LinkState.Failed ? failed + 1 : failed, _node.Statistics.LinksFailed);
            _node.CloseLink(peer.Link, peer.NowMs);
        }
    }

    private static byte[] RandomRecord(Random random)
    {
        int entries = random.Next(1, 5);
        bool sums = random.Next(2) == 0;
        byte[] record = new byte[random.Next(5) == 0 ? random.Next(1, 257) : sums ? 1 + (65 * entries) : 2 + (3 * (entries - 1))];
        random.NextBytes(record);
        record[0] = sums ? WirePeer.Sums : WirePeer.Name;
        for (int at = sums ? 1 : 2; at < record.Length; at += sums ? 65 : 3)
        {
            record[at] = (byte)(random.Next(3) == 0 ? 0 : random.Next(18));
        }

        if (!sums && record.Length > 1)
        {
            record[1] = (byte)random.Next(random.Next(4) == 0 ? 256 : 2);
        }

        return record;
    }

    private (WirePeer Peer, List<byte[]> Said) Met(bool nodeInitiates, long nowMs = 0)
    {
        WirePeer peer = new(_node, nodeInitiates: nodeInitiates, nowMs: nowMs) { Features = Ranges };
        return (peer, peer.Meet());
    }

    private static ulong[] Ids(byte[][] frames) => [.. frames.Select(RangeBench.IdOf)];

    private static int Range(WirePeer peer, ulong id) => (int)(RangeBench.HashOf(peer, id) >> 60);
}
