using WhispurrNet.Protocol.Frames;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Frames;

public class ExpiryHourTests
{
    private const uint Hour = 3600;
    private const uint Start = 1_790_000_000 / Hour * Hour;

    [Fact]
    public void NoClockIsSaidAsUnknown()
    {
        Assert.Equal(ExpiryHour.Unknown, ExpiryHour.Encode(0, 86_400));
    }

    [Fact]
    public void AClockNeverSaysUnknown()
    {
        for (uint hour = 0; hour < 600; hour++)
        {
            Assert.NotEqual(ExpiryHour.Unknown, ExpiryHour.Encode(Start + (hour * Hour), 0));
        }
    }

    [Fact]
    public void WithoutAClockOnEitherSideNothingIsJudged()
    {
        Assert.Equal(uint.MaxValue, ExpiryHour.SecondsLeft(ExpiryHour.Unknown, Start));
        Assert.Equal(uint.MaxValue, ExpiryHour.SecondsLeft(77, 0));
    }

    /// <summary>
    /// Every hour of two turns of the byte, seen from one hour: 0 to 26 ahead holds, everything else is refused.
    /// </summary>
    [Fact]
    public void EveryByteSeenFromEveryHourIsJudgedByItsDistance()
    {
        for (uint turn = 0; turn < 510; turn++)
        {
            uint now = Start + (turn * Hour) + 1234;
            for (int ahead = -100; ahead <= 154; ahead++)
            {
                byte encoded = (byte)(1 + (((now / Hour) + ahead) % 255));
                uint expected = ahead is >= 0 and <= 26 ? (uint)((ahead + 1) * Hour) - 1234 : 0;

                Assert.Equal(expected, ExpiryHour.SecondsLeft(encoded, now));
            }
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(3600u)]
    [InlineData(21_600u)]
    [InlineData(86_400u)]
    public void AnHonestFrameLivesItsLifetimeAndAtMostTwoHoursMore(uint lifetime)
    {
        for (uint at = 0; at < 260 * Hour; at += 599)
        {
            uint left = ExpiryHour.SecondsLeft(ExpiryHour.Encode(Start + at, lifetime), Start + at);

            Assert.InRange(left, lifetime + 1, lifetime + (2 * Hour));
        }
    }

    [Fact]
    public void AClockThatIsAnHourFastOrSlowStillTakesAnHonestFrame()
    {
        for (uint at = 0; at < 260 * Hour; at += 601)
        {
            byte shortest = ExpiryHour.Encode(Start + at, 60);
            byte longest = ExpiryHour.Encode(Start + at, 86_400);

            Assert.NotEqual(0u, ExpiryHour.SecondsLeft(shortest, Start + at + Hour - 1));
            Assert.NotEqual(0u, ExpiryHour.SecondsLeft(longest, Start + at - Hour));
        }
    }

    [Fact]
    public void TheLastSecondOfTheGraceIsTheLast()
    {
        byte encoded = ExpiryHour.Encode(Start, Hour);

        Assert.Equal(1u, ExpiryHour.SecondsLeft(encoded, Start + (2 * Hour) - 1));
        Assert.Equal(0u, ExpiryHour.SecondsLeft(encoded, Start + (2 * Hour)));
    }
}
