using WhispurrNet.Cli.Top;

namespace WhispurrNet.Monitor.Tests.Top;

/// <summary>How fast a counter grows.</summary>
public sealed class RateMeterTests
{
    [Fact]
    public void It_is_the_growth_of_the_last_seconds()
    {
        var meter = new RateMeter();
        Assert.Null(meter.Take(1_000, 0));
        Assert.Null(meter.Take(1_001, 100));
        Assert.Equal(5, meter.Take(1_005, 1_000));

        // Quiet since: the rate falls to nothing once the window has passed.
        double? last = null;
        for (int ms = 1_500; ms <= 40_000; ms += 500)
        {
            last = meter.Take(1_005, ms);
            Assert.InRange(last!.Value, 0, 5);
        }

        Assert.Equal(0, last);
    }

    [Fact]
    public void A_steady_counter_has_a_steady_rate()
    {
        var meter = new RateMeter();
        for (int ms = 0; ms <= 60_000; ms += 50)
        {
            double? rate = meter.Take(ms / 50, ms);
            if (rate is { } now && ms > 5_000)
            {
                Assert.Equal(20, now, tolerance: 0.01);
            }
        }
    }

    [Fact]
    public void A_counter_that_begins_anew_gives_no_negative_rate()
    {
        var meter = new RateMeter();
        meter.Take(500, 0);
        meter.Take(600, 1_000);

        Assert.Null(meter.Take(3, 2_000));
        Assert.Equal(2, meter.Take(5, 3_000));
    }
}
