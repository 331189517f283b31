using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Mesh;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Clock;

/// <summary>Whole nodes that meet over Bluetooth, prove themselves by resumption, and tell each other the time.</summary>
public class ClockMeshTests
{
    private const uint T = 1_790_000_000;
    private const uint Year = 365 * 86_400;
    private const long HourMs = 3_600_000;
    private const long EndMs = 5 * HourMs / 2;

    private readonly EventQueue _time = new();
    private readonly Random _random = new(1);
    private readonly List<MeshNode> _nodes = [];

    [Fact]
    public void ThreeBoardsThatKnowTheTimeSetTheOthers()
    {
        Run(nodes: 8, offsets: [0, 2, -2]);

        Assert.All(_nodes.Take(3), n => Assert.Equal(ClockSource.Application, n.Core.ClockSource));
        Assert.All(_nodes.Skip(3), n => Assert.Equal(ClockSource.Neighbours, n.Core.ClockSource));
        Assert.All(_nodes.Skip(3), n => Assert.InRange(ErrorOf(n), -6, 6));
    }

    [Fact]
    public void AThirdThatLiesTheSameWinsNobody()
    {
        Run(nodes: 9, offsets: [Year, Year, Year, 0, 0, 0, 0, 0]);
        Assert.InRange(ErrorOf(_nodes[8]), -6, 6);
    }

    [Fact]
    public void AsManyWhoLieAsKnowLeaveTheOthersWithoutAClock()
    {
        Run(nodes: 8, offsets: [Year, Year, Year, 0, 0, 0]);
        Assert.All(_nodes.Skip(6), n => Assert.Equal(ClockSource.None, n.Core.ClockSource));
    }

    [Fact]
    public void WithoutAnyClockThereIsNoneAndWhispersArrive()
    {
        Run(nodes: 5, offsets: []);
        Assert.All(_nodes, n => Assert.Equal(ClockSource.None, n.Core.ClockSource));
        Assert.All(_nodes.Skip(1), n => Assert.Single(n.Got));
    }

    /// <summary>It took another's time: what it sends then carries an expiry hour that others accept, and arrives.</summary>
    [Fact]
    public void AWhisperOfANodeWithItsNeighboursTimeArrives()
    {
        Run(nodes: 5, offsets: [0, 0, 0]);
        MeshNode learner = _nodes[4];
        Assert.Equal(SendResult.Queued, learner.Core.Broadcast([(byte)'x'], 0, 1, _time.NowMs));
        byte[] frame = new byte[learner.FrameSize];
        Assert.True(learner.Core.CopyFrame(learner.Core.LastSentId, frame));
        learner.Pump();
        _time.RunUntil(_time.NowMs + (HourMs / 2));

        Assert.NotEqual(0, frame[1]);
        Assert.All(_nodes.Take(4), n => Assert.Contains("* x", n.Got));
    }

    private void Run(int nodes, long[] offsets)
    {
        for (int i = 0; i < nodes; i++)
        {
            NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home, NodeLimits.Full());
            MeshNode node = new(_time, i, TestNetwork.Home, configuration, 77 + i);
            MeshRadio radio = new(_time, _random, () => MeshFaults.None, node);
            if (i < offsets.Length)
            {
                node.Core.SetUnixTime((uint)(T + offsets[i]), 0);
            }

            _nodes.ForEach(n => n.Radio!.PutInRangeOf(radio));
            _nodes.Add(node);
            _time.At(_random.Next(20_000), node.Pump);
        }

        _time.At(HourMs / 4, () =>
        {
            Assert.Equal(SendResult.Queued, _nodes[0].Core.Broadcast([(byte)'a'], 0, 1, _time.NowMs));
            _nodes[0].Pump();
        });
        _time.RunUntil(EndMs);
    }

    private long ErrorOf(MeshNode node)
    {
        PeerClock clock = ObjectGraph.Walk(node.Core).Select(e => e.Value).OfType<PeerClock>().Single();
        return (long)clock.UnixSeconds(_time.NowMs) - (T + (_time.NowMs / 1000));
    }
}
