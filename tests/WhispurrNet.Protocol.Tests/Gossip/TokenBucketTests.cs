using WhispurrNet.Protocol.Gossip;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

public class TokenBucketTests
{
    [Fact]
    public void ABurstMayBeTakenAtOnceAndNoMore()
    {
        Bucket bucket = new(4, 1000);

        Assert.Equal([true, true, true, true, false], Enumerable.Range(0, 5).Select(_ => bucket.TryTake(500)));
    }

    [Fact]
    public void OneMoreComesWithEachRefill()
    {
        Bucket bucket = new(1, 1000);
        Assert.True(bucket.TryTake(0));

        Assert.False(bucket.TryTake(999));
        Assert.True(bucket.TryTake(1000));
        Assert.False(bucket.TryTake(1999));
        Assert.True(bucket.TryTake(2000));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1500)]
    [InlineData(1_000_000_000)]
    public void ARestIsWorthNoMoreThanTheBurst(long restMs)
    {
        Bucket bucket = new(2, 1000);

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => bucket.TryTake(restMs)));
    }

    [Fact]
    public void CanTakeTakesNothing()
    {
        Bucket bucket = new(1, 1000);

        Assert.True(bucket.CanTake(0));
        Assert.True(bucket.CanTake(0));
        Assert.True(bucket.TryTake(0));
        Assert.False(bucket.CanTake(0));
    }

    [Fact]
    public void OverAnyTimeNoMoreIsTakenThanBurstAndRefillAllow()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            Bucket bucket = new(3, 700);
            long nowMs = 0;
            int taken = 0;
            for (int i = 0; i < 2000; i++)
            {
                nowMs += random.Next(500);
                taken += bucket.TryTake(nowMs) ? 1 : 0;

                Assert.True(taken <= 3 + (nowMs / 700));
            }

            // Asked far more often than it refills, it gives everything it may.
            Assert.InRange(taken, nowMs / 700, 3 + (nowMs / 700));
        }
    }

    [Fact]
    public void AClockThatGoesBackMakesNoCredit()
    {
        Bucket bucket = new(1, 1000);
        Assert.True(bucket.TryTake(10_000));
        Assert.False(bucket.TryTake(0));

        Assert.False(bucket.TryTake(10_999));
        Assert.True(bucket.TryTake(11_000));
    }

    /// <summary>A bucket and when it is full again.</summary>
    private sealed class Bucket(uint burst, uint refillMs)
    {
        private long _fullMs = TokenBucket.Full;

        public bool CanTake(long nowMs)
        {
            return TokenBucket.CanTake(_fullMs, burst, refillMs, nowMs);
        }

        public bool TryTake(long nowMs)
        {
            bool can = CanTake(nowMs);
            _fullMs = can ? TokenBucket.Take(_fullMs, refillMs, nowMs) : _fullMs;
            return can;
        }
    }
}
