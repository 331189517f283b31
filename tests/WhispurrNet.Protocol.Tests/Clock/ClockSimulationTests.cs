using WhispurrNet.Protocol.Node;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Clock;

/// <summary>Many clocks for a day and a half: with liars, without any clock, with boards that begin in 1970.</summary>
public class ClockSimulationTests
{
    private const int Seeds = 10;
    private const long EndMs = 36 * ClockSimulation.HourMs;

    /// <summary>By then all have been on for long enough to have met everybody.</summary>
    private const long SettledMs = 8 * ClockSimulation.HourMs;

    private const double WrongSeconds = PeerClock.AgreeSeconds;

    public enum Lies
    {
        /// <summary>Each time another time.</summary>
        Random,

        /// <summary>All the same: a year ahead.</summary>
        Same,

        /// <summary>All the same: half an hour ahead.</summary>
        Near,

        /// <summary>All the same: true at first, and 1 % too fast.</summary>
        Drifting,
    }

    /// <summary>
    /// A third lies. The median honest clock is right while the liars are not most of those who tell a time at all; and so
    /// is, in every hour, every honest node most of whose neighbours are honest, one of them at least knowing the time. It
    /// may be without a clock, which costs nothing.
    /// </summary>
    [Theory]
    [InlineData(12, 5, 50)]
    [InlineData(24, 5, 67)]
    [InlineData(50, 8, 20)]
    [InlineData(50, 8, 50)]
    [InlineData(50, 8, 67)]
    [InlineData(50, 8, 90)]
    public void LiarsAtAThird(int nodes, int degree, int knownPercent)
    {
        foreach (Lies lies in Enum.GetValues<Lies>())
        {
            List<double> errors = [];
            int wrong = 0, safe = 0, safeSet = 0, safeWrong = 0, learners = 0;
            for (int seed = 1; seed <= Seeds; seed++)
            {
                ClockSimulation mesh = Liars(seed, nodes, knownPercent, lies);
                mesh.Scatter(degree);
                ClockNode[] safeNodes = [.. mesh.Learners.Where(mesh.HasHonestMajority).Where(mesh.MeetsOneWhoKnows)];
                mesh.Run(EndMs, () => safeWrong += mesh.NowMs < SettledMs ? 0 : safeNodes.Count(n => IsWrong(mesh, n)));
                errors.AddRange(mesh.Honest.Select(n => n.ErrorSeconds(mesh.NowMs)).OfType<double>().Select(Math.Abs));
                wrong += mesh.Learners.Count(n => IsWrong(mesh, n));
                learners += mesh.Learners.Count();
                safe += safeNodes.Length;
                safeSet += safeNodes.Count(n => n.Source == ClockSource.Neighbours);
            }

            errors.Sort();
            double median = errors[errors.Count / 2];
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{nodes} nodes, {knownPercent} % of the honest know the time, lies {lies}: median error {median:F1} s; "
                + $"of {learners} who do not know, {wrong} wrong; honest majority: {safe}, {safeSet} set, {safeWrong} wrong");
            Assert.True(median <= 2 || knownPercent < 50);
            Assert.Equal(0, safeWrong);
        }
    }

    /// <summary>Among honest nodes three who know the time are enough for all who meet them.</summary>
    [Fact]
    public void WithoutLiarsThreeWhoKnowAreEnoughForAllWhoMeetThem()
    {
        double worst = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            ClockSimulation mesh = new(seed);
            for (int i = 0; i < 20; i++)
            {
                mesh.Add(knowsTime: i < 3);
            }

            mesh.Scatter(19);
            mesh.Run(EndMs);
            Assert.All(mesh.Learners, n => Assert.Equal(ClockSource.Neighbours, n.Source));
            worst = Math.Max(worst, mesh.Learners.Max(n => Math.Abs(n.ErrorSeconds(mesh.NowMs)!.Value)));
            Assert.All(mesh.Learners, n => Assert.Equal(1, n.Steps));
        }

        // Slack, a record's time and what an oscillator gains while nobody is heard.
        TestContext.Current.TestOutputHelper!.WriteLine($"largest error {worst:F1} s");
        Assert.InRange(worst, 0, 6);
    }

    [Fact]
    public void WhereNobodyKnowsTheTimeNobodyInventsOne()
    {
        ClockSimulation mesh = new(1);
        for (int i = 0; i < 24; i++)
        {
            mesh.Add();
        }

        mesh.Scatter(6);
        mesh.Run(EndMs);

        Assert.All(mesh.Nodes, n => Assert.Equal((ClockSource.None, 0), (n.Source, n.Steps)));
    }

    /// <summary>A board that was never told the time says nothing, or says 1970: nobody minds, and it learns.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ABoardFrom1970Joins(bool saysSo)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            ClockSimulation mesh = new(seed);
            for (int i = 0; i < 8; i++)
            {
                mesh.Add(knowsTime: i < 4);
            }

            ClockNode board = mesh.Add(lie: saysSo ? t => (uint)(t % 100_000) : null);
            mesh.Scatter(8);
            mesh.Run(EndMs);

            Assert.All(mesh.Nodes, n => Assert.InRange(n.ErrorSeconds(mesh.NowMs)!.Value, -6, 6));
            Assert.Equal(0u, board.Statistics.ClocksRefused);
            Assert.Equal(saysSo, mesh.Nodes[0].Statistics.ClocksRefused > 0);
        }
    }

    [Fact]
    public void OneTrueClockAmongLonePairsSetsItsPartnerAndNobodyElse()
    {
        ClockSimulation mesh = new(1);
        for (int i = 0; i < 12; i += 2)
        {
            mesh.InRange(mesh.Add(knowsTime: i == 0), mesh.Add());
        }

        mesh.Run(EndMs);

        Assert.InRange(mesh.Nodes[1].ErrorSeconds(mesh.NowMs)!.Value, -6, 6);
        Assert.All(mesh.Nodes.Skip(2), n => Assert.Equal(ClockSource.None, n.Source));
    }

    /// <summary>Who has one neighbour only has to believe it; it does no harm to others, whom it does not tell.</summary>
    [Fact]
    public void ALiarsOnlyNeighbourIsWrongAloneAndWithoutAClockAsSoonAsItMeetsAnother()
    {
        ClockSimulation mesh = new(1);
        ClockNode liar = mesh.Add(lie: t => (uint)t + 1_000_000);
        ClockNode fooled = mesh.Add();
        ClockNode other = mesh.Add();
        ClockNode knows = mesh.Add(knowsTime: true);
        mesh.InRange(liar, fooled);
        mesh.InRange(other, knows);
        mesh.Run(EndMs);
        Assert.True(IsWrong(mesh, fooled));
        Assert.False(IsWrong(mesh, other));

        mesh.InRange(fooled, other);
        mesh.InRange(fooled, knows);
        mesh.Run(2 * EndMs);

        Assert.Equal(ClockSource.None, fooled.Source);
        Assert.InRange(other.ErrorSeconds(mesh.NowMs)!.Value, -6, 6);
    }

    /// <summary>Two groups with two times meet: nobody is won over, who stands between has no clock.</summary>
    [Fact]
    public void TwoGroupsThatMeetKeepTheirTimes()
    {
        ClockSimulation mesh = new(1);
        ClockNode[] here = [.. Enumerable.Range(0, 6).Select(i => mesh.Add(knowsTime: i < 4))];
        ClockNode[] there = [.. Enumerable.Range(0, 6).Select(i => mesh.Add(lie: i < 4 ? t => (uint)t + 7200 : null))];
        foreach (ClockNode[] group in new[] { here, there })
        {
            Array.ForEach(group, a => Array.ForEach(group, b => mesh.InRange(a, b)));
        }

        mesh.Run(EndMs);
        ClockNode between = mesh.Add();
        Array.ForEach([.. here, .. there], n => mesh.InRange(between, n));
        mesh.InRange(here[4], there[4]);
        mesh.InRange(here[5], there[5]);
        mesh.Run(2 * EndMs);

        Assert.All(here, n => Assert.InRange(n.ErrorSeconds(mesh.NowMs)!.Value, -6, 6));
        Assert.All(there[4..], n => Assert.InRange(n.ErrorSeconds(mesh.NowMs)!.Value, 7194, 7206));
        Assert.Equal(ClockSource.None, between.Source);
    }

    private static bool IsWrong(ClockSimulation mesh, ClockNode node)
    {
        return node.ErrorSeconds(mesh.NowMs) is { } error && Math.Abs(error) > WrongSeconds;
    }

    private static ClockSimulation Liars(int seed, int nodes, int knownPercent, Lies lies)
    {
        ClockSimulation mesh = new(seed);
        Random random = new(seed + 1000);
        for (int i = 0; i < nodes; i++)
        {
            bool isLiar = i % 3 == 0;
            mesh.Add(!isLiar && random.Next(100) < knownPercent, isLiar ? LieOf(lies, new Random(random.Next())) : null);
        }

        return mesh;
    }

    private static Func<double, uint> LieOf(Lies lies, Random random)
    {
        return lies switch
        {
            Lies.Random => _ => (uint)random.NextInt64(1L << 32),
            Lies.Same => t => (uint)(t + (365 * 86_400)),
            Lies.Near => t => (uint)(t + 1800),
            _ => t => (uint)(t + ((t - (ClockSimulation.Epoch / 1000)) * 0.01)),
        };
    }
}
