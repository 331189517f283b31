using System.Text.Json.Nodes;
using WhispurrNet.Cli.SelfTest;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.SelfTest;

/// <summary><c>whispurr selftest</c>: that it passes, and that it notices what is wrong.</summary>
public sealed class SelfTestTests
{
    [Theory]
    [InlineData("board", 27, "selftest", "--board", "--json")]
    [InlineData("desk", 25, "selftest", "--json")]
    public async Task It_passes(string side, int count, params string[] arguments)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(arguments);

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        JsonNode report = JsonNode.Parse(result.Output)!;
        Assert.Equal(side, (string)report["side"]!);
        Assert.Equal(0, (int)report["failed"]!);
        JsonArray checks = report["checks"]!.AsArray();
        Assert.Equal(count, checks.Count);
        Assert.Equal(count, (int)report["passed"]!);
        Assert.Equal(
            ["identity", "encryption", "resonance", "obfuscation"],
            checks.Select(check => (string)check!["group"]!).Distinct());
        Assert.All(checks, check => Assert.True((bool)check!["passed"]!));
        foreach (string primitive in (string[])["SHA-256", "HMAC-SHA256", "X25519", "XChaCha20-Poly1305"])
        {
            Assert.Contains(checks, check => ((string)check!["name"]!).StartsWith(primitive + " ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task It_prints_a_table()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("selftest");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("X25519 computes its published answer", result.Output, StringComparison.Ordinal);
        Assert.Contains("desk: ", result.Output, StringComparison.Ordinal);
        Assert.Contains(" passed, 0 failed", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("selftest", "--program", "missing.exe")]
    [InlineData("selftest", "--board", "--program", "missing.exe")]
    public async Task A_wrong_command_line_is_one_sentence_and_exit_code_2(params string[] arguments)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_key_that_opens_everything_fails()
    {
        CheckResult[] failed = Failures(new WrongMesh { Keys = 1 });

        Assert.Equal(
            ["a member of another intent has none", "a member of another network has none",
            "a frame with a changed bit opens for nobody"],
            failed.Select(check => check.Name));
        Assert.All(failed, check => Assert.Equal("encryption", check.Group));
    }

    [Fact]
    public void An_identity_that_stays_and_is_stored_fails()
    {
        CheckResult[] failed = Failures(new WrongMesh { OneIdentity = true });

        Assert.Equal(
            ["no two nodes have the same", "switched off and on, it is another", "it is stored nowhere"],
            failed.Select(check => check.Name));
    }

    [Fact]
    public void A_whisper_that_is_sent_as_it_is_fails()
    {
        CheckResult[] failed = Failures(new WrongMesh { IsClear = true });

        Assert.Contains("the text is in it", failed[0].Reason, StringComparison.Ordinal);
        Assert.Contains(failed, check => check.Name == "two frames of one text share neither tag nor nonce");
    }

    [Fact]
    public void A_primitive_that_computes_something_else_fails()
    {
        CheckResult failed = Assert.Single(Failures(new WrongMesh { Primitive = "Poly1305;failed: it computes a wrong result;3" }));

        Assert.Equal("Poly1305 computes its published answer", failed.Name);
        Assert.Equal("it computes a wrong result", failed.Reason);
    }

    [Fact]
    public void A_mesh_that_delivers_nothing_fails_and_one_that_throws_does_too()
    {
        Assert.Equal(3, Failures(new WrongMesh { IsDeaf = true }).Count(check => check.Group == "resonance"));
        Assert.Contains(Failures(new WrongMesh { Throws = true }), check => check.Reason!.Contains("on purpose"));
    }

    [Fact]
    public void A_node_that_hides_nothing_fails()
    {
        string[] reasons = Reasons(new WrongStealth());

        Assert.Equal(
            ["they have another size", "all took 0 to 0 ms", "no 3 of them came", "one has 9 bytes",
            "its upgrade has no 'User-Agent: Mozilla/'"],
            reasons);
    }

    [Fact]
    public void A_node_that_delays_too_much_or_loses_whispers_fails()
    {
        Assert.Contains("one took 60000 ms", Reasons(new WrongStealth { DelaysMs = [0, 1, 2, 3, 4, 60_000] }));
        Assert.Contains("5 of 6 did not arrive", Reasons(new WrongStealth { DelaysMs = [0] }));
        Assert.Contains("one did not arrive", Reasons(new WrongStealth { HasLargeFrames = true }));
    }

    [Fact]
    public void Who_does_not_dial_is_not_asked_how()
    {
        Assert.Equal(4, Reasons(new WrongStealth { UpgradeRequest = null }).Length);
    }

    private static string[] Reasons(IStealthMesh mesh)
    {
        var checks = new CheckList();
        new ObfuscationChecks(mesh, checks).Run();
        Assert.All(checks.Results, check => Assert.Equal("obfuscation", check.Group));
        return [.. checks.Results.Where(check => !check.Passed).Select(check => check.Reason!)];
    }

    private static CheckResult[] Failures(ITestMesh mesh)
    {
        using (mesh)
        {
            var checks = new CheckList();
            new SelfTestRun(mesh, checks).Run();
            return [.. checks.Results.Where(check => !check.Passed)];
        }
    }
}
