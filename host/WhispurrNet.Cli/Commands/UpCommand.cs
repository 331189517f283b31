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
            Print(kind.Kind, kind.Sent, kind.Delivered, kind.Hops, kind.LatencyMs);
            if (kind.Kind == WhisperKinds.Direct && report.ContactMs is { } contactMs)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  the contact card it needs had come {contactMs / 1000.0:0.0} s after the start"));
            }
        }

        AnswerReport answer = report.Answer;
        string proof = answer.Proven ? ", its sender proven" : string.Empty;
        Print($"direct from {answer.From}{proof}", answer.Sent, answer.Delivered, answer.Hops, answer.LatencyMs);
        Console.WriteLine($"direct whispers acknowledged: {report.Acknowledged} of 2");
        Console.WriteLine($"nodes between that could read one: {report.RelaysThatCouldRead}");
    }

    private static void Print(string what, int sent, int delivered, int? hops, long? latencyMs)
    {
        Console.WriteLine(sent > 0 && delivered == sent
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: arrived over {hops} Bluetooth {(hops == 1 ? "hop" : "hops")} after "
                + $"{latencyMs / 1000.0:0.0} s of board time")
            : what + (sent == 0 ? ": could not be sent in time" : ": did not arrive in time"));
    }
}
