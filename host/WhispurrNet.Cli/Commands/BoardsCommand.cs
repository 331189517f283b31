using System.CommandLine;
using WhispurrNet.Cli.Boards;
using WhispurrNet.Cli.Options;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr boards</c>: which serial ports there are, and which boards answer on them.</summary>
internal static class BoardsCommand
{
    private const int MaxListenSeconds = 3_600;

    /// <summary>Creates it for the ports of this system.</summary>
    public static Command Create()
    {
        var watch = new Option<bool>("--watch", "-w")
        {
            Description = "Go on with the ports that come and go, until Ctrl-C",
        };
        var ask = new Option<bool>("--ask", "-a")
        {
            Description = "Ask what answers: firmware, version, program. A board that was asked prints in packets until it "
                + "restarts, which other programs may not read",
        };
        var listen = new Option<string?>("--listen")
        {
            Description = $"First hear so long what a board says of itself, 0 to {MaxListenSeconds}; sends nothing "
                + "[default: 0; 1 with --ask]",
            HelpName = "SECONDS",
        };
        var port = new Option<string[]>("--port", "-p")
        {
            Description = "Only this port, listed or not; may be given several times [default: those listed; asked are "
                + "those whose USB device is one of ESP32 boards]",
            HelpName = "NAME",
        };
        var baud = new Option<string?>("--baud")
        {
            Description = $"Bits a second to ask at, 1 to {SerialPortOptions.MaxBaudRate} [default: 921600, then 115200]",
            HelpName = "N",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "boards", "List the serial ports, what they are, and, if asked, the boards on them. Opens none by itself.")
        {
            watch, ask, listen, port, baud, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            bool asks = parsed.GetValue(ask);
            int seconds = parsed.GetValue(listen) is { } text
                ? GatewaySettings.ParseNumber(text, "--listen", 0, MaxListenSeconds)
                : asks ? 1 : 0;
            IReadOnlyList<int> rates = parsed.GetValue(baud) is { } rate
                ? [GatewaySettings.ParseNumber(rate, "--baud", 1, SerialPortOptions.MaxBaudRate)]
                : InquiryOptions.UsualBaudRates;
            var inquiry = new InquiryOptions(asks, TimeSpan.FromSeconds(seconds), rates);
            var run = new BoardsRun(
                SerialPorts.ForThisSystem, inquiry, parsed.GetValue(port) ?? [], new BoardsOutput(parsed.GetValue(json)));
            return parsed.GetValue(watch) ? run.WatchAsync(cancellation) : run.ListAsync(cancellation);
        });
        return command;
    }
}
