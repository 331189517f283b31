using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

/// <summary>What becomes of a frame that comes in, and what goes out of it.</summary>
public class FrameReceptionTests
{
    private const uint Clock = 1_790_000_000;
    private const int Size = FrameLayout.StandardFrameSize;

    private readonly NodeCore _node = TestNetwork.Node(1);
    private readonly FrameMaker _maker = new(2);
    private readonly FrameMaker _foreign = new(3, TestNetwork.Foreign);
    private readonly Recorder _recorder = new();
    private readonly WirePeer _peer;

    public FrameReceptionTests()
    {
        _node.Observer = _recorder;
        _peer = new WirePeer(_node);
        _peer.Meet();
    }

    [Fact]
    public void ANewFrameIsStoredAndWatched()
    {
        byte[] frame = _maker.Broadcast(hops: 7);
        _peer.SendFrame(frame);

        Assert.Equal((_maker.IdOf(frame), _node.GetLinkTag(_peer.Link), true, 7), Assert.Single(_recorder.Stored));
        Assert.Equal(1, _node.HeldFrames);
        Assert.Equal(1u, _node.Statistics.FramesOwn);
        byte[] copy = new byte[Size];
        Assert.True(_node.CopyFrame(_maker.IdOf(frame), copy));
        Assert.Equal(frame, copy);
    }

    [Fact]
    public void AStrangersFrameIsStoredAsOne()
    {
        _peer.SendFrame(_foreign.Broadcast());

        Assert.False(Assert.Single(_recorder.Stored).Own);
        Assert.Equal(1u, _node.Statistics.FramesStranger);
    }

    [Fact]
    public void ACopyIsADuplicate()
    {
        byte[] frame = _maker.Broadcast();
        _peer.SendFrame(frame);
        _peer.SendFrame(frame);

        Assert.Single(_recorder.Stored);
        Assert.Equal(1u, _node.Statistics.Duplicates);
        Assert.Equal(0u, _node.Statistics.Upgrades);
    }

    [Fact]
    public void AnIdStaysSeenWhenItsFrameIsGone()
    {
        byte[] frame = _maker.Broadcast(lifetimeUnits: 1);
        _peer.SendFrame(frame);
        _node.HandleTimeout(4000);
        Assert.Equal(0, _node.HeldFrames);
        Assert.False(_node.CopyFrame(_maker.IdOf(frame), new byte[Size]));
        FrameCodec.WriteMutable(frame, 0, Size, 10, 900);
        _peer.SendFrame(frame);

        Assert.Equal(0, _node.HeldFrames);
        Assert.Equal(1u, _node.Statistics.Duplicates);
    }

    [Fact]
    public void AFrameExpiresWithItsLifetime()
    {
        _peer.SendFrame(_maker.Broadcast(lifetimeUnits: 10));
        Assert.True(_node.NextDeadlineMs <= 40_000);
        _node.HandleTimeout(39_999);
        Assert.Equal(1, _node.HeldFrames);
        _node.HandleTimeout(40_000);

        Assert.Equal(0, _node.HeldFrames);
        Assert.Equal(1u, _node.Statistics.Expired);
    }

    [Fact]
    public void ALifetimeAboveADayIsLoweredToIt()
    {
        _peer.SendFrame(_maker.Broadcast(lifetimeUnits: 65_535));
        _node.HandleTimeout(24 * 3_600_000L);

        Assert.Equal(0, _node.HeldFrames);
    }

    [Fact]
    public void ALongerLivingCopyRaisesTheHeldOne()
    {
        byte[] frame = _maker.Broadcast(lifetimeUnits: 10);
        _peer.SendFrame(frame);
        FrameCodec.WriteMutable(frame, 0, Size, 10, 13);
        _peer.SendFrame(frame);

        Assert.Equal(1u, _node.Statistics.Upgrades);
        _node.HandleTimeout(51_999);
        Assert.Equal(1, _node.HeldFrames);
        _node.HandleTimeout(52_000);
        Assert.Equal(0, _node.HeldFrames);
    }

    [Fact]
    public void ACopyThatLivesTwoUnitsLongerIsRoundingAndNoUpgrade()
    {
        byte[] frame = _maker.Broadcast(lifetimeUnits: 10);
        _peer.SendFrame(frame);
        FrameCodec.WriteMutable(frame, 0, Size, 10, 12);
        _peer.SendFrame(frame);

        Assert.Equal(0u, _node.Statistics.Upgrades);
    }

    [Fact]
    public void NoCopyKeepsAFrameADayBeyondItsFirstSight()
    {
        byte[] frame = _maker.Broadcast(lifetimeUnits: 21_600);
        _peer.SendFrame(frame);
        for (int hour = 1; hour < 24; hour++)
        {
            _peer.NowMs = hour * 3_600_000L;
            _peer.SendFrame(frame);
        }

        _node.HandleTimeout(24 * 3_600_000L);
        Assert.Equal(0, _node.HeldFrames);
    }

    [Fact]
    public void WithAClockNoCopyKeepsAFrameBeyondItsExpiryHour()
    {
        _node.SetUnixTime(Clock, 0);
        byte hour = ExpiryHour.Encode(Clock, 3600);
        long endMs = ExpiryHour.SecondsLeft(hour, Clock) * 1000L;
        byte[] frame = _maker.Broadcast(lifetimeUnits: 900, expiryHour: hour);
        _peer.SendFrame(frame);
        FrameCodec.WriteMutable(frame, 0, Size, 10, 21_600);
        _peer.SendFrame(frame);

        _node.HandleTimeout(endMs - 1);
        Assert.Equal(1, _node.HeldFrames);
        _node.HandleTimeout(endMs);
        Assert.Equal(0, _node.HeldFrames);
    }

    [Fact]
    public void WithAClockAnExpiredFrameIsRefused()
    {
        _node.SetUnixTime(Clock, 0);
        _peer.SendFrame(_maker.Broadcast(expiryHour: ExpiryHour.Encode(Clock - 7200, 60)));
        _peer.SendFrame(_maker.Broadcast(expiryHour: ExpiryHour.Encode(Clock + (30 * 3600), 0)));

        Assert.Equal([FrameVerdict.Expired, FrameVerdict.Expired], _recorder.Refused);
        Assert.Equal(2u, _node.Statistics.RefusedExpired);
        Assert.Equal(0, _node.HeldFrames);
    }

    [Fact]
    public void WithoutAClockTheExpiryHourIsNotJudged()
    {
        _peer.SendFrame(_maker.Broadcast(expiryHour: ExpiryHour.Encode(Clock - 7200, 60)));
        _peer.SendFrame(_maker.Broadcast(expiryHour: ExpiryHour.Encode(Clock + (30 * 3600), 0)));

        Assert.Equal(2, _node.HeldFrames);
    }

    [Fact]
    public void AClockThatIsSetLaterEndsWhatHasExpired()
    {
        _peer.SendFrame(_maker.Broadcast(expiryHour: ExpiryHour.Encode(Clock - 7200, 60)));
        byte hour = ExpiryHour.Encode(Clock, 3600);
        _peer.SendFrame(_maker.Broadcast(lifetimeUnits: 21_600, expiryHour: hour));
        _node.SetUnixTime(Clock, 0);
        _node.HandleTimeout(0);
        Assert.Equal(1, _node.HeldFrames);

        _node.HandleTimeout(ExpiryHour.SecondsLeft(hour, Clock) * 1000L);
        Assert.Equal(0, _node.HeldFrames);
    }

    [Fact]
    public void MoreHopsUpgradeAndFewerDoNot()
    {
        byte[] frame = _maker.Broadcast(hops: 3);
        _peer.SendFrame(frame);
        foreach (int hops in new[] { 2, 7, 5 })
        {
            FrameCodec.WriteMutable(frame, 0, Size, hops, 900);
            _peer.SendFrame(frame);
        }

        Assert.Equal(1u, _node.Statistics.Upgrades);
        Assert.Equal(6, FrameCodec.ReadHopBudget(PulledFrom(0), 0, Size));
    }

    [Theory]
    [InlineData(0, new[] { 0 })]
    [InlineData(1, new[] { 0 })]
    [InlineData(9, new[] { 8 })]
    [InlineData(10, new[] { 9, 10 })]
    [InlineData(200, new[] { 9, 10 })]
    public void TheHopBudgetGoesDownByOneButAtItsMaximumByAToss(int hops, int[] expected)
    {
        HashSet<int> seen = [];
        for (int seed = 0; seed < 20; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            WirePeer source = new(node);
            source.Meet();
            source.SendFrame(_maker.Broadcast(hops));
            seen.Add(FrameCodec.ReadHopBudget(Pull(node, 0), 0, Size));
        }

        Assert.Equal(expected, seen.Order());
    }

    [Fact]
    public void TheLifetimeGoesDownByTheHoldingTimeAndUpToOneUnitMore()
    {
        HashSet<int> seen = [];
        for (int seed = 0; seed < 20; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            WirePeer source = new(node);
            source.Meet();
            source.SendFrame(_maker.Broadcast(lifetimeUnits: 100));
            seen.Add(FrameCodec.ReadLifetimeUnits(Pull(node, 40_000), 0, Size));
        }

        Assert.Equal([89, 90], seen.Order());
    }

    [Fact]
    public void AFrameWithLessThanOneUnitLeftIsNotHandedOn()
    {
        _peer.SendFrame(_maker.Broadcast(lifetimeUnits: 1));
        WirePeer taker = new(_node, nowMs: 1);
        List<byte[]> said = taker.Meet();
        if (said.Count > 0)
        {
            taker.Send(WirePeer.Pull, 1);
            said = taker.Receive();
        }

        Assert.DoesNotContain(said, record => record[0] == WirePeer.Frame);
    }

    [Fact]
    public void TheImmutablePartIsHandedOnUntouched()
    {
        byte[] frame = _maker.Broadcast();
        _peer.SendFrame(frame);

        Assert.Equal(frame[..253], PulledFrom(0)[..253]);
    }

    [Fact]
    public void ASpoiltAdmissionMacMakesAStrangerAndLeavesTheGoodOneAlone()
    {
        byte[] frame = _maker.Broadcast();
        byte[] spoilt = [.. frame];
        spoilt[FrameLayout.AdmissionOffset] ^= 1;
        _peer.SendFrame(spoilt);
        _peer.SendFrame(frame);

        Assert.Equal([false, true], _recorder.Stored.Select(s => s.Own));
    }

    [Fact]
    public void AnotherFrameSizeIsRefused()
    {
        _peer.Send([WirePeer.Frame, .. _maker.Broadcast()[..255]]);

        Assert.Equal([FrameVerdict.WrongLength], _recorder.Refused);
    }

    private byte[] PulledFrom(long nowMs)
    {
        return Pull(_node, nowMs);
    }

    /// <summary>
    /// Meets the node over a further stream, pulls everything that it names and returns the first frame.
    /// </summary>
    private static byte[] Pull(NodeCore node, long nowMs)
    {
        WirePeer taker = new(node, nowMs: nowMs);
        byte[] offer = Assert.Single(taker.Meet());
        taker.Send(WirePeer.Pull, (byte)((1 << offer[1]) - 1));
        byte[] record = taker.Receive()[0];
        Assert.Equal(WirePeer.Frame, record[0]);
        return record[1..];
    }
}
