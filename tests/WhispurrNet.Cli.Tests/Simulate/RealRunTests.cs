using System.Text.Json.Nodes;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Simulate;

/// <summary><c>whispurr simulate</c> as a process, with the simulator in it.</summary>
public sealed class RealRunTests
{
    private static readonly string[] s_small = ["simulate", "--nodes", "8", "--whispers", "3", "--rate", "6", "--json"];

    [Fact]
    public async Task The_same_options_give_the_same_trace()
    {
        JsonNode first = await RunAsync();
        JsonNode again = await RunAsync();
        JsonNode other = await RunAsync("--seed", "2");

        Assert.Equal(1, (double)first["delivery"]!);
        Assert.Matches("^[0-9a-f]{64}$", (string)first["trace"]!);
        Assert.Equal((string)first["trace"]!, (string)again["trace"]!);
        Assert.NotEqual((string)first["trace"]!, (string)other["trace"]!);
    }

    [Fact]
    public async Task Worlds_side_by_side_do_not_touch_each_other()
    {
        string[] sweep = ["--sweep", "--vary", "loss=0,0.2", "--vary", "topology=line,grid", "--jobs"];

        JsonNode alone = await RunAsync([.. sweep, "1"]);
        JsonNode together = await RunAsync([.. sweep, "4"]);

        Assert.Equal(4, alone.AsArray().Select(point => (string)point!["trace"]!).Distinct().Count());
        Assert.Equal(
            alone.AsArray().Select(point => (string)point!["trace"]!),
            together.AsArray().Select(point => (string)point!["trace"]!));
    }

    private static async Task<JsonNode> RunAsync(params string[] more)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync([.. s_small, .. more]);

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Single(result.Output.TrimEnd('\n').Split('\n'));
        return JsonNode.Parse(result.Output)!;
    }
}
