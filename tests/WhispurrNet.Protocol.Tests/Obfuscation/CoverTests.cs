using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Obfuscation;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Obfuscation;

/// <summary>Cover frames: how many, when, and that nobody can tell them from whispers.</summary>
public class CoverTests
{
    private const long DayMs = 24L * 3600 * 1000;
    private const uint Now = 1790000000;

    [Fact]
    public void ASilentNodeSendsAboutOneEveryFiveMinutes()
    {
        NodeCore node = Node(1);
        List<long> times = [];
        Days(node, 4, nowMs => times.Add(nowMs));

        // 1,152 in four days on average; five standard deviations of a Poisson process.
        Assert.InRange(times.Count, 1152 - 170, 1152 + 170);
        Assert.Equal((uint)times.Count, node.Statistics.CoverFrames);
        double[] gaps = [.. times.Zip(times.Skip(1), (a, b) => (double)(b - a))];
        Assert.InRange(gaps.Count(g => g > 300_000) / (double)gaps.Length, 0.30, 0.44);
    }

    [Fact]
    public void AWhisperTakesThePlaceOfTheNextCoverFrame()
    {
        NodeCore node = Node(1);
        int stored = 0;
        long nextWhisperMs = 0;
        uint whispers = 0;
        Days(node, 4, _ => stored++, nowMs =>
        {
            if (nowMs >= nextWhisperMs)
            {
                nextWhisperMs = nowMs + (6 * 60 * 1000);
                whispers += node.Broadcast([1], 0, 1, nowMs) == SendResult.Queued ? 1u : 0u;
            }
        });

        // Whispers every six minutes, cover every five: both together are no more frames than cover alone.
        Assert.Equal((uint)stored, whispers + node.Statistics.CoverFrames);
        Assert.InRange(whispers, 880u, 961u);
        Assert.InRange(stored, 1152 - 170, 1152 + 170);
    }

    [Fact]
    public void CoverKeepsToTheOriginsBudgetAndEvictsNoLastCopy()
    {
        NodeConfiguration configuration = Stealth();
        configuration.WhisperBurst = 16;
        configuration.WhisperRefillMs = 1000;
        NodeCore node = TestNetwork.Node(1, configuration);
        while (node.Broadcast([1], 0, 1, 0) == SendResult.Queued)
        {
        }

        for (long nowMs = 0; nowMs < 50 * 60 * 1000; nowMs += 10_000)
        {
            node.HandleTimeout(nowMs);
        }

        Assert.Equal(0u, node.Statistics.CoverFrames);
        Assert.Equal(0u, node.Statistics.EvictedOwn);
        Assert.Equal(16, node.HeldFrames);
    }

    [Fact]
    public void ARelayWithoutKeysSendsNone()
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Keyless);
        configuration.Obfuscation = new StealthObfuscation();
        NodeCore node = TestNetwork.Node(1, configuration);
        Days(node, 1, _ => Assert.Fail("a frame"));
    }

    /// <summary>
    /// What relays and members see: cover is admitted, opens under no key that a member holds, has the size, the counters and
    /// the expiry hours of whispers, and its bytes are as even as those of sealed ones. The seed is fixed.
    /// </summary>
    [Fact]
    public void NobodyCanTellCoverFromWhispersToOthers()
    {
        byte[][] cover = Frames(cover: true), whispers = Frames(cover: false);
        NodeCore member = TestNetwork.Node(9);
        Assert.True(member.Tune("a"));
        member.SetUnixTime(Now, 0);
        WirePeer peer = new(member);
        peer.Meet();
        foreach (byte[] frame in cover.Concat(whispers))
        {
            Assert.Equal(256, frame.Length);
            Assert.Equal(FrameLayout.Version, frame[0]);
            Assert.Equal(0, member.CountKeysThatOpen(frame));
            peer.SendFrame(frame);
        }

        Assert.Equal((uint)(cover.Length + whispers.Length), member.Statistics.FramesOwn);
        Assert.Equal(0u, member.Statistics.FramesStranger);
        Assert.Equal(0u, member.Statistics.Matched);

        // Each value of what is in the clear comes about as often in both; sealed bytes are even in both.
        AssertAlike(cover, whispers, f => f[FrameLayout.ExpiryHourOffset]);
        AssertAlike(cover, whispers, f => f[253]);
        AssertAlike(cover, whispers, f => (int)ByteOrder.ReadUInt16(f, 254) / 8);
        AssertEven(cover);
        AssertEven(whispers);
    }

    private static void AssertAlike(byte[][] cover, byte[][] whispers, Func<byte[], int> valueOf)
    {
        Assert.Equal(cover.Length, whispers.Length);
        foreach (int value in cover.Concat(whispers).Select(valueOf).Distinct())
        {
            int one = cover.Count(f => valueOf(f) == value), other = whispers.Count(f => valueOf(f) == value);

            // The difference of two counts has the variance of their sum; four standard deviations.
            Assert.InRange(Math.Abs(one - other), 0, 4 * Math.Sqrt(one + other));
        }
    }

    /// <summary>Chi squared over the 256 values of tag, admission MAC, nonce and body: 255 degrees of freedom.</summary>
    private static void AssertEven(byte[][] frames)
    {
        double[] counts = new double[256];
        foreach (byte b in frames.SelectMany(f => f[2..253]))
        {
            counts[b]++;
        }

        double expected = counts.Sum() / 256;
        Assert.InRange(counts.Sum(c => (c - expected) * (c - expected) / expected), 255 - 113, 255 + 113);
    }

    /// <summary>Frames as they stand in the origin's store, at the same moments.</summary>
    private static byte[][] Frames(bool cover)
    {
        List<byte[]> frames = [];
        for (int seed = 1; frames.Count < 600; seed++)
        {
            NodeConfiguration configuration = Stealth();
            configuration.Obfuscation = cover ? new StealthObfuscation() : null;
            configuration.WhisperRefillMs = 1;
            NodeCore node = TestNetwork.Node(seed, configuration);
            node.SetUnixTime(Now, 0);
            Recorder recorder = new();
            node.Observer = recorder;
            for (long nowMs = 0; recorder.Stored.Count == 0; nowMs += 60_000)
            {
                node.SetUnixTime(Now, nowMs);
                node.HandleTimeout(nowMs);
                if (!cover)
                {
                    Assert.Equal(SendResult.Queued, node.Resonate("elsewhere", [1, 2], 0, 2, nowMs));
                }
            }

            byte[] frame = new byte[256];
            Assert.True(node.CopyFrame(recorder.Stored[0].Id, frame));
            frames.Add(frame);
        }

        return [.. frames];
    }

    private static void Days(NodeCore node, int days, Action<long> onFrame, Action<long>? each = null)
    {
        Recorder recorder = new();
        node.Observer = recorder;
        for (long nowMs = 0; nowMs < days * DayMs; nowMs = Math.Min(node.NextDeadlineMs, nowMs + 60_000))
        {
            node.HandleTimeout(nowMs);
            each?.Invoke(nowMs);
            recorder.Stored.ForEach(_ => onFrame(nowMs));
            recorder.Stored.Clear();
        }
    }

    private static NodeConfiguration Stealth()
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.Obfuscation = new StealthObfuscation();
        return configuration;
    }

    private static NodeCore Node(int seed)
    {
        NodeConfiguration configuration = Stealth();
        configuration.Limits = NodeLimits.Full();
        return TestNetwork.Node(seed, configuration);
    }
}
