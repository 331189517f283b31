using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using WhispurrNet.Cli.Bench;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr bench</c>: what every primitive and every step of the protocol costs, on a board and on this machine.</summary>
internal static class BenchCommand
{
    private const int DefaultTimeMs = 200;
    private const int TimeMsMax = 60_000;

    private static readonly TimeSpan s_interpreterTimeout = TimeSpan.FromMinutes(15);

    public static Command Create()
    {
        var filter = new Option<string?>("--filter")
        {
            Description = "Only operations whose names hold this word [default: all]",
            HelpName = "WORD",
        };
        var time = new Option<int>("--time")
        {
            DefaultValueFactory = _ => DefaultTimeMs,
            Description = $"Milliseconds to measure one thing for, 1 to {TimeMsMax}",
            HelpName = "MS",
        };
        var bouncyCastle = new Option<string?>("--bouncycastle")
        {
            Description = $"BouncyCastle.Crypto.dll to compare with ({BouncyCastleProvider.Variable}) [default: none]",
            HelpName = "FILE",
        };
        var nanoClr = new Option<bool>("--nanoclr")
        {
            Description = "Measure on the interpreter that boards have, installed for this machine (NANOCLR, NANO_MDP, NANO_LIB)",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "bench",
            "Print what every primitive and every step of the protocol costs: IL, bytes, and the time here and on a board.")
        {
            filter, time, bouncyCastle, nanoClr, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            int timeMs = parsed.GetValue(time);
            if (timeMs is < 1 or > TimeMsMax)
            {
                throw new SettingException(
                    string.Create(CultureInfo.InvariantCulture, $"--time takes milliseconds, 1 to {TimeMsMax}."));
            }

            IReadOnlyList<Counted> counted = BenchPlan.Count(parsed.GetValue(filter));
            IReadOnlyList<BenchRow> rows = parsed.GetValue(nanoClr)
                ? InterpreterBench.Run(counted, s_interpreterTimeout)
                : new DeskBench(new Timing(TimeSpan.FromMilliseconds(timeMs)), parsed.GetValue(bouncyCastle))
                    .Run(counted, cancellation);
            Print(parsed.InvocationConfiguration.Output, rows, parsed.GetValue(json));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Print(TextWriter output, IReadOnlyList<BenchRow> rows, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(rows, JsonSerializerOptions.Web));
            return;
        }

        BenchTable.Write(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }), rows);
    }
}
