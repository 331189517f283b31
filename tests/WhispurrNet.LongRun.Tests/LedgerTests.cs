using WhispurrNet.LongRun.Ledger;
using Xunit;

namespace WhispurrNet.LongRun.Tests;

/// <summary>What counts as a path, and so as a loss.</summary>
public sealed class LedgerTests
{
    private const long Minute = 60_000;
    private const long Over = 5 * 60 * Minute;

    private readonly WhisperLedger _ledger = new();

    [Fact]
    public void WhatWasReadIsDelivered()
    {
        _ledger.Sent(0, "a", "w", ["b"]);
        _ledger.Read("b", "w");
        _ledger.Settle(Over);
        AssertDecided(delivered: 1, withoutPath: 0, lost: 0);
    }

    [Fact]
    public void WithoutMeetingsThereIsNoPath()
    {
        _ledger.Sent(0, "a", "w", ["b"]);
        _ledger.Settle(Over);
        AssertDecided(delivered: 0, withoutPath: 1, lost: 0);
    }

    [Fact]
    public void OneMeetingMayHaveBeenTooShortForIt()
    {
        _ledger.Sent(0, "a", "w", ["b"]);
        _ledger.Met("a", "b", Minute, 2 * Minute);
        _ledger.Settle(Over);
        AssertDecided(delivered: 0, withoutPath: 1, lost: 0);
    }

    [Fact]
    public void AfterTwoMeetingsItIsLost()
    {
        _ledger.Sent(0, "a", "w", ["b"]);
        MeetTwice("a", "b", Minute);
        _ledger.Settle(Over);
        AssertDecided(delivered: 0, withoutPath: 0, lost: 1);
    }

    [Fact]
    public void AMeetingThatBeganBeforeTheGiverHadItIsNoPath()
    {
        _ledger.Sent(2 * Minute, "a", "w", ["b"]);
        _ledger.Met("a", "b", Minute, 3 * Minute);
        _ledger.Met("a", "b", 4 * Minute, 5 * Minute);
        _ledger.Settle(Over);
        AssertDecided(delivered: 0, withoutPath: 1, lost: 0);
    }

    [Fact]
    public void APathLeadsOverOthersInOrderOfTime()
    {
        _ledger.Sent(0, "a", "forth", ["c"]);
        _ledger.Sent(0, "c", "back", ["a"]);
        MeetTwice("a", "b", Minute);
        MeetTwice("b", "c", 10 * Minute);
        _ledger.Settle(Over);
        AssertDecided(delivered: 0, withoutPath: 1, lost: 1);
        Assert.Equal("forth", _ledger.Lost[0].Id);
    }

    [Fact]
    public void APathEndsWithTheHourOfTheWhisper()
    {
        _ledger.Sent(0, "a", "w", ["b"]);
        MeetTwice("a", "b", WhisperLedger.ReachMs);
        _ledger.Settle(Over);
        AssertDecided(delivered: 0, withoutPath: 1, lost: 0);
    }

    [Fact]
    public void WhoLosesPowerCarriesNothingOn()
    {
        _ledger.Sent(0, "a", "w", ["c"]);
        MeetTwice("a", "b", Minute);
        _ledger.Forgot(8 * Minute, "b");
        MeetTwice("b", "c", 10 * Minute);
        _ledger.Settle(Over);
        AssertDecided(delivered: 0, withoutPath: 1, lost: 0);
    }

    [Theory]
    [InlineData(10_000, 0)]
    [InlineData(70_000, 1)]
    public void AnAddresseeNeedsTimeToRead(long onMs, int lost)
    {
        _ledger.Sent(0, "a", "w", ["b"]);
        MeetTwice("a", "b", Minute);
        _ledger.Forgot((5 * Minute) + onMs, "b");
        _ledger.Settle(Over);
        AssertDecided(delivered: 0, withoutPath: 1 - lost, lost: lost);
    }

    [Fact]
    public void WhatComesToABoardWithoutMemoryMayBeDropped()
    {
        _ledger.Sent(0, "a", "w", ["b"]);
        _ledger.Shortage("b", begins: true);
        MeetTwice("a", "b", Minute);
        _ledger.Shortage("b", begins: false);
        MeetTwice("a", "b", 10 * Minute);
        _ledger.Settle(Over);
        AssertDecided(delivered: 0, withoutPath: 1, lost: 0);
    }

    private void MeetTwice(string first, string second, long fromMs)
    {
        _ledger.Met(first, second, fromMs, fromMs + Minute);
        _ledger.Met(first, second, fromMs + (3 * Minute), fromMs + (4 * Minute));
    }

    private void AssertDecided(int delivered, int withoutPath, int lost)
    {
        Assert.Equal(delivered, _ledger.Delivered);
        Assert.Equal(withoutPath, _ledger.WithoutPath);
        Assert.Equal(lost, _ledger.Lost.Count);
        Assert.Equal(0, _ledger.Open);
    }
}
