using WhispurrNet.Protocol.Node;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Clock;

/// <summary>When a clock is taken from neighbours, kept, corrected and given up.</summary>
public class PeerClockTests
{
    private const uint T = 1_790_000_000;
    private const int Peers = 16;
    private const long Start = 5_000;
    private const long MinuteMs = 60_000;

    private readonly NodeStatistics _statistics = new();
    private readonly PeerClock _clock;
    private long _nowMs = Start;

    public PeerClockTests()
    {
        _clock = new PeerClock(Peers, _statistics, Start);
    }

    private uint Now => _clock.UnixSeconds(_nowMs);

    /// <summary>The true time of these tests.</summary>
    private uint True => T + (uint)((_nowMs - Start) / 1000);

    [Fact]
    public void ANewClockIsNotSet()
    {
        Assert.Equal(ClockSource.None, _clock.Source);
        Assert.Equal(0u, Now);
        Assert.Equal(0u, _clock.UnixSecondsToTell(_nowMs));
    }

    [Fact]
    public void ThreeWhoAgreeSetItWhenAnHourHasShownNobodyElse()
    {
        Hear(0, 0);
        Hear(1, 20);
        Hear(2, -10);
        Wait(59);
        Hear(0, 0);
        Assert.Equal(ClockSource.None, _clock.Source);

        Wait(1);
        Assert.True(Hear(1, 20));

        Assert.Equal(ClockSource.Neighbours, _clock.Source);
        Assert.Equal(True, Now);
    }

    /// <summary>Or neighbours would confirm each other what both have from a third.</summary>
    [Fact]
    public void OnlyTheApplicationsTimeIsToldToOthers()
    {
        Believe();
        Assert.Equal(0u, _clock.UnixSecondsToTell(_nowMs));
        _clock.Set(T, _nowMs);
        Assert.Equal(T, _clock.UnixSecondsToTell(_nowMs));
    }

    [Fact]
    public void TwoAreNotEnoughHoweverLongTheyAgree()
    {
        for (int i = 0; i < 1000; i++)
        {
            Hear(0, 0);
            Hear(1, 0);
            Wait(7);
        }

        Assert.Equal(ClockSource.None, _clock.Source);
    }

    [Fact]
    public void WhoIsNotProvenIsNotHeard()
    {
        for (int i = 0; i < 100; i++)
        {
            for (int peer = 0; peer < Peers; peer++)
            {
                Assert.False(_clock.Heard(peer, false, True, _nowMs));
                Assert.False(_clock.Heard(-1, true, True, _nowMs));
            }

            Wait(7);
        }

        Assert.Equal(ClockSource.None, _clock.Source);
    }

    [Fact]
    public void OneWhoSpeaksOftenCountsOnce()
    {
        Hear(1, 5000);
        for (int i = 0; i < 1000; i++)
        {
            Hear(0, 0);
            Wait(1);
        }

        Assert.Equal(ClockSource.None, _clock.Source);
    }

    /// <summary>Who is contradicted must be most of all, those without a clock included.</summary>
    [Theory]
    [InlineData(3, 3, 0, false)]
    [InlineData(3, 2, 0, true)]
    [InlineData(3, 2, 1, false)]
    [InlineData(3, 0, 3, true)]
    [InlineData(3, 0, 13, true)]
    [InlineData(3, 1, 12, false)]
    [InlineData(2, 0, 0, false)]
    [InlineData(9, 7, 0, true)]
    [InlineData(8, 7, 1, false)]
    public void TheyAreAllWhoTellOrMostOfAll(int agree, int others, int silent, bool isSet)
    {
        for (int minute = 0; minute <= 62; minute++)
        {
            All(agree, others, silent);
            Wait(1);
        }

        Assert.Equal(isSet ? True : 0, Now);
    }

    [Fact]
    public void TheOnlyNeighbourIsBelievedAfterAnHour()
    {
        Hear(4, 0);
        Wait(59);
        Assert.False(Hear(4, 0));
        Wait(1);
        Assert.True(Hear(4, 0));

        Assert.Equal(ClockSource.Neighbours, _clock.Source);
        Assert.Equal(True, Now);
    }

    [Fact]
    public void ASecondNeighbourWithoutAClockForbidsToBelieveTheFirst()
    {
        Hear(4, 0);
        Silent(5);
        for (int i = 0; i < 100; i++)
        {
            Hear(4, 0);
            Wait(5);
        }

        Assert.Equal(ClockSource.None, _clock.Source);
    }

    [Fact]
    public void OneWordAgainstTheOnlyNeighboursIsEnoughToDoubtBoth()
    {
        BelieveOne(100_000);
        Silent(5);
        Assert.False(Hear(6, 100_010));

        Assert.True(Hear(7, 0));

        Assert.Equal(ClockSource.None, _clock.Source);
        Assert.Equal(0u, Now);
        for (int i = 0; i < 61; i++)
        {
            Hear(4, 100_000);
            Silent(5);
            Hear(6, 0);
            Hear(7, 0);
            Hear(8, 0);
            Wait(1);
        }

        Assert.Equal(True, Now);
    }

    /// <summary>Where one told the time when the node was alone, the next three have to tell it for an hour.</summary>
    [Fact]
    public void WhoeverTellsFirstGainsNothingByIt()
    {
        Hear(0, 0);
        Silent(1);
        for (int i = 0; i < 100; i++)
        {
            Wait(2);
            Hear(0, 0);
        }

        Hear(2, 0);
        Hear(3, 0);
        Assert.Equal(0u, Now);
        Wait(61);
        Hear(0, 0);
        Assert.Equal(True, Now);
    }

    [Fact]
    public void TheApplicationIsNeverOverruled()
    {
        _clock.Set(T - 100_000, Start);
        for (int minute = 0; minute < 300; minute++)
        {
            Assert.False(All(10, 0, 0));
            Wait(1);
        }

        Assert.Equal(ClockSource.Application, _clock.Source);
        Assert.Equal(True - 100_000, Now);
    }

    [Fact]
    public void AnApplicationThatKnowsNothingTakesNothingFromNeighboursTime()
    {
        Believe();
        _clock.Set(0, _nowMs);
        Assert.Equal(True, Now);
        Assert.Equal(ClockSource.Neighbours, _clock.Source);
    }

    [Fact]
    public void AnApplicationThatNoLongerKnowsLeavesItToNeighboursAgain()
    {
        _clock.Set(T, Start);
        All(3, 0, 0);
        Wait(200);
        _clock.Set(0, _nowMs);
        Assert.Equal(ClockSource.None, _clock.Source);
        Assert.Equal(0u, Now);
        Assert.False(All(3, 0, 0));
        Wait(61);
        Assert.True(All(3, 0, 0));
        Assert.Equal(True, Now);
    }

    [Fact]
    public void TheApplicationMayStepBackAndForth()
    {
        Believe();
        foreach (uint time in new[] { T - 1_000_000, T + 1_000_000, 7u })
        {
            _clock.Set(time, _nowMs);
            Assert.Equal(time, Now);
            Assert.Equal(ClockSource.Application, _clock.Source);
        }
    }

    /// <summary>1970 is where a board begins that was never told the time; such a time is no time.</summary>
    [Theory]
    [InlineData(1u)]
    [InlineData(3600u)]
    [InlineData(PeerClock.EarliestUnixSeconds - 1)]
    public void ATimeFromBeforeThereWereClocksIsRefusedAndCounted(uint unixSeconds)
    {
        for (int i = 0; i < 70; i++)
        {
            for (int peer = 0; peer < 5; peer++)
            {
                _clock.Heard(peer, true, unixSeconds, _nowMs);
            }

            Wait(1);
        }

        Assert.Equal(ClockSource.None, _clock.Source);
        Assert.Equal(350u, _statistics.ClocksRefused);
    }

    [Fact]
    public void TheEarliestTimeIsNotRefused()
    {
        for (int minute = 0; minute <= 61; minute++)
        {
            for (int peer = 0; peer < 3; peer++)
            {
                _clock.Heard(peer, true, PeerClock.EarliestUnixSeconds + (uint)(60 * minute), _nowMs);
            }

            Wait(1);
        }

        Assert.Equal(ClockSource.Neighbours, _clock.Source);
        Assert.Equal(0u, _statistics.ClocksRefused);
    }

    [Fact]
    public void ItIsGivenUpWhenMostOfAllNoLongerTellItAndSetAgainAnHourLater()
    {
        Believe();
        Hear(3, 4000);
        Assert.Equal(True, Now);
        Hear(4, 4000);
        Assert.Equal(True, Now);

        Assert.True(Hear(5, 4000));
        Assert.Equal(0u, Now);
        Hear(6, 4000);
        for (int i = 0; i < 59; i++)
        {
            Wait(1);
            Assert.False(Hear(6, 4000));
            Assert.Equal(0u, Now);
        }

        Wait(1);
        Assert.True(Hear(6, 4000));
        Assert.Equal(True + 4000, Now);
    }

    [Fact]
    public void WhoWasNotHeardForFourHoursDoesNotCount()
    {
        Hear(0, 0);
        Hear(1, 0);
        Wait(PeerClock.SampleMinutes + 1);
        Hear(2, 0);
        Wait(30);
        Hear(3, 0);
        Wait(60);
        Hear(3, 0);
        Assert.Equal(ClockSource.None, _clock.Source);
        Hear(2, 0);
        Wait(1);
        Hear(4, 0);
        Assert.Equal(ClockSource.Neighbours, _clock.Source);
    }

    /// <summary>Samples are kept in minutes modulo 65,535, and as seconds of 32 bits.</summary>
    [Fact]
    public void ItWorksAfterYears()
    {
        _nowMs += 20L * 365 * 24 * 60 * MinuteMs;
        Believe();
        Assert.Equal(True, Now);
    }

    [Fact]
    public void TimesAtTheEndOfTheirRangeDoNoLastingHarm()
    {
        for (int minute = 0; minute < 200; minute++)
        {
            for (int peer = 0; peer < 5; peer++)
            {
                _clock.Heard(peer, true, uint.MaxValue, _nowMs);
            }

            Wait(1);
        }

        Assert.Equal(0u, _statistics.ClocksRefused);
        Wait(PeerClock.SampleMinutes + 1);
        Believe();
        Assert.Equal(True, Now);
    }

    [Fact]
    public void ItSlewsTowardsTheMedianAndNoFasterThanItMay()
    {
        Believe();
        long tookMs = _nowMs;
        long before = Now - True;
        while (Now - True < 30)
        {
            All(2, 0, 0);
            for (int peer = 2; peer < 5; peer++)
            {
                Hear(peer, 40);
            }

            Wait(1);
            Assert.True(Now - True - before <= ((_nowMs - tookMs) / 1000 / PeerClock.SlewPart) + 2);
            Assert.True(_nowMs - tookMs < 60 * 60 * MinuteMs, "40 s take less than 60 h");
        }
    }

    private void Believe()
    {
        for (int minute = 0; minute <= 61; minute++)
        {
            All(3, 0, 0);
            Wait(1);
        }

        Assert.Equal(ClockSource.Neighbours, _clock.Source);
    }

    private void BelieveOne(int off)
    {
        Hear(4, off);
        Wait(60);
        Assert.True(Hear(4, off));
    }

    private bool All(int agree, int others, int silent)
    {
        bool stepped = false;
        for (int i = 0; i < agree; i++)
        {
            stepped |= Hear(i, 0);
        }

        for (int i = 0; i < others; i++)
        {
            stepped |= Hear(agree + i, 100_000);
        }

        for (int i = 0; i < silent; i++)
        {
            Silent(agree + others + i);
        }

        return stepped;
    }

    private bool Hear(int peer, int offSeconds)
    {
        return _clock.Heard(peer, true, (uint)(True + offSeconds), _nowMs);
    }

    private void Silent(int peer)
    {
        Assert.False(_clock.Heard(peer, true, 0, _nowMs));
    }

    private void Wait(int minutes)
    {
        _nowMs += minutes * MinuteMs;
    }
}
