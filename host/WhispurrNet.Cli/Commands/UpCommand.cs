using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.Up;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr up</c>: the whole mesh on one desk, with virtual boards that run the device binaries.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var set = new UpOptionSet();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "up",
            "Run a mesh without hardware: gateway, page, and virtual boards that run the very binaries you would flash.");
        set.AddTo(command);
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            UpChoice choice = set.Read(parsed);
            bool asJson = parsed.GetValue(json);
            return choice.For is { } time
                ? RunUnattendedAsync(choice.Line with { AreBoardsQuiet = true }, time, asJson, cancellation)
                : RunAttendedAsync(choice, asJson, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAttendedAsync(UpChoice choice, bool json, CancellationToken cancellation)
    {
        await using BoardLineup lineup = await BoardLineup.StartAsync(choice.Line, cancellation).ConfigureAwait(false);
        var console = new UpConsole(lineup, json);
        console.Introduce(choice.IsNewNetwork ? choice.Line.Gateway.JoinCode : null);
        await console.ShowAsync(cancellation).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static async Task<int> RunUnattendedAsync(
        LineOptions line, TimeSpan time, bool json, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(time);
        UnattendedReport report;
        await using (BoardLineup lineup = await BoardLineup.StartAsync(line, cancellation).ConfigureAwait(false))
        {
            report = await new UnattendedRun(lineup).RunAsync(limit.Token).ConfigureAwait(false);
            if (!report.IsGood)
            {
                PrintComplaints(lineup);
            }
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        }
        else
        {
            Print(report);
        }

        return report.IsGood ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>What boards complained of last may be why not everything arrived.</summary>
    private static void PrintComplaints(BoardLineup lineup)
    {
        foreach (NodeView node in lineup.Gateway.Map.ReadMesh().Nodes.Where(n => n.LastError is not null))
        {
            Console.Error.WriteLine($"whispurr: {node.Name}: {node.LastError}");
        }
    }

    private static void Print(UnattendedReport report)
    {
        foreach (KindReport kind in report.Kinds)
        {
            Console.WriteLine(kind.Delivered > 0 && kind.Delivered == kind.Sent
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind.Kind}: arrived over {kind.Hops} Bluetooth {(kind.Hops == 1 ? "hop" : "hops")} after "
                    + $"{kind.LatencyMs / 1000.0:0.0} s of board time")
                : kind.Kind + (kind.Sent == 0
                    ? ": not sent, the boards did not start in time"
                    : ": did not arrive in time"));
        }

        Console.WriteLine($"nodes between that could read one: {report.RelaysThatCouldRead}");
    }
}
