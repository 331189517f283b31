using WhispurrNet.Protocol.Node;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Clock;

/// <summary>What holds whatever neighbours say, in any order.</summary>
public class ClockPropertyTests
{
    private const uint T = 1_790_000_000;
    private const int Peers = 12;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    /// <summary>
    /// Any words of any peers: between two different times lies an hour without one, and the clock never runs faster or
    /// slower than it may.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void ItStepsOnceAndSlewsWithinItsBound(int seed)
    {
        Random random = new(seed);
        PeerClock clock = new(Peers, new NodeStatistics(), 0);
        int[] groups = [0, 30, 70, 1000, 100_000, -5_000_000];
        double takenSeconds = 0;
        long nowMs = 0;
        long takenMs = 0;
        long givenUpMs = 0;
        ClockSource before = ClockSource.None;
        for (int i = 0; i < 20_000; i++)
        {
            nowMs += random.Next(40_000);
            uint told = random.Next(10) switch
            {
                0 => 0,
                1 => (uint)random.NextInt64(1L << 32),
                _ => (uint)(T + (nowMs / 1000) + groups[random.Next(1 + ((seed + (i / 2000)) % groups.Length))]),
            };
            bool stepped = clock.Heard(random.Next(Peers), random.Next(8) > 0, told, nowMs);

            bool isSet = clock.Source == ClockSource.Neighbours;
            double offset = clock.UnixSeconds(nowMs) - (nowMs / 1000.0);
            Assert.Equal(stepped, before != clock.Source);
            Assert.True(isSet || clock.UnixSeconds(nowMs) == 0);
            if (stepped && isSet)
            {
                Assert.True(nowMs - givenUpMs >= PeerClock.SettleMs);
                (takenMs, takenSeconds) = (nowMs, offset);
            }
            else if (stepped)
            {
                givenUpMs = nowMs;
            }

            if (isSet)
            {
                double bound = ((nowMs - takenMs) / 1000.0 / PeerClock.SlewPart) + 1 + 1;
                Assert.InRange(offset, takenSeconds - bound, takenSeconds + bound);
            }

            before = clock.Source;
        }
    }

    /// <summary>The same words of the same peers in another order within an hour set the same time.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheOrderOfWordsDoesNotMatter(int seed)
    {
        Random random = new(seed);
        int[] offsets = [.. Enumerable.Range(0, Peers).Select(i => random.Next(3) == 0 ? 9000 * i : random.Next(31))];
        HashSet<uint> times = [];
        for (int round = 0; round < 20; round++)
        {
            PeerClock clock = new(Peers, new NodeStatistics(), 0);
            int[] order = [.. Enumerable.Range(0, Peers)];
            random.Shuffle(order);
            for (long nowMs = 0; nowMs <= 2 * PeerClock.SettleMs; nowMs += PeerClock.SettleMs)
            {
                foreach (int peer in order)
                {
                    clock.Heard(peer, true, (uint)(T + (nowMs / 1000) + offsets[peer]), nowMs);
                }
            }

            times.Add(clock.UnixSeconds(2 * PeerClock.SettleMs));
        }

        Assert.Single(times);
    }
}
