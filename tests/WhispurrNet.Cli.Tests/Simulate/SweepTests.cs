using System.Text.Json.Nodes;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;

namespace WhispurrNet.Cli.Tests.Simulate;

/// <summary><c>whispurr simulate --sweep</c>: a grid of worlds.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task Every_combination_is_a_point_and_the_last_name_varies_fastest()
    {
        Simulation.Result result = await Simulation.RunAsync(
            "--sweep", "--vary", "nodes=50,100", "--vary", "loss=0,0.1,0.30", "--json", "--whispers", "4");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["50/0", "50/0.1", "50/0.3", "100/0", "100/0.1", "100/0.3"],
            result.Json.AsArray().Select(point => $"{point!["point"]!["nodes"]}/{point["point"]!["loss"]}"));
        Assert.Equal(6, result.Worlds.Count);
        Assert.All(result.Worlds, world => Assert.Equal(4, world.Whispers));
        Assert.Equal([0.1, 0.3], result.Worlds.Select(world => world.Loss).Distinct().Order().Skip(1));
    }

    [Fact]
    public async Task Names_and_flags_can_be_varied()
    {
        Simulation.Result result = await Simulation.RunAsync(
            "--sweep", "--vary", "strategy=pull,flood", "--vary", "heal=off,on", "--vary", "traffic=broadcast,direct",
            "--json");

        JsonArray points = result.Json.AsArray();
        Assert.Equal(8, points.Count);
        Assert.Equal("pull", (string)points[0]!["point"]!["strategy"]!);
        Assert.False((bool)points[0]!["point"]!["heal"]!);
        Assert.True((bool)points[7]!["point"]!["heal"]!);
        Assert.True((bool)points[7]!["options"]!["cards"]!);
        Assert.False((bool)points[6]!["options"]!["cards"]!);
    }

    [Fact]
    public async Task Seeds_follow_each_other_and_medians_are_reported()
    {
        double[] deliveries = [0.9, 0.5, 0.8];

        Simulation.Result result = await Simulation.RunAsync(
            report => report with { Delivery = deliveries[report.Options.Seed - 10] },
            "--sweep", "--seeds", "3", "--seed", "10", "--json");

        JsonNode point = Assert.Single(result.Json.AsArray())!;
        Assert.Equal([10, 11, 12], point["seeds"]!.AsArray().Select(seed => (int)seed!));
        Assert.Equal(0.8, (double)point["delivery"]!);
        Assert.Empty(point["point"]!.AsObject());
        Assert.Equal([10, 11, 12], result.Worlds.Select(world => world.Seed).Order());
    }

    [Fact]
    public async Task A_table_has_a_line_for_each_point()
    {
        Simulation.Result result = await Simulation.RunAsync(
            "--sweep", "--vary", "loss=0,0.25", "--vary", "topology=line,grid", "--seeds", "2");

        string[] lines = result.Output.Split('\n');
        Assert.Equal(
            ["│ 0 │ line", "│ 0 │ grid", "│ 0.25 │ line", "│ 0.25 │ grid"],
            lines.Where(line => line.StartsWith("│ 0"))
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4])));
        Assert.Contains("medians of 2 seeds", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_world_is_named_and_fails()
    {
        Simulation.Result result = await Simulation.RunAsync(
            report => report.Options is { Seed: 2, Loss: 0.1 } ? report with { Violations = ["it broke"] } : report,
            "--sweep", "--vary", "loss=0,0.1", "--seeds", "3", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("whispurr: loss=0.1: seed 2: it broke\n", result.Error);
        Assert.Empty(result.Json[0]!["violations"]!.AsArray());
    }

    [Fact]
    public async Task The_result_does_not_depend_on_which_world_is_done_first()
    {
        string[] line = ["--sweep", "--vary", "nodes=10,20,30,40", "--seeds", "3", "--json"];
        SimulationReport Slow(SimulationReport report)
        {
            // The first ones take longest.
            Thread.Sleep(Math.Max(0, 50 - report.Options.Nodes));
            return report;
        }

        Simulation.Result alone = await Simulation.RunAsync([.. line, "--jobs", "1"]);
        Simulation.Result together = await Simulation.RunAsync(Slow, [.. line, "--jobs", "8"]);

        Assert.Equal(alone.Output, together.Output);
        Assert.Equal(12, together.Worlds.Count);
    }
}
