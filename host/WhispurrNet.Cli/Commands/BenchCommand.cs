using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using WhispurrNet.Cli.Bench;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr bench</c>: what every primitive and every step of the protocol costs, on a board and on this machine.</summary>
internal static class BenchCommand
{
    private const int DefaultTimeMs = 200;
    private const int TimeMsMax = 60_000;

    private const int DefaultBaudRate = 921_600;

    /// <summary>The longest operation takes some seconds on a board, and so does what prepares it.</summary>
    private static readonly TimeSpan s_boardSilence = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan s_interpreterTimeout = TimeSpan.FromMinutes(15);

    public static Command Create()
    {
        var filter = new Option<string?>("--filter")
        {
            Description = "Only operations whose names hold this word [default: all]",
            HelpName = "WORD",
        };
        var time = new Option<int?>("--time")
        {
            Description = $"Milliseconds to measure one thing for, 1 to {TimeMsMax} [default: {DefaultTimeMs}]",
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
        var board = new Option<string?>("--board")
        {
            Description = "Measure on the board at the port of this name, where WhispurrNet.Costs is deployed [default: here]",
            HelpName = "NAME",
        };
        var baud = new Option<int?>("--baud")
        {
            Description = $"With --board: bits a second, 1 to {SerialPortOptions.MaxBaudRate} [default: {DefaultBaudRate}]",
            HelpName = "RATE",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "bench",
            "Print what every primitive and every step of the protocol costs: IL, bytes, and the time here and on a board.")
        {
            filter, time, bouncyCastle, nanoClr, board, baud, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var choice = new BenchChoice(
                parsed.GetValue(filter),
                parsed.GetValue(time) ?? DefaultTimeMs,
                parsed.GetValue(bouncyCastle),
                parsed.GetValue(nanoClr),
                parsed.GetValue(board),
                parsed.GetValue(baud) ?? DefaultBaudRate);
            IReadOnlyList<BenchRow> rows = await RunAsync(choice, cancellation).ConfigureAwait(false);
            Print(parsed.InvocationConfiguration.Output, rows, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<BenchRow>> RunAsync(BenchChoice choice, CancellationToken cancellation)
    {
        if (choice.TimeMs is < 1 or > TimeMsMax)
        {
            throw new SettingException(
                string.Create(CultureInfo.InvariantCulture, $"--time takes milliseconds, 1 to {TimeMsMax}."));
        }

        if (choice.NanoClr && choice.Board is not null)
        {
            throw new SettingException("--nanoclr and --board are two places to measure; choose one.");
        }

        if (choice.BaudRate is < 1 or > SerialPortOptions.MaxBaudRate)
        {
            throw new SettingException(
                string.Create(CultureInfo.InvariantCulture, $"--baud takes 1 to {SerialPortOptions.MaxBaudRate}."));
        }

        IReadOnlyList<Counted> counted = BenchPlan.Count(choice.Filter);
        return choice switch
        {
            { NanoClr: true } => InterpreterBench.Run(counted, s_interpreterTimeout),
            { Board: { } port } => await BoardBench.RunAsync(
                counted, port, choice.BaudRate, s_boardSilence, Console.Error.WriteLine, cancellation).ConfigureAwait(false),
            _ => new DeskBench(new Timing(TimeSpan.FromMilliseconds(choice.TimeMs)), choice.BouncyCastle)
                .Run(counted, cancellation),
        };
    }

    private static void Print(TextWriter output, IReadOnlyList<BenchRow> rows, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(rows, JsonSerializerOptions.Web));
            return;
        }

        BenchTable.Write(output, rows);
    }
}

/// <summary>What the user asks for.</summary>
/// <param name="Filter">A word of the operations' names; null for all.</param>
/// <param name="TimeMs">Milliseconds to measure one thing for.</param>
/// <param name="BouncyCastle">The file of a peer; null for none.</param>
/// <param name="NanoClr">Measure on an installed interpreter.</param>
/// <param name="Board">Measure on the board on this port; null for none.</param>
/// <param name="BaudRate">The port's rate.</param>
internal sealed record BenchChoice(
    string? Filter, int TimeMs, string? BouncyCastle, bool NanoClr, string? Board, int BaudRate);
