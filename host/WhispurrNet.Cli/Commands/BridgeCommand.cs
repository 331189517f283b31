using System.CommandLine;
using WhispurrNet.Cli.Bridge;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr bridge</c>: a board without Wi-Fi reaches its gateway through a serial port.</summary>
internal static class BridgeCommand
{
    private const int DefaultBaudRate = 921_600;
    private const int MinBaudRate = 9600;
    private const int MaxBaudRate = 3_000_000;
    private const int DefaultEvery = 60;
    private const int MaxEvery = 24 * 60 * 60;

    public static Command Create()
    {
        var port = new Option<string>("--port", "-p")
        {
            Description = "The serial port with the board's own UART at its other end; 'serial' in the board's settings "
                + "names that [required]",
            HelpName = "NAME",
            Required = true,
        };
        var baud = new Option<string?>("--baud", "-b")
        {
            Description = $"Bits a second, {MinBaudRate} to {MaxBaudRate}, as in the board's settings [default: {DefaultBaudRate}]",
            HelpName = "N",
        };
        Option<string?> gateway = CommonOptions.Gateway();
        var every = new Option<string?>("--every")
        {
            Description = $"Seconds between two counts, 1 to {MaxEvery} [default: {DefaultEvery}]",
            HelpName = "S",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "bridge",
            "Carry a board's link to its gateway over a serial port, encrypted as it is; unplug and plug in as you like.")
        {
            port, baud, gateway, every, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new BridgeOptions
            {
                Port = parsed.GetRequiredValue(port),
                BaudRate = Number(parsed.GetValue(baud), "--baud", MinBaudRate, MaxBaudRate, DefaultBaudRate),
                Gateway = MeshOf(parsed.GetValue(gateway)),
                Every = TimeSpan.FromSeconds(Number(parsed.GetValue(every), "--every", 1, MaxEvery, DefaultEvery)),
            },
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    /// <summary>Where a gateway serves boards, from its address or from that place itself.</summary>
    /// <exception cref="SettingException">It is no address.</exception>
    public static Uri MeshOf(string? gateway)
    {
        string name = gateway is null ? CommonOptions.GatewayVariable : "--gateway";
        gateway ??= Environment.GetEnvironmentVariable(CommonOptions.GatewayVariable);
        if (string.IsNullOrWhiteSpace(gateway))
        {
            gateway = $"http://127.0.0.1:{GatewaySettings.FromEnvironment(Environment.GetEnvironmentVariable).Port}";
        }

        if (!Uri.TryCreate(gateway, UriKind.Absolute, out Uri? address)
            || address.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            throw new SettingException(
                $"{name} must be an address such as http://127.0.0.1:8765 or ws://127.0.0.1:8765/mesh, not '{gateway}'.");
        }

        bool isSecure = address.Scheme is "https" or "wss";
        return new UriBuilder(address)
        {
            Scheme = isSecure ? "wss" : "ws",
            Port = address.Port,
            Path = address.AbsolutePath == "/" ? GatewayServer.MeshPath : address.AbsolutePath,
        }.Uri;
    }

    private static int Number(string? text, string name, int min, int max, int otherwise) =>
        text is null ? otherwise : GatewaySettings.ParseNumber(text, name, min, max);

    private static async Task<int> RunAsync(BridgeOptions options, bool json, CancellationToken cancellation)
    {
        var report = new BridgeReport(json, Console.Out);
        report.Start(options);
        using var bridge = new SerialBridge(SerialPorts.ForThisSystem, options, report);
        await bridge.RunAsync(cancellation).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
