using WhispurrNet.Protocol.Gossip;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

/// <summary>Strangers' frames that found no room: seen for a while, then taken again.</summary>
public class PostponedFramesTests
{
    private readonly FrameStore _held = new(4, 256, 1);
    private readonly SeenCache _seen = new(16, null);
    private readonly PostponedFrames _postponed = new();

    [Fact]
    public void APostponedFrameIsForgottenAfterAMinute()
    {
        Postpone(7, 1000);
        _postponed.Release(_seen, _held, 60_999);
        Assert.NotEqual(SeenCache.None, _seen.Find(7));
        _postponed.Release(_seen, _held, 61_000);

        Assert.Equal(SeenCache.None, _seen.Find(7));
    }

    [Fact]
    public void OthersStaySeen()
    {
        _seen.Add(6);
        Postpone(7, 0);
        _postponed.Release(_seen, _held, 60_000);

        Assert.NotEqual(SeenCache.None, _seen.Find(6));
    }

    [Fact]
    public void TheWaitDoublesUpToSixteenMinutes()
    {
        long nowMs = 0;
        foreach (int minutes in new[] { 1, 2, 4, 8, 16, 16 })
        {
            Postpone(7, nowMs);
            nowMs += minutes * 60_000;
            _postponed.Release(_seen, _held, nowMs - 1);
            Assert.NotEqual(SeenCache.None, _seen.Find(7));
            _postponed.Release(_seen, _held, nowMs);
            Assert.Equal(SeenCache.None, _seen.Find(7));
        }
    }

    [Fact]
    public void HandingOneOnMakesTheWaitShortAgain()
    {
        Postpone(7, 0);
        _postponed.Release(_seen, _held, 60_000);
        _postponed.NoteHandedOn();
        Postpone(7, 60_000);
        _postponed.Release(_seen, _held, 120_000);

        Assert.Equal(SeenCache.None, _seen.Find(7));
    }

    [Fact]
    public void OfMoreThanEightTheOldestStaySeen()
    {
        for (ulong id = 1; id <= 10; id++)
        {
            Postpone(id, 0);
        }

        _postponed.Release(_seen, _held, 60_000);

        Assert.Equal([1, 2], Enumerable.Range(1, 10).Where(id => _seen.Find((ulong)id) != SeenCache.None));
    }

    private void Postpone(ulong id, long nowMs)
    {
        if (_seen.Find(id) == SeenCache.None)
        {
            _seen.Add(id);
        }

        _postponed.Add(id, nowMs);
    }
}
