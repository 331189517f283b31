using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Nodes.Peers;

namespace WhispurrNet.Simulation.Tests.Peers;

public class DamageTests
{
    public static TheoryData<string> Strategies => PeerBench.Strategies;

    [Theory]
    [MemberData(nameof(Strategies))]
    public void DamagedUnitsEndTheLinkAndBringNothingWrong(string strategy)
    {
        SimRandom random = new(3);
        for (int round = 0; round < 150; round++)
        {
            PeerBench bench = new(strategy, 2, seed: round);
            bench.Hear(0, 1);
            for (int i = 0; i < 4; i++)
            {
                bench.Send(i % 2, i);
            }

            int until = (int)random.NextBelow(90);
            bool isDamaged = false;
            bench.Damage = (unit, count) =>
            {
                if (until-- != 0)
                {
                    return count;
                }

                isDamaged = true;
                return Spoil(random, unit, count);
            };
            Meeting meeting = bench.Contact(0, 1);

            Assert.True(isDamaged || meeting.Client == LinkState.Finished);
            Assert.False(isDamaged && meeting.Client == LinkState.Finished && meeting.Server == LinkState.Finished
                && until < -2);
            Assert.All(bench.Delivered(0), n => Assert.Contains(n, new[] { 1, 3 }));
            Assert.All(bench.Delivered(1), n => Assert.Contains(n, new[] { 0, 2 }));
            bench.Damage = null;
            bench.NowMs += 80_000;
            Assert.Equal(LinkState.Finished, bench.Contact(0, 1).Client);
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void RandomUnitsNeverMakeItThrow(string strategy)
    {
        SimRandom random = new(4);
        byte[] unit = new byte[PeerRecord.SizeMax + 64];
        PeerBench bench = new(strategy, 2);
        for (int round = 0; round < 400; round++)
        {
            LinkKind kind = (LinkKind)random.NextBelow(2);
            int link = bench.Nodes[0].OpenLink(kind, random.NextBelow(2) == 0, PeerBench.AddressOf(1), bench.NowMs);
            for (int i = 0; i < 20; i++)
            {
                int count = (int)random.NextBelow((uint)unit.Length);
                for (int at = 0; at < count; at++)
                {
                    unit[at] = (byte)random.NextUInt64();
                }

                bench.Nodes[0].Receive(link, unit, count, bench.NowMs);
                bench.Nodes[0].PollTransmit(link, unit, bench.NowMs);
            }

            bench.Nodes[0].CloseLink(link, bench.NowMs);
        }

        Assert.Equal(0, bench.Nodes[0].Frames.Held);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void ForgedRecordsWithTheRightSealNeverMakeItThrow(string strategy)
    {
        SimRandom random = new(5);
        for (int round = 0; round < 600; round++)
        {
            PeerBench bench = new(strategy, 2, round % 2 == 0 ? null : NodeLimits.Small(), round);
            bench.Hear(0, 1);
            bench.Send(0, 1);
            bool initiates = random.NextBelow(2) == 0;
            (int Client, int Server) stream = initiates ? bench.Stream(0, 1) : bench.Stream(1, 0);
            (int victim, int forger) = initiates ? (stream.Client, stream.Server) : (stream.Server, stream.Client);
            bench.Flow(initiates ? 0 : 1, initiates ? 1 : 0, stream);
            uint counter = bench.Nodes[1].State.Links[forger]!.RecordsSent;
            byte[] record = new byte[PeerRecord.SizeMax];
            for (int i = 0; i < 10; i++)
            {
                int count = Forge(random, record);
                count = RecordSeal.Close(record, count, counter++, !initiates);
                bench.Nodes[0].Receive(victim, record, count, bench.NowMs);
                bench.Nodes[0].PollTransmit(victim, record, bench.NowMs);
                bench.NowMs += 6000;
                bench.Nodes[0].HandleTimeout(bench.NowMs);
            }

            Assert.InRange(bench.Nodes[0].Frames.Held, 1, bench.Nodes[0].Frames.Most);
            Assert.NotEqual(LinkState.Closed, bench.Nodes[0].GetLinkState(victim));
        }
    }

    [Fact]
    public void ASealTellsEveryBitAndEveryPlace()
    {
        byte[] record = new byte[100];
        int count = RecordSeal.Close(record, 60, 3, true);
        Assert.Equal(60, RecordSeal.Open(record.AsSpan(0, count), 3, true));
        Assert.Equal(-1, RecordSeal.Open(record.AsSpan(0, count), 4, true));
        Assert.Equal(-1, RecordSeal.Open(record.AsSpan(0, count), 3, false));
        Assert.Equal(-1, RecordSeal.Open(record.AsSpan(0, count - 1), 3, true));
        for (int bit = 0; bit < count * 8; bit++)
        {
            record[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(-1, RecordSeal.Open(record.AsSpan(0, count), 3, true));
            record[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static int Spoil(SimRandom random, byte[] unit, int count)
    {
        switch (random.NextBelow(3))
        {
            case 0:
                return (int)random.NextBelow((uint)count);
            case 1:
                int bit = (int)random.NextBelow((uint)count * 8);
                unit[bit / 8] ^= (byte)(1 << (bit % 8));
                return count;
            default:
                for (int i = 0; i < count; i++)
                {
                    unit[i] = (byte)random.NextUInt64();
                }

                return count;
        }
    }

    private static int Forge(SimRandom random, byte[] record)
    {
        byte[] types =
        [
            PeerRecord.Frame, PeerRecord.Done, PeerRecord.Ping, PeerRecord.Pong, PeerRecord.Have, PeerRecord.IHave,
            PeerRecord.Want, PeerRecord.Filter, PeerRecord.Hello, 0xFE,
        ];
        int count = 1 + (int)random.NextBelow(PeerRecord.SizeMax - RecordSeal.Size);
        for (int at = 1; at < count; at++)
        {
            record[at] = (byte)random.NextUInt64();
        }

        record[0] = types[random.NextBelow((uint)types.Length)];
        if (random.NextBelow(2) == 0 && record[0] == PeerRecord.IHave)
        {
            record[1] = (byte)(1 + random.NextBelow(PeerRecord.IdsMax));
            count = PeerRecord.IHaveHeader + (record[1] * PeerRecord.IdSize);
        }
        else if (random.NextBelow(2) == 0 && record[0] == PeerRecord.Have)
        {
            record[1] = (byte)random.NextBelow(2);
            record[2] = (byte)random.NextBelow(PeerRecord.IdsMax + 1);
            record[3] = (byte)random.NextBelow(record[2] + 1u);
            count = PeerRecord.HaveHeader + (record[2] * PeerRecord.IdSize);
        }
        else if (random.NextBelow(2) == 0 && record[0] == PeerRecord.Filter)
        {
            record[1] = GolombFilter.RemainderBits;
            record[2] = (byte)random.NextBelow(4);
            record[3] = 0;
            count = Math.Max(count, PeerRecord.FilterHeader + 16);
        }

        return count;
    }
}
