using System.Text.Json.Nodes;
using WhispurrNet.Simulation;

namespace WhispurrNet.Cli.Tests.Simulate;

/// <summary><c>whispurr simulate --compare</c>: every strategy in one world.</summary>
public sealed class CompareTests
{
    [Fact]
    public async Task Every_strategy_runs_in_the_same_world()
    {
        Simulation.Result result = await Simulation.RunAsync(
            "--compare", "--json", "--seed", "5", "--traffic", "direct");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(StrategyNames.All.Order(), result.Worlds.Select(world => world.Strategy).Order());
        Assert.Single(result.Worlds.Select(world => world with { Strategy = string.Empty }).Distinct());
        JsonArray strategies = result.Json["strategies"]!.AsArray();
        Assert.Equal(StrategyNames.All, strategies.Select(strategy => (string)strategy!["strategy"]!));
        Assert.All(strategies, strategy => Assert.Equal(0.9987, (double)strategy!["delivery"]!));
        Assert.All(strategies, strategy => Assert.False(strategy!.AsObject().ContainsKey("options")));
        Assert.Equal(5, (int)result.Json["options"]!["seed"]!);
        Assert.False(result.Json["options"]!.AsObject().ContainsKey("strategy"));
    }

    [Fact]
    public async Task One_table_has_a_line_for_each()
    {
        Simulation.Result result = await Simulation.RunAsync("--compare");

        string[] lines = result.Output.Split('\n');
        Assert.All(StrategyNames.All, name => Assert.Single(lines, line => line.StartsWith($"│ {name} ")));
        Assert.Single(lines, line => line.Contains("delivered") && line.Contains("p95") && line.Contains("violations"));
    }

    [Theory]
    [InlineData(StrategyNames.Whispurr, 1)]
    [InlineData(StrategyNames.Flood7, 0)]
    public async Task What_other_strategies_lose_is_no_failure(string strategy, int code)
    {
        Simulation.Result result = await Simulation.RunAsync(
            report => report.Options.Strategy == strategy ? report with { LostSilently = 2 } : report, "--compare");

        Assert.Equal(code, result.ExitCode);
    }

    [Fact]
    public async Task A_violation_is_one_whose_ever_it_is()
    {
        Simulation.Result result = await Simulation.RunAsync(
            run => run.Options.Strategy == StrategyNames.Pull ? run with { Violations = ["it broke"] } : run,
            "--compare",
            "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("whispurr: pull: it broke\n", result.Error);
    }

    [Fact]
    public async Task The_page_compares_them()
    {
        string file = Path.GetTempFileName();
        try
        {
            await Simulation.RunAsync("--compare", "--html", file, "--topology", "grid");

            string page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.All(StrategyNames.All, name => Assert.Contains(name, page, StringComparison.Ordinal));
            Assert.Contains("--compare", page, StringComparison.Ordinal);
            Assert.DoesNotContain("--strategy", page, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
