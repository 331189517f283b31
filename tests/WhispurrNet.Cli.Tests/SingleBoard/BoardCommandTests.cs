using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using WhispurrNet.Cli.Tests.Support;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.SingleBoard;

/// <summary><c>whispurr board</c>: one firmware on one virtual board, with a hand on its pins.</summary>
public sealed class BoardCommandTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static string Button => Program("ButtonSample");

    [Fact]
    public async Task It_finds_the_settings_beside_the_program()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "board", Program("BoardTemplate"), "--speed", "20", "--for", "5");

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("wn boot name=BoardTemplate ", result.Output, StringComparison.Ordinal);
        Assert.Contains(" network=member", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pressed_button_reaches_the_program()
    {
        string settings = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            settings, "name=door\njoin=public\nbutton=9\n", TestContext.Current.CancellationToken);
        using Process board = Start("board", Button, "--settings", settings, "--speed", "20", "--json");
        try
        {
            await UntilAsync(board, report => Text(report).StartsWith("wn boot name=door ", StringComparison.Ordinal));

            // The program opens its pin a moment after it started the board: pressed until it notices.
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            Task presses = PressAsync(board, enough.Token);
            await UntilAsync(board, report => Text(report).StartsWith("wn sent ", StringComparison.Ordinal));
            await enough.CancelAsync();
            await presses;
            await board.StandardInput.WriteLineAsync("restart");
            await UntilAsync(board, report => (string?)report["reason"] == "switched off");
            await UntilAsync(board, report => Text(report).StartsWith("wn boot ", StringComparison.Ordinal));
            await board.StandardInput.WriteLineAsync("stroke 9");
            string? refused = await board.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.Contains("'stroke 9'", refused, StringComparison.Ordinal);
        }
        finally
        {
            board.Kill(entireProcessTree: true);
            await board.WaitForExitAsync(CancellationToken.None);
            File.Delete(settings);
        }
    }

    [Theory]
    [InlineData("board")]
    [InlineData("board missing.exe")]
    [InlineData("board BUTTON --settings missing.cfg")]
    [InlineData("board BUTTON --speed 0")]
    [InlineData("board BUTTON --for never")]
    public async Task A_wrong_command_line_is_one_sentence_and_exit_code_2(string arguments)
    {
        WhispurrProcess.Result result =
            await WhispurrProcess.RunAsync([.. arguments.Split(' ').Select(word => word == "BUTTON" ? Button : word)]);

        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task What_is_no_device_program_is_refused()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "board", typeof(BoardCommandTests).Assembly.Location, "--for", "5");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is not a device program", result.Error, StringComparison.Ordinal);
    }

    private static string Program(string name) =>
        Path.Combine(Clone.Root, "firmware", name, "bin", Clone.Configuration, name + ".exe");

    private static Process Start(params string[] arguments)
    {
        string whispurr = typeof(BoardCommandTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "WhispurrPath").Value!;
        return Process.Start(new ProcessStartInfo("dotnet", [whispurr, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static async Task PressAsync(Process board, CancellationToken enough)
    {
        try
        {
            while (true)
            {
                await board.StandardInput.WriteLineAsync("low 9");
                await Task.Delay(50, enough);
                await board.StandardInput.WriteLineAsync("free 9");
                await Task.Delay(50, enough);
            }
        }
        catch (OperationCanceledException)
        {
            // It has noticed.
        }
    }

    private static async Task UntilAsync(Process board, Func<JsonNode, bool> condition)
    {
        JsonNode report;
        do
        {
            string? line = await board.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
            report = JsonNode.Parse(line ?? throw new EndOfStreamException())!;
        }
        while (!condition(report));
    }

    private static string Text(JsonNode report) => (string?)report["text"] ?? string.Empty;
}
