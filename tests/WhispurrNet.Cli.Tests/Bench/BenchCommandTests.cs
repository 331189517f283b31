using System.Text.Json.Nodes;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Bench;

/// <summary><c>whispurr bench</c> as its users run it.</summary>
public sealed class BenchCommandTests
{
    private static readonly Dictionary<string, string> s_nothingInstalled = new()
    {
        ["NANOCLR"] = "",
        ["NANO_MDP"] = "",
        ["NANO_LIB"] = "",
    };

    [Fact]
    public async Task The_JSON_is_an_array_with_every_figure_of_the_operations_asked_for()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("bench", "--filter", "poly1305", "--time", "1", "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        JsonArray rows = JsonNode.Parse(result.Output)!.AsArray();
        Assert.Equal(
            ["poly1305-1024", "chacha20poly1305-seal-64", "chacha20poly1305-seal-256", "chacha20poly1305-seal-1024",
                "chacha20poly1305-open-256", "xchacha20poly1305-seal-256", "xchacha20poly1305-open-256",
                "xchacha20poly1305-seal-512", "xchacha20poly1305-open-512"],
            rows.Select(row => (string)row!["name"]!));
        Assert.All(rows, row =>
        {
            Assert.InRange((long)row!["il"]!, 5_000, 150_000);
            Assert.InRange((double)row["ns"]!, 50, 1e8);
            Assert.Equal(0, (long)row["bytesAllocated"]!);
            Assert.InRange((long)row["peBytes"]!, 1_000, 30_000);
            Assert.Equal((long)row["il"]! * 0.0003, (double)row["boardMs"]!, 6);
        });
    }

    /// <summary>The steps of the core count the native HMAC as one call, the others the managed one.</summary>
    [Fact]
    public async Task A_step_of_the_core_counts_as_the_firmware_runs_it()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("bench", "--filter", "relay-frame-256", "--time", "1", "--json");

        JsonNode row = JsonNode.Parse(result.Output)!.AsArray()[0]!;
        Assert.Equal((long)row["ilNativeHmac"]!, (long)row["il"]!);
        Assert.True((long)row["ilManagedHmac"]! > 5 * (long)row["il"]!);
        Assert.Equal("device build", (string)row["provider"]!);
    }

    [Fact]
    public async Task The_table_has_a_line_for_each_operation()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("bench", "--filter", "siphash", "--time", "1");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("siphash-6", result.Output);
        Assert.Contains("board ms", result.Output);
    }

    [Theory]
    [InlineData("No operation has 'rot13' in its name.", "--filter", "rot13")]
    [InlineData("--time takes milliseconds", "--time", "0")]
    [InlineData("--nanoclr needs an installed nanoCLR: NANOCLR is not set", "--nanoclr", "--filter", "siphash")]
    [InlineData("choose one", "--nanoclr", "--board", "/dev/null")]
    [InlineData("no-such-port", "--board", "/dev/no-such-port", "--filter", "siphash")]
    [InlineData("is not BouncyCastle", "--bouncycastle", "nowhere.dll", "--filter", "siphash")]
    public async Task What_is_wrong_is_said_in_one_sentence(string sentence, params string[] arguments)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(s_nothingInstalled, ["bench", .. arguments]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(sentence, result.Error);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }
}
