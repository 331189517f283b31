using WhispurrNet.Cli.Simulate;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Simulate;

/// <summary>Worlds side by side.</summary>
public sealed class WorldsTests
{
    private static readonly SimulationOptions[] s_worlds =
        [.. Enumerable.Range(0, 20).Select(i => new SimulationOptions { Seed = i, Nodes = 2, Whispers = 1 })];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_run_at_the_same_time_than_was_asked_for(int jobs)
    {
        int running = 0;
        int most = 0;
        SimulationReport Run(SimulationOptions options, Action<double> progress, CancellationToken cancellation)
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Thread.Sleep(5);
            Interlocked.Decrement(ref running);
            return SampleReports.Create(options);
        }

        IReadOnlyList<SimulationReport> reports =
            await Worlds.RunAsync(s_worlds, jobs, Run, _ => { }, TestContext.Current.CancellationToken);

        Assert.InRange(most, 1, jobs);
        Assert.Equal(s_worlds, reports.Select(report => report.Options));
    }

    [Fact]
    public async Task Progress_rises_to_the_whole()
    {
        var shares = new List<double>();
        SimulationReport Run(SimulationOptions options, Action<double> progress, CancellationToken cancellation)
        {
            progress(0.25);
            progress(0.75);
            return SampleReports.Create(options);
        }

        await Worlds.RunAsync(s_worlds, 4, Run, shares.Add, TestContext.Current.CancellationToken);

        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1], 1e-9);
    }

    [Fact]
    public async Task The_first_failure_ends_the_others()
    {
        int started = 0;
        SimulationReport Run(SimulationOptions options, Action<double> progress, CancellationToken cancellation)
        {
            Interlocked.Increment(ref started);
            if (options.Seed == 1)
            {
                throw new InvalidOperationException("broken");
            }

            cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
            cancellation.ThrowIfCancellationRequested();
            return SampleReports.Create(options);
        }

        InvalidOperationException e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Worlds.RunAsync(s_worlds, 2, Run, _ => { }, TestContext.Current.CancellationToken));

        Assert.Equal("broken", e.Message);
        Assert.InRange(started, 2, 3);
    }

    [Fact]
    public async Task Options_that_a_world_refuses_are_their_user_s_mistake()
    {
        SettingException e = await Assert.ThrowsAsync<SettingException>(() => Worlds.RunAsync(
            s_worlds,
            2,
            (options, _, _) => throw new ArgumentOutOfRangeException(nameof(options), "A grid has four boards."),
            _ => { },
            TestContext.Current.CancellationToken));

        Assert.Equal("A grid has four boards.", e.Message);
    }

    [Fact]
    public async Task They_end_when_their_caller_says_so()
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Worlds.RunAsync(
            s_worlds,
            2,
            (options, _, cancellation) =>
            {
                cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
                cancellation.ThrowIfCancellationRequested();
                return SampleReports.Create(options);
            },
            _ => { },
            end.Token));
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (int seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
