using System.CommandLine;
using System.Text;
using Spectre.Console;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;
using WhispurrNet.Cli.Monitor.Show;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr monitor</c>: what a board says on its cable.</summary>
internal static class MonitorCommand
{
    private const int OutputBytes = 64 << 10;

    public static Command Create()
    {
        var set = new MonitorOptionSet();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "monitor", "Show what a board says on its cable: text, packets, exceptions; through unplugging and back.");
        set.AddTo(command);
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) => RunAsync(set.Read(parsed), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(MonitorChoice choice, bool json, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(choice.For);
        DateTimeOffset start = DateTimeOffset.UtcNow;
        using LogFile? log = choice.Log is null ? null : LogFile.Open(choice.Log, start);
        var board = new BoardState();
        using Shown shown = Show(choice, json, board, start);
        IMonitorSink[] beside = [board, .. log is null ? [] : (IMonitorSink[])[log], .. shown.Beside];
        var monitor = new PortMonitor(
            SerialPorts.ForThisSystem,
            choice.Listen,
            new MonitorViews(choice.Filter, shown.View, beside),
            TimeProvider.System);
        try
        {
            await monitor.RunAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C, or the time is over.
        }

        return ExitCode.Done;
    }

    private static Shown Show(MonitorChoice choice, bool json, BoardState board, DateTimeOffset start)
    {
        if (json)
        {
            var view = new JsonView(Console.OpenStandardOutput(), start);
            return new Shown(view, view, choice.Table ? [new BoardSummaries(ms => view.Write(board, ms))] : []);
        }

        string port = choice.Listen.Port;
        if (choice.Table && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi)
        {
            var plain = new LineFormat(start, choice.WithTime, LineFormat.TimeOfDay, styles: null);
            var table = new TableView(
                new FullScreen(Console.Out, FullScreen.OfConsole), board, port, plain,
                AnsiConsole.Profile.Capabilities.ColorSystem);
            return new Shown(table, table, []);
        }

        ItemStyles? styles = Console.IsOutputRedirected ? null : ItemStyles.For(AnsiConsole.Console);
        var format = new LineFormat(start, choice.WithTime, LineFormat.TimeOfDay, styles);
        var writer = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), OutputBytes);
        return new Shown(
            new ConsoleView(writer, format),
            writer,
            choice.Table
                ? [new BoardSummaries(
                    ms => format.WriteLine(writer, ms, ItemKind.Report, BoardTable.Summarize(board, port)))]
                : []);
    }

    /// <summary>Where items go.</summary>
    /// <param name="View">Shows those that pass the filter.</param>
    /// <param name="Owner">What is disposed at the end.</param>
    /// <param name="Beside">Gets all of them, behind the board's state.</param>
    private sealed record Shown(IMonitorView View, IDisposable Owner, IMonitorSink[] Beside) : IDisposable
    {
        public void Dispose() => Owner.Dispose();
    }
}
