using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.SelfTest;
using WhispurrNet.Cli.Up;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr selftest</c>: does what protects whispers work, here and in the device binaries?</summary>
internal static class SelfTestCommand
{
    public static Command Create()
    {
        var board = new Option<bool>("--board")
        {
            Description = "Test the device binaries on virtual boards instead of the desk's own node",
        };
        var program = new Option<string?>("--program")
        {
            Description = "With --board: the device program to test, built by you [default: the sample that comes with "
                + "whispurr]",
            HelpName = "FILE",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "selftest",
            "Test identity, encryption, resonance and obfuscation, and print a table; the exit code is 1 if a test fails.")
        {
            board, program, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(board),
            parsed.GetValue(program),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(bool board, string? program, bool json)
    {
        if (program is not null && !board)
        {
            throw new SettingException("--program goes with --board.");
        }

        string path = program is null ? LineOptions.BundledProgram : Path.GetFullPath(program);
        if (!File.Exists(path))
        {
            throw new SettingException($"There is no device program '{path}'.");
        }

        var checks = new CheckList();
        using (ITestMesh mesh = board ? BoardMesh.Start(path) : new DeskMesh())
        {
            new SelfTestRun(mesh, checks).Run();
        }

        using (IStealthMesh mesh = board ? new BoardStealth(path) : new DeskStealth())
        {
            new ObfuscationChecks(mesh, checks).Run();
        }

        var report = SelfTestReport.Of(board ? "board" : "desk", checks.Results);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        }
        else
        {
            Print(report);
        }

        return report.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Print(SelfTestReport report)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("test", "of", "result", "ms");
        table.Columns[3].RightAligned();
        foreach (CheckResult check in report.Checks)
        {
            table.AddRow(
                Markup.Escape(check.Group),
                Markup.Escape(check.Name),
                check.Passed ? "[green]passed[/]" : $"[red]failed[/]: {Markup.Escape(check.Reason!)}",
                $"{check.Ms}");
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"{report.Side}: {report.Passed} passed, {report.Failed} failed");
    }
}
