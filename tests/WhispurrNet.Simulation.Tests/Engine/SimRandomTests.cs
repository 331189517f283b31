using WhispurrNet.Simulation.Engine;

namespace WhispurrNet.Simulation.Tests.Engine;

public class SimRandomTests
{
    /// <summary>The first outputs of xoshiro256** whose state is 1, 2, 3, 4, from the authors' reference program.</summary>
    [Fact]
    public void ItIsTheGeneratorThatItIsNamedFor()
    {
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
            8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        SimRandom random = SimRandom.FromState(1, 2, 3, 4);

        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void ConcernsHaveStreamsOfTheirOwn()
    {
        ulong[] firsts = [.. Enumerable.Range(0, 20).SelectMany(seed =>
            Enumerable.Range(0, 10).Select(c => SimRandom.For(seed, (uint)c).NextUInt64()))];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void NumbersAreWithinTheirBoundsAndReachThem()
    {
        SimRandom random = new(5);
        uint[] below = [.. Enumerable.Range(0, 1000).Select(_ => random.NextBelow(7))];
        long[] between = [.. Enumerable.Range(0, 1000).Select(_ => random.Between(-3, 3))];

        Assert.Equal([0u, 1u, 2u, 3u, 4u, 5u, 6u], below.Distinct().Order());
        Assert.Equal([-3L, -2L, -1L, 0L, 1L, 2L, 3L], between.Distinct().Order());
    }

    [Fact]
    public void AChanceIsWhatItSays()
    {
        SimRandom random = new(6);
        Assert.DoesNotContain(true, Enumerable.Range(0, 1000).Select(_ => random.Chance(0)));
        Assert.DoesNotContain(false, Enumerable.Range(0, 1000).Select(_ => random.Chance(SimRandom.Million)));

        // Five standard deviations of 100,000 draws of three in ten.
        Assert.InRange(Enumerable.Range(0, 100_000).Count(_ => random.Chance(300_000)), 29_275, 30_725);
    }
}
