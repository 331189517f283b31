using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;
using WhispurrNet.Cli.Client;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.Top;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr top</c>: boards, links and what they do, live.</summary>
internal static class TopCommand
{
    private const string AllPorts = "all";
    private const double DefaultInterval = 2;
    private const double MinInterval = 0.2;
    private const double MaxInterval = 3_600;

    public static Command Create()
    {
        var port = new Option<string[]>("--port", "-p")
        {
            Description = "A board's serial port, or all for every one that is on USB; may be given several times. "
                + "Nothing is sent to it [default: only what a gateway tells]",
            HelpName = "NAME",
        };
        Option<string?> baud = MonitorOptionSet.Baud(
            $"Bits a second of the ports, 1 to {SerialPortOptions.MaxBaudRate}, or auto");
        Option<string?> gateway = CommonOptions.Gateway();
        Option<string?> token = CommonOptions.Token();
        var interval = new Option<string?>("--interval", "-i")
        {
            Description = $"Seconds between two pictures, {MinInterval} to {MaxInterval} [default: {DefaultInterval}]",
            HelpName = "SECONDS",
        };
        Option<string?> time = MonitorOptionSet.For();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("top", "Show boards, links, traffic and memory, live; in a pipe as blocks of text.")
        {
            port, baud, gateway, token, interval, time, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            int rate = MonitorOptionSet.ParseBaud(parsed.GetValue(baud));
            double seconds = parsed.GetValue(interval) is { } text
                ? UpOptionSet.ParseReal(text, "--interval", MinInterval, MaxInterval)
                : DefaultInterval;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            end.CancelAfter(MonitorOptionSet.ParseFor(parsed.GetValue(time)));
            List<CableSource> cables = Cables(parsed.GetValue(port) ?? [], rate);
            using GatewayClient? client = cables.Count == 0 || parsed.GetValue(gateway) is not null
                ? GatewayClient.Create(parsed.GetValue(gateway), parsed.GetValue(token))
                : null;
            IEnumerable<ITopSource> first = client is null ? [] : [new GatewaySource(client, TimeProvider.System)];
            var run = new TopRun([.. first, .. cables], TimeSpan.FromSeconds(seconds));
            return await RunAsync(run, cables, parsed.GetValue(json), end).ConfigureAwait(false);
        });
        return command;
    }

    private static List<CableSource> Cables(string[] names, int rate)
    {
        ISerialPorts ports = SerialPorts.ForThisSystem;
        IEnumerable<string> all = names
            .SelectMany(name => name == AllPorts
                ? ports.List().Where(port => port.VendorId is not null).Select(port => port.Name)
                : [name])
            .Distinct();
        List<CableSource> cables =
        [
            .. all.Select(name => new CableSource(
                ports, name, rate == 0 ? Monitor.Port.PortMonitorOptions.DefaultBaudRate : rate, rate == 0,
                TimeProvider.System)),
        ];
        return cables.Count > 0 || names.Length == 0
            ? cables
            : throw new CommandFailure("There is no serial port on USB.");
    }

    private static async Task<int> RunAsync(
        TopRun run, IReadOnlyList<CableSource> cables, bool json, CancellationTokenSource end)
    {
        Task[] listening = [.. cables.Select(cable => cable.RunAsync(end.Token))];
        Task showing = ShowAsync(run, json, end.Token);
        try
        {
            // A port that cannot be opened ends it all, with its reason.
            await (await Task.WhenAny([showing, .. listening]).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C, or the time is over.
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll([showing, .. listening]).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
                .ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static async Task ShowAsync(TopRun run, bool json, CancellationToken cancellation)
    {
        if (json || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            await run.PrintAsync(Console.Out, json, cancellation).ConfigureAwait(false);
            return;
        }

        using var screen = new FullScreen(Console.Out, FullScreen.OfConsole);
        await run.ShowAsync(screen, AnsiConsole.Profile.Capabilities.ColorSystem, ReadKey, cancellation)
            .ConfigureAwait(false);
    }

    private static char? ReadKey() =>
        !Console.IsInputRedirected && Console.KeyAvailable ? Console.ReadKey(intercept: true).KeyChar : null;
}
