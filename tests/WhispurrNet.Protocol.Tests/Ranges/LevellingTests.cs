using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Ranges;

/// <summary>Two gateways that compare ranges end with what both had, and say little.</summary>
public class LevellingTests
{
    private const int Full = 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(256)]
    public void FullStoresGiveEachOtherWhatTheyLack(int differences)
    {
        int only = (differences + 1) / 2;
        byte[][] both = RangeBench.Frames(0, Full - only);
        byte[][] first = RangeBench.Frames(Full, only), second = RangeBench.Frames(2 * Full, only);
        (NodeCore a, Recorder heardByA) = Filled(1, [.. both, .. first]);
        (NodeCore b, Recorder heardByB) = Filled(2, [.. second, .. both]);
        Assert.Equal((Full, Full), (a.HeldFrames, b.HeldFrames));

        RangeBench.Run(RangeBench.Stream(a, b), 0, 3000);

        Assert.Equal(IdsOf(second), heardByA.Stored.Select(s => s.Id).ToHashSet());
        Assert.Equal(IdsOf(first), heardByB.Stored.Select(s => s.Id).ToHashSet());
        Assert.Equal(0u, a.Statistics.Duplicates + b.Statistics.Duplicates);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 600)]
    [InlineData(600, 0)]
    [InlineData(20, 900)]
    [InlineData(400, 400)]
    public void StoresOfAnySizeBecomeOne(int held, int heldByOther)
    {
        NodeCore a = RangeBench.Node(1), b = RangeBench.Node(2);
        RangeBench.Fill(a, RangeBench.Frames(0, held));
        RangeBench.Fill(b, RangeBench.Frames(held, heldByOther));

        RangeBench.Run(RangeBench.Stream(a, b), 0, 3000);

        Assert.Equal((held + heldByOther, held + heldByOther), (a.HeldFrames, b.HeldFrames));
    }

    [Fact]
    public void AnyTwoSetsBecomeOne()
    {
        Arbitrary<(int, int, int)> sizes =
            (from both in Gen.Choose(0, 300)
             from first in Gen.Choose(0, 40)
             from second in Gen.Choose(0, 40)
             select (both, first, second)).ToArbitrary();
        Prop.ForAll(sizes, s =>
        {
            (int both, int first, int second) = s;
            NodeCore a = RangeBench.Node(both + 1), b = RangeBench.Node(both + 1000);
            byte[][] frames = RangeBench.Frames(0, both + first + second);
            RangeBench.Fill(a, frames[..(both + first)]);
            RangeBench.Fill(b, [.. frames[..both], .. frames[(both + first)..]]);
            RangeBench.Run(RangeBench.Stream(a, b), 0, 3000);
            return a.HeldFrames == frames.Length && b.HeldFrames == frames.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [Fact]
    public void FramesMayComeAndGoMeanwhile()
    {
        NodeCore a = RangeBench.Node(1), b = RangeBench.Node(2);
        byte[][] frames = RangeBench.Frames(0, 500);
        FrameMaker maker = new(7);
        RangeBench.Fill(a, [.. frames[..400], .. Enumerable.Range(0, 50).Select(i => maker.Broadcast(lifetimeUnits: 2 + (i % 5)))]);
        RangeBench.Fill(b, frames[100..]);
        LinkPair pair = RangeBench.Stream(a, b);
        WirePeer source = new(a);
        source.Meet();
        byte[][] late = RangeBench.Frames(500, 60);
        int next = 0;

        // One new frame after every few units that the two exchange, and many that end in between.
        for (long nowMs = 0; nowMs < 30_000; nowMs += 100)
        {
            a.HandleTimeout(nowMs);
            b.HandleTimeout(nowMs);
            pair.Run(nowMs, pair.Units + 4);
            source.NowMs = nowMs;
            if (next < late.Length)
            {
                source.SendFrame(late[next]);
                next++;
            }
        }

        byte[] copy = new byte[256];
        foreach (ulong id in IdsOf([.. frames, .. late]))
        {
            Assert.True(a.CopyFrame(id, copy), "the first lacks a frame");
            Assert.True(b.CopyFrame(id, copy), "the second lacks a frame");
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void WhoCannotIsOfferedEverything(bool wide, bool otherIsWide)
    {
        NodeCore a = RangeBench.Node(1, wide), b = RangeBench.Node(2, otherIsWide);
        RangeBench.Fill(a, RangeBench.Frames(0, 100));
        RangeBench.Fill(b, RangeBench.Frames(50, 100));

        RangeBench.Run(RangeBench.Stream(a, b), 0, 12_000);

        Assert.Equal((150, 150), (a.HeldFrames, b.HeldFrames));
        Assert.Equal(0u, a.Statistics.RecordsUnknown + b.Statistics.RecordsUnknown);
    }

    [Fact]
    public void ABoardLevelsOutWithAGatewayOverAContactAndAStream()
    {
        NodeCore gateway = RangeBench.Node(1);
        NodeCore board = TestNetwork.Node(2, limits: NodeLimits.Full());
        RangeBench.Fill(gateway, RangeBench.Frames(0, 20));
        RangeBench.Fill(board, RangeBench.Frames(10, 20));
        LinkPair.Contact(gateway, board);
        Assert.Equal((30, 30), (gateway.HeldFrames, board.HeldFrames));

        RangeBench.Fill(gateway, RangeBench.Frames(30, 20));
        RangeBench.Run(RangeBench.Stream(board, gateway), 0, 12_000);
        Assert.Equal((50, 50), (gateway.HeldFrames, board.HeldFrames));
    }

    [Fact]
    public void RangesTakeAFractionOfTheBytesAndOfTheTime()
    {
        (long bytes, long ms) = Cost(wide: true, 1000, 10);
        (long flatBytes, long flatMs) = Cost(wide: false, 1000, 10);

        // The figures stand in tools/ReconcileStudy/README.md.
        string said = $"{bytes} bytes in {ms} ms instead of {flatBytes} in {flatMs}";
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.True(bytes * 4 < flatBytes, said);
        Assert.True(ms <= 2000 && flatMs >= 20_000, said);
    }

    [Fact]
    public void WhatAgreesIsComparedAgainEveryFiveMinutesForAHundredBytes()
    {
        NodeCore a = RangeBench.Node(1), b = RangeBench.Node(2);
        RangeBench.Fill(a, RangeBench.Frames(0, 900));
        RangeBench.Fill(b, RangeBench.Frames(0, 900));
        LinkPair pair = RangeBench.Stream(a, b);
        long before = RangeBench.BytesBesidesFrames(a, b);
        RangeBench.Run(pair, 0, 10_000);
        long opening = RangeBench.BytesBesidesFrames(a, b) - before;

        // Two pings and pongs a minute at most, and one comparison.
        RangeBench.Run(pair, 10_100, 305_000);
        long later = RangeBench.BytesBesidesFrames(a, b) - before - opening;

        Assert.InRange(opening, 100, 900);
        Assert.Equal(0, (later - 100) % 21);
    }

    private static (long Bytes, long Ms) Cost(bool wide, int held, int differences)
    {
        int only = differences / 2;
        NodeCore a = RangeBench.Node(1, wide), b = RangeBench.Node(2, wide);
        byte[][] both = RangeBench.Frames(0, held - only);
        RangeBench.Fill(a, [.. both, .. RangeBench.Frames(held, only)]);
        RangeBench.Fill(b, [.. RangeBench.Frames(2 * held, only), .. both]);
        long before = RangeBench.BytesBesidesFrames(a, b);
        LinkPair pair = RangeBench.Stream(a, b);
        long level = -1, silent = -1, last = 0;
        RangeBench.Run(pair, 0, 100_000, nowMs =>
        {
            bool isLevel = a.HeldFrames == held + only && b.HeldFrames == held + only;
            level = level < 0 && isLevel ? nowMs : level;
            long said = RangeBench.BytesBesidesFrames(a, b);

            // Pings begin 20 s after the last word.
            silent = said != last && nowMs - silent < 20_000 ? nowMs : silent;
            last = said == last || nowMs - silent < 20_000 ? said : last;
        });
        Assert.True(level >= 0, "the two do not level out");
        return (last - before, level);
    }

    private static (NodeCore Node, Recorder Recorder) Filled(int seed, byte[][] frames)
    {
        NodeCore node = RangeBench.Node(seed);
        RangeBench.Fill(node, frames);
        Recorder recorder = new();
        node.Observer = recorder;
        return (node, recorder);
    }

    private static HashSet<ulong> IdsOf(byte[][] frames) => [.. frames.Select(RangeBench.IdOf)];
}
