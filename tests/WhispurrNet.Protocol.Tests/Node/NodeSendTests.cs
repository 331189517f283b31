using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Node;

public class NodeSendTests
{
    private readonly NodeCore _node = TestNetwork.Node(1);

    [Fact]
    public void AWhisperIsQueuedHeldAndNamed()
    {
        Recorder recorder = new();
        _node.Observer = recorder;

        Assert.Equal(SendResult.Queued, _node.Resonate("a", [1, 2, 3], 0, 3, 0));
        Assert.Equal(1, _node.HeldFrames);
        Assert.Equal(1u, _node.Statistics.WhispersQueued);
        Assert.Equal(_node.LastSentId, Assert.Single(recorder.Stored).Id);
        Assert.Equal(0u, recorder.Stored[0].Tag);
    }

    [Theory]
    [InlineData(256, 158)]
    [InlineData(512, 414)]
    public void ThePayloadIsBoundedByTheFrame(int frameSize, int max)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.FrameSize = frameSize;
        NodeCore node = TestNetwork.Node(1, configuration);

        Assert.Equal(1024, node.MaxPayload);
        Assert.Equal(max, node.MaxFramePayload);
        Assert.Equal(SendResult.PayloadTooLarge, node.Broadcast(new byte[1025], 0, 1025, 0));
        Assert.Equal(SendResult.PayloadTooLarge, node.Resonate("a", new byte[1025], 0, 1025, 0));
        Assert.Equal(SendResult.PayloadTooLarge, node.Direct(new byte[16], new byte[1025], 0, 1025, 0));
        Assert.Equal(SendResult.PayloadTooLarge, node.Emergency(new byte[600], 0, max + 1, 0));
        Assert.Equal(0, node.HeldFrames);
        Assert.Equal(SendResult.Queued, node.Emergency(new byte[600], 0, max, 0));
        Assert.Equal(SendResult.Queued, node.Broadcast(new byte[600], 0, max, 0));
        Assert.Equal(SendResult.Queued, node.Broadcast([], 0, 0, 0));
        Assert.Equal(3, node.HeldFrames);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("caf\u00e9")]
    public void WhatIsNoIntentIsRefused(string? intent)
    {
        Assert.Equal(SendResult.InvalidIntent, _node.Resonate(intent, [1], 0, 1, 0));
    }

    [Fact]
    public void AKeylessRelaySealsNothing()
    {
        NodeCore relay = TestNetwork.Node(1, TestNetwork.Keyless);

        Assert.False(relay.IsMember);
        Assert.False(relay.Tune("a"));
        Assert.Equal(SendResult.NoNetwork, relay.Resonate("a", [1], 0, 1, 0));
        Assert.Equal(SendResult.NoNetwork, relay.Broadcast([1], 0, 1, 0));
    }

    [Fact]
    public void TheOriginIsToldWhenItsBudgetIsUsedUp()
    {
        SendResult[] results = [.. Enumerable.Range(0, 5).Select(_ => _node.Broadcast([1], 0, 1, 0))];

        Assert.Equal([.. Enumerable.Repeat(SendResult.Queued, 4), SendResult.Congested], results);
        Assert.Equal(SendResult.Congested, _node.Broadcast([1], 0, 1, 29_999));
        Assert.Equal(SendResult.Queued, _node.Broadcast([1], 0, 1, 30_000));
        Assert.Equal(2u, _node.Statistics.Congested);
    }

    [Fact]
    public void AStoreOfUntakenWhispersIsFullAndCostsNoBudget()
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.WhisperBurst = 17;
        NodeCore node = TestNetwork.Node(1, configuration);
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal(SendResult.Queued, node.Broadcast([1], 0, 1, 0));
        }

        ulong last = node.LastSentId;
        Assert.Equal(SendResult.StoreFull, node.Broadcast([1], 0, 1, 0));
        Assert.Equal(SendResult.StoreFull, node.Broadcast([1], 0, 1, 0));
        Assert.Equal(last, node.LastSentId);
        Assert.Equal(2u, node.Statistics.RefusedNoRoom);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(3, 1)]
    [InlineData(0, 4)]
    [InlineData(int.MaxValue, 1)]
    public void APayloadOutsideItsBufferIsTheCallersMistake(int offset, int count)
    {
        Assert.ThrowsAny<ArgumentException>(() => _node.Broadcast(new byte[3], offset, count, 0));
        Assert.ThrowsAny<ArgumentException>(() => _node.Resonate("a", new byte[3], offset, count, 0));
        Assert.Equal(0, _node.HeldFrames);
    }

    [Fact]
    public void APayloadThatIsNullIsTheCallersMistake()
    {
        Assert.Throws<ArgumentNullException>(() => _node.Broadcast(null, 0, 0, 0));
    }

    [Fact]
    public void CountersOfAFreshFrameAreJittered()
    {
        HashSet<int> hops = [];
        HashSet<int> lifetimes = [];
        byte[] frame = new byte[256];
        for (int seed = 0; seed < 300; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            node.Broadcast([1], 0, 1, 0);
            Assert.True(node.CopyFrame(node.LastSentId, frame));
            hops.Add(FrameCodec.ReadHopBudget(frame, 0, 256));
            lifetimes.Add(FrameCodec.ReadLifetimeUnits(frame, 0, 256));
        }

        Assert.Equal([8, 9, 10], hops.Order());
        Assert.InRange(lifetimes.Min(), 844, 846);
        Assert.InRange(lifetimes.Max(), 898, 900);
    }

    [Fact]
    public void AnExpiryHourIsSaidOnlyWithAClock()
    {
        byte[] frame = new byte[256];
        _node.Broadcast([1], 0, 1, 0);
        _node.CopyFrame(_node.LastSentId, frame);
        Assert.Equal(ExpiryHour.Unknown, frame[1]);

        _node.SetUnixTime(1_790_000_000, 5000);
        _node.Broadcast([1], 0, 1, 5000);
        _node.CopyFrame(_node.LastSentId, frame);
        Assert.Equal(ExpiryHour.Encode(1_790_000_000, 3600), frame[1]);

        _node.SetUnixTime(0, 6000);
        _node.Broadcast([1], 0, 1, 6000);
        _node.CopyFrame(_node.LastSentId, frame);
        Assert.Equal(ExpiryHour.Unknown, frame[1]);
    }

    [Fact]
    public void TheRingTakesFifteenIntentsBesideTheBroadcasts()
    {
        for (int i = 0; i < 15; i++)
        {
            Assert.True(_node.Tune("intent" + i));
        }

        Assert.False(_node.Tune("one more"));
        Assert.False(_node.Tune("one_more"));
        Assert.True(_node.Tune("intent0"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void ASeedOfAnotherSizeIsTheCallersMistake(int size)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);

        Assert.Throws<ArgumentException>(() => new NodeCore(configuration, new HmacSha256(), new byte[size], 0));
        Assert.Throws<ArgumentException>(() => new NodeCore(configuration, new HmacSha256(), null, 0));
    }

    [Fact]
    public void ConfigurationsThatCannotWorkAreTheCallersMistake()
    {
        AssertRefused(c => c.FrameSize = 255);
        AssertRefused(c => c.HopBudget = 2);
        AssertRefused(c => c.HopBudget = 11);
        AssertRefused(c => c.WhisperLifetimeSeconds = 59);
        AssertRefused(c => c.WhisperLifetimeSeconds = 86_401);
        AssertRefused(c => c.WhisperBurst = 0);
        AssertRefused(c => c.Limits = null);
        AssertRefused(c => c.Limits.Frames = 0);
        AssertRefused(c => c.Limits.Frames = 32_768);
        AssertRefused(c => c.Limits.StrangerFrames = 17);
        AssertRefused(c => c.Limits.StrangerFrames = -1);
        AssertRefused(c => c.Limits.SeenOwn = 16);
        AssertRefused(c => c.Limits.SeenStrangers = 4);
        AssertRefused(c => c.Limits.SeenStrangers = 32_769);
        AssertRefused(c => c.Limits.Links = 0);
        AssertRefused(c => c.Limits.Keys = 0);
        AssertRefused(c => c.Limits.Keys = 257);
        AssertRefused(c => c.Limits.OfferMax = 0);
        AssertRefused(c => c.Limits.OfferMax = 65);
        AssertRefused(c => c.Limits.Neighbours = 0);
        AssertRefused(c => c.Limits.Delivered = 0);
    }

    [Fact]
    public void AKeylessRelayNeedsToRememberAllItHolds()
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Keyless);
        configuration.Limits.SeenStrangers = configuration.Limits.Frames;

        Assert.Throws<ArgumentException>(() => TestNetwork.Node(1, configuration));
    }

    private static void AssertRefused(Action<NodeConfiguration> change)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        change(configuration);
        Assert.Throws<ArgumentException>(() => TestNetwork.Node(1, configuration));
    }
}
