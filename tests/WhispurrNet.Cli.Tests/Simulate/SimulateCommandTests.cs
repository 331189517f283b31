using System.Text.Json.Nodes;
using WhispurrNet.Simulation;

namespace WhispurrNet.Cli.Tests.Simulate;

/// <summary><c>whispurr simulate</c> for one run: JSON, table, page and exit code.</summary>
public sealed class SimulateCommandTests
{
    [Fact]
    public async Task One_JSON_object_has_every_figure_and_no_long_list()
    {
        Simulation.Result result = await Simulation.RunAsync(
            report => report with { Trace = "ab01", P50LatencyMs = 41_000 }, "--json", "--loss", "0.1");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(string.Empty, result.Error);
        JsonObject json = result.Json.AsObject();
        Assert.Equal("ab01", (string)json["trace"]!);
        Assert.Equal(0.9987, (double)json["delivery"]!);
        Assert.Equal(41_000, (long)json["p50LatencyMs"]!);
        foreach (string name in (string[])
            ["ackDelivery", "falseAcks", "p95LatencyMs", "bytesPerDelivery", "contactsPerDelivery", "offeredLoad",
            "goodput", "lostReported", "lostSilently", "violations", "converged", "wallSeconds", "bytesPerNode",
            "meanHops", "energyMahPerDay", "simulatedSeconds", "events", "emergencyP95Ms"])
        {
            Assert.True(json.ContainsKey(name), name);
        }

        Assert.Equal(1_204_992, (long)json["bytes"]!["frames"]!);
        Assert.Equal(377, (long)json["contacts"]!["failed"]!);
        Assert.Equal(0.1, (double)json["options"]!["loss"]!);
        Assert.Equal("random", (string)json["options"]!["topology"]!);
        Assert.DoesNotContain(
            json, p => p.Key is "whispers" or "hops" or "latencyCurve" or "deliveryOverTime" or "energyByNode");
    }

    [Fact]
    public async Task What_is_no_number_is_null()
    {
        Simulation.Result result = await Simulation.RunAsync(
            report => report with { BytesPerDelivery = double.NaN, MeanHops = double.PositiveInfinity }, "--json");

        Assert.Null(result.Json["bytesPerDelivery"]);
        Assert.Null(result.Json["meanHops"]);
        Assert.True(result.Json.AsObject().ContainsKey("meanHops"));
    }

    [Fact]
    public async Task People_get_a_table()
    {
        Simulation.Result result = await Simulation.RunAsync("--nodes", "50", "--traffic", "mixed");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(string.Empty, result.Error);
        Assert.StartsWith("50 boards at random, 8 neighbours each, whispurr\n", result.Output);
        Assert.Contains("99.87 %", result.Output, StringComparison.Ordinal);
        Assert.Contains("acknowledged", result.Output, StringComparison.Ordinal);
        Assert.Contains("\ntrace  00000001", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 160));
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--no-checks")]
    public async Task A_violation_is_told_and_fails(string option)
    {
        Simulation.Result result = await Simulation.RunAsync(
            report => report with { Violations = ["node 3 read [what] it may not", "two\nlines"] }, option);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("whispurr: node 3 read [what] it may not\nwhispurr: two lines\n", result.Error);
        if (option == "--json")
        {
            Assert.Equal("two\nlines", (string)result.Json["violations"]![1]!);
        }
    }

    [Fact]
    public async Task A_silent_loss_fails()
    {
        Simulation.Result result = await Simulation.RunAsync(report => report with { LostSilently = 1 }, "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(1, (long)result.Json["lostSilently"]!);
    }

    [Fact]
    public async Task What_only_was_late_does_not_fail()
    {
        Simulation.Result result = await Simulation.RunAsync(
            report => report with { Delivery = 0.2, Converged = false, LostReported = 9 }, "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.False((bool)result.Json["converged"]!);
    }

    [Theory]
    [InlineData("broadcast", "whispurr: 20 of 20 whispers could never be sent.\n")]
    [InlineData("direct", "whispurr: 20 of 20 whispers could never be sent; contacts take some minutes to come about: "
        + "--warm-up 900.\n")]
    public async Task What_could_never_be_sent_is_told_and_is_no_failure(string traffic, string error)
    {
        Simulation.Result result = await Simulation.RunAsync(
            report => report with { Accepted = 0 }, "--traffic", traffic, "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(error, result.Error);
        Assert.Equal(0, (int)result.Json["accepted"]!);
    }

    [Fact]
    public async Task The_page_is_written_and_says_how_to_repeat_the_run()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n} & <run>.html");
        try
        {
            Simulation.Result result = await Simulation.RunAsync("--html", file, "--nodes", "30", "--seed", "7");

            Assert.Equal(0, result.ExitCode);
            Assert.EndsWith($"\npage   {file}\n", result.Output, StringComparison.Ordinal);
            string page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
            foreach (string part in (string[])["whispurr simulate", "--nodes 30", "--seed 7", "Latency", "<svg "])
            {
                Assert.Contains(part, page, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_page_beside_JSON_leaves_one_object_on_standard_output()
    {
        string file = Path.GetTempFileName();
        try
        {
            Simulation.Result result = await Simulation.RunAsync("--html", file, "--json");

            Assert.True(result.Json.AsObject().ContainsKey("delivery"));
            Assert.NotEqual(0, new FileInfo(file).Length);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_run_is_one_world()
    {
        Simulation.Result result = await Simulation.RunAsync("--strategy", "flood-7", "--jobs", "8");

        Assert.Equal(new SimulationOptions { Strategy = StrategyNames.Flood7 }, Assert.Single(result.Worlds));
    }
}
