using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Abuse;

/// <summary>
/// Frames recorded and sent again, and copies with counters that somebody on the way made up: the only three bytes of a
/// frame that nothing protects.
/// </summary>
public class ReplayTests
{
    private const int Size = FrameLayout.StandardFrameSize;
    private const uint Clock = 1_790_000_000;
    private const long HourMs = 3_600_000;

    private readonly FrameMaker _maker = new(2);

    [Fact]
    public void WithinItsTimeAReplayIsADuplicateHoweverLongItClaimsToLive()
    {
        NodeCore node = Node();
        byte[] frame = _maker.Broadcast(lifetimeUnits: 10);
        Bring(node, 0, frame);
        Assert.Equal(1, Drain(node));
        node.HandleTimeout(40_000);
        Assert.Equal(0, node.HeldFrames);

        Bring(node, 40_000, Claiming(frame, 10, 21_600));

        Assert.Equal((0, 0), (node.HeldFrames, Drain(node)));
        Assert.Equal(1u, node.Statistics.Duplicates);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WithAClockAFrameOfFormerHoursIsRefusedAlsoWhenItsIdIsForgottenOrTheNodeIsNew(bool rebooted)
    {
        byte[] frame = _maker.Broadcast(expiryHour: ExpiryHour.Encode(Clock, 3600));
        NodeCore node = Node();
        node.SetUnixTime(Clock, 0);
        if (!rebooted)
        {
            Bring(node, 0, frame);
            Assert.Equal(1, Drain(node));
            MakeForget(node);
        }

        node.HandleTimeout(3 * HourMs);
        Bring(node, 3 * HourMs, Claiming(frame, 10, 21_600));

        Assert.Equal((0, 0), (node.HeldFrames, Drain(node)));
        Assert.Equal(1u, node.Statistics.RefusedExpired);
    }

    /// <summary>
    /// Without any clock nothing tells it from a frame that was long on its way: it is carried once more. The application
    /// is spared it while its inner id is remembered.
    /// </summary>
    [Fact]
    public void WithoutAClockAForgottenFrameIsCarriedOnceMoreAndNotDeliveredAgain()
    {
        byte[] frame = _maker.Broadcast();
        NodeCore node = Node();
        Bring(node, 0, frame);
        Assert.Equal(1, Drain(node));
        MakeForget(node);
        Bring(node, 3 * HourMs, Claiming(frame, 10, 900));

        Assert.True(node.CopyFrame(_maker.IdOf(frame), new byte[Size]));
        Assert.Equal(0, Drain(node));
        Assert.Equal(1u, node.Statistics.DeliveredBefore);
    }

    /// <summary>The limit of what can be had without a clock and without memory: PROTOCOL.md says so.</summary>
    [Fact]
    public void WithoutAClockANodeThatHasJustStartedTakesAReplayForNew()
    {
        NodeCore node = Node();
        Bring(node, 0, Claiming(_maker.Broadcast(), 10, 900));

        Assert.Equal(1, Drain(node));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    public void ACopyWithCountersAtZeroNeitherShortensTheGoodOneNorStopsIt(int hops, int lifetimeUnits)
    {
        NodeCore node = Node();
        byte[] frame = _maker.Broadcast(hops: 8);
        Bring(node, 0, frame);
        Bring(node, 0, Claiming(frame, hops, lifetimeUnits));

        node.HandleTimeout(HourMs - 1);
        byte[] held = new byte[Size];
        Assert.True(node.CopyFrame(_maker.IdOf(frame), held));
        Assert.True(FrameCodec.ReadHopBudget(held, 0, Size) >= 8);
        node.HandleTimeout(HourMs);
        Assert.Equal(0, node.HeldFrames);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    public void AGoodCopyAfterOneWithCountersAtZeroLivesAndSpreadsAsIfItHadComeFirst(int hops, int lifetimeUnits)
    {
        NodeCore node = Node();
        byte[] frame = _maker.Broadcast(hops: 8);
        Bring(node, 0, Claiming(frame, hops, lifetimeUnits));
        Bring(node, 0, frame);

        node.HandleTimeout(HourMs - 8001);
        byte[] held = new byte[Size];
        Assert.True(node.CopyFrame(_maker.IdOf(frame), held));
        Assert.Equal(8, FrameCodec.ReadHopBudget(held, 0, Size));
    }

    /// <summary>A copy without lifetime is refused and not remembered: the good one is still new when it comes.</summary>
    [Fact]
    public void ACopyWithoutLifetimeDoesNotMakeTheGoodOneADuplicate()
    {
        NodeCore node = Node();
        byte[] frame = _maker.Broadcast();
        Bring(node, 0, Claiming(frame, 10, 0));
        Assert.Equal(1u, node.Statistics.RefusedExpired);
        Bring(node, 0, frame);

        Assert.Equal(1, Drain(node));
    }

    /// <summary>
    /// The good copy comes only after the one that was made to end at once has ended: it is a duplicate then, and the
    /// whisper has been delivered. What is lost is its further way over this node.
    /// </summary>
    [Fact]
    public void WhatACopyThatEndsAtOnceCostsIsTheFurtherWayNotTheWhisper()
    {
        NodeCore node = Node();
        byte[] frame = _maker.Broadcast();
        Bring(node, 0, Claiming(frame, 0, 1));
        Assert.Equal(1, Drain(node));
        node.HandleTimeout(4000);
        Bring(node, 5000, frame);

        Assert.Equal(0, node.HeldFrames);
    }

    [Fact]
    public void RaisedCountersCountAsTheirMaximumAndNoCopyKeepsAFrameBeyondADay()
    {
        NodeCore node = Node();
        byte[] frame = Claiming(_maker.Broadcast(), 255, 65_535);
        for (int hour = 0; hour < 24; hour++)
        {
            Bring(node, hour * HourMs, frame);
            byte[] held = new byte[Size];
            Assert.True(node.CopyFrame(_maker.IdOf(frame), held));
            Assert.InRange(FrameCodec.ReadHopBudget(held, 0, Size), 0, FrameCodec.HopBudgetMax);
        }

        node.HandleTimeout(24 * HourMs);
        Assert.Equal(0, node.HeldFrames);
    }

    /// <summary>A claim to live for a day is worth no more than a fresh whisper's hour when room is scarce.</summary>
    [Fact]
    public void AClaimedDayDoesNotOutliveHonestFramesInAFullStore()
    {
        NodeCore node = Node();
        byte[][] liars = [.. Enumerable.Range(0, 8).Select(_ => _maker.Broadcast(lifetimeUnits: 21_600))];
        Bring(node, 0, liars);
        byte[][] honest = [.. Enumerable.Range(0, 16).Select(_ => _maker.Broadcast(lifetimeUnits: 900))];
        for (int i = 0; i < honest.Length; i++)
        {
            Drain(node);
            Bring(node, 60_000 + (i * 1000), honest[i]);
        }

        Assert.All(liars, f => Assert.False(node.CopyFrame(_maker.IdOf(f), new byte[Size])));
        Assert.All(honest, f => Assert.True(node.CopyFrame(_maker.IdOf(f), new byte[Size])));
    }

    private static NodeCore Node()
    {
        // What a handshake may cost is not what these tests are about.
        NodeLimits limits = NodeLimits.Small();
        limits.HandshakeRefillMs = 1;
        return TestNetwork.Node(1, limits: limits);
    }

    private static byte[] Claiming(byte[] frame, int hops, int lifetimeUnits)
    {
        byte[] copy = [.. frame];
        copy[Size - 3] = (byte)hops;
        copy[Size - 2] = (byte)lifetimeUnits;
        copy[Size - 1] = (byte)(lifetimeUnits >> 8);
        return copy;
    }

    /// <summary>Fills the ids seen with others, all gone again; no inner id is taken for it.</summary>
    private void MakeForget(NodeCore node)
    {
        FrameMaker others = new(3);
        node.HandleTimeout(HourMs);
        int before = (int)node.Statistics.FramesOwn;
        Bring(node, HourMs, [.. Enumerable.Range(0, 200).Select(_ => Claiming(others.Resonance("unheard", [1]), 0, 1))]);
        Assert.Equal(before + 200, (int)node.Statistics.FramesOwn);
        node.HandleTimeout(2 * HourMs);
        Assert.Equal(0, node.HeldFrames);
    }

    private static void Bring(NodeCore node, long nowMs, params byte[][] frames)
    {
        WirePeer peer = new(node, nowMs: nowMs);
        peer.Meet();
        Array.ForEach(frames, peer.SendFrame);
        node.CloseLink(peer.Link, nowMs);
    }

    private static int Drain(NodeCore node)
    {
        WhisperMessage message = TestNetwork.Message(node);
        int count = 0;
        while (node.PollWhisper(message))
        {
            count++;
        }

        return count;
    }
}
