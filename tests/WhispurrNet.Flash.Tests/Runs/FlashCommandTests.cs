using System.Diagnostics;
using System.Text.Json;
using WhispurrNet.Flash.Tests.Support;
using WhispurrNet.Serial.Unix;
using WhispurrNet.Tests;

namespace WhispurrNet.Flash.Tests.Runs;

/// <summary><c>whispurr flash</c> as its users run it.</summary>
public sealed class FlashCommandTests
{
    [Fact]
    public async Task Flashing_tells_every_step_and_ends_well()
    {
        using var bench = NewBench();

        WhispurrProcess.Result result = await RunAsync(bench);

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("image: ESP32_BLE_REV3", result.Output, StringComparison.Ordinal);
        Assert.Contains("Flashing firmware 0x001AC800 100 %", result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"The board at {bench.Options.Port} has ESP32_BLE_REV3.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_an_object_a_line()
    {
        using var bench = NewBench();

        WhispurrProcess.Result result = await RunAsync(bench, "--json");

        Assert.Equal(0, result.ExitCode);
        string[] events = [.. result.Output.TrimEnd().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()!)];
        Assert.Equal("run", events[0]);
        Assert.Equal("done", events[^1]);
        Assert.Equal(
            new HashSet<string> { "run", "chip", "step", "progress", "ended", "target", "note", "done" }, [.. events]);
    }

    [Fact]
    public async Task A_failure_is_one_sentence_and_an_exit_code()
    {
        using var bench = NewBench(("FAIL", "E4003"));

        WhispurrProcess.Result result = await RunAsync(bench, "--json");

        Assert.StartsWith("whispurr: The image was not written completely", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Interrupted_it_ends_nanoff_and_says_what_that_means()
    {
        using var bench = NewBench(("HANG_AFTER", "40"));
        using WhispurrProcess whispurr = WhispurrProcess.Start(
            bench.Variables, "flash", "--port", bench.Options.Port, "--nanoff", Bench.NanoffPath, "--target", "ESP32_C3");
        while (await whispurr.ReadLineAsync() is { } line && !line.StartsWith("Flashing firmware 0x", StringComparison.Ordinal))
        {
            // Until it writes.
        }

        Assert.Equal(1, await whispurr.EndAsync());

        Assert.StartsWith("whispurr: Interrupted while writing the image", whispurr.ReadError(), StringComparison.Ordinal);
        Assert.False(bench.HasOrphans());
    }

    [Fact]
    public async Task Killed_it_takes_nanoff_with_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Where there is setsid.");
        using var bench = NewBench(("HANG_AFTER", "40"));
        using (WhispurrProcess whispurr = WhispurrProcess.Start(
            bench.Variables, "flash", "--port", bench.Options.Port, "--nanoff", Bench.NanoffPath, "--target", "ESP32_C3"))
        {
            while (await whispurr.ReadLineAsync() is { } line && !line.StartsWith("Flashing firmware 0x", StringComparison.Ordinal))
            {
                // Until it writes.
            }

            Assert.True(bench.HasOrphans());
            whispurr.KillAlone();
        }

        long start = Stopwatch.GetTimestamp();
        while (bench.HasOrphans() && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.False(bench.HasOrphans());
    }

    [Fact]
    public async Task A_dry_run_prints_what_would_run_and_runs_nothing()
    {
        using var bench = NewBench();

        WhispurrProcess.Result result = await RunAsync(bench, "--dry-run", "--fwversion", "1 2");

        Assert.Equal(0, result.ExitCode);
        string port = bench.Options.Port;
        Assert.Equal(
            $"dotnet {Bench.NanoffPath} --platform esp32 --serialport {port} --devicedetails --suppressnanoffversioncheck\n"
            + $"dotnet {Bench.NanoffPath} --update --target TARGET --serialport {port} --fwversion '1 2' "
            + "--suppressnanoffversioncheck\n",
            result.Output);
        Assert.Empty(bench.Runs);

        WhispurrProcess.Result json = await RunAsync(bench, "--dry-run", "--target", "ESP32_C3", "--json");
        Assert.Equal(1, JsonDocument.Parse(json.Output).RootElement.GetProperty("commands").GetArrayLength());
    }

    [Theory]
    [InlineData("--target", "ESP32_REV3", 1, "has no Bluetooth")]
    [InlineData("--masserase", null, 2, "will be erased")]
    [InlineData("--address", "0x1B0000", 2, "--address needs --image")]
    [InlineData("--baud", "5", 2, "--baud")]
    [InlineData("--archive", "/nowhere", 2, "There is no folder /nowhere")]
    [InlineData("--image", "/nowhere", 2, "There is no file /nowhere")]
    [InlineData("--restore", "/nowhere", 2, "There is no file /nowhere")]
    [InlineData("--backup", "/nowhere/b.bin", 2, "its folder is not")]
    [InlineData("--restore", "/etc/hostname", 1, "no backup of a flash")]
    public async Task What_cannot_be_done_is_refused_before_anything_runs(
        string option, string? value, int exitCode, string sentence)
    {
        using var bench = NewBench();

        WhispurrProcess.Result result = await RunAsync(bench, value is null ? [option] : [option, value]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Empty(bench.Runs);
    }

    [Fact]
    public async Task Nanoff_on_PATH_and_among_the_users_tools_is_found()
    {
        using var bench = NewBench();
        string tools = Directory.CreateDirectory(Path.Combine(bench.File(""), ".dotnet", "tools")).FullName;
        string nanoff = Path.Combine(tools, "nanoff");
        await File.WriteAllTextAsync(nanoff, "#!/bin/sh\n", TestContext.Current.CancellationToken);
        var home = new Dictionary<string, string>(bench.Variables) { ["HOME"] = bench.File(""), ["PATH"] = "/nowhere" };
        var path = new Dictionary<string, string>(bench.Variables) { ["PATH"] = $"/nowhere:{tools}" };
        string[] line = ["flash", "--port", bench.Options.Port, "--target", "ESP32_C3", "--dry-run"];

        Assert.StartsWith($"{nanoff} --update", (await WhispurrProcess.RunAsync(home, line)).Output, StringComparison.Ordinal);
        Assert.StartsWith("nanoff --update", (await WhispurrProcess.RunAsync(path, line)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_nanoff_it_says_how_to_get_it()
    {
        using var bench = NewBench();
        var nowhere = new Dictionary<string, string>(bench.Variables) { ["HOME"] = bench.File("") };

        // The shell that nanoff needs is not looked for on PATH, dotnet is started by its own.
        nowhere["PATH"] = "/nowhere";
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(nowhere, "flash", "--port", bench.Options.Port);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("dotnet tool install -g nanoff", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    private static Bench NewBench(params (string Name, string Value)[] variables)
    {
        Assert.SkipUnless(PseudoTerminal.IsSupported, "This system has no ptys.");
        return new Bench(variables);
    }

    private static Task<WhispurrProcess.Result> RunAsync(Bench bench, params string[] arguments) =>
        WhispurrProcess.RunAsync(
            bench.Variables,
            ["flash", "--port", bench.Options.Port, "--nanoff", Bench.NanoffPath, .. arguments]);
}
