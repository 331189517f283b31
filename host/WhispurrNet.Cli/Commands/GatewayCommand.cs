using System.CommandLine;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr gateway</c>: relay, local node and page for real boards.</summary>
internal static class GatewayCommand
{
    public static Command Create()
    {
        var set = new GatewayOptionSet();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "gateway",
            "Run a gateway: a relay for boards at ws://HOST:PORT/mesh, a local node behind REST, and a page.");
        set.AddTo(command);
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) => RunAsync(set.Read(parsed), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(GatewayChoice choice, bool json, CancellationToken cancellation)
    {
        await using GatewayServer gateway =
            await GatewayServer.StartAsync(choice.Options, cancellation).ConfigureAwait(false);
        string[] mesh = [.. MeshAddresses(choice.Options, gateway)];
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                @event = "started",
                page = gateway.PageUrl,
                mesh,
                network = choice.Options.JoinCode is null ? "none" : "member",
                join = choice.IsNewNetwork ? choice.Options.JoinCode : null,
            }));
        }
        else
        {
            Print(choice, gateway, mesh);
        }

        try
        {
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how a gateway ends.
        }

        return ExitCode.Done;
    }

    private static void Print(GatewayChoice choice, GatewayServer gateway, string[] mesh)
    {
        Console.WriteLine($"page      {gateway.PageUrl}");
        foreach (string address in mesh)
        {
            Console.WriteLine($"boards    {address}");
        }

        if (choice.IsNewNetwork)
        {
            Console.WriteLine($"network   new; join code {choice.Options.JoinCode}");
        }
        else
        {
            Console.WriteLine(choice.Options.JoinCode is null
                ? "network   none: relays without keys, cannot whisper or read"
                : "network   joined");
        }

        if (IPAddress.IsLoopback(choice.Options.Address))
        {
            Console.WriteLine("This machine only; for boards on Wi-Fi add --host '*'.");
        }
        else if (choice.Options.Token is null)
        {
            Console.WriteLine("Page and REST answer this machine only; for others add --token.");
        }

        Console.WriteLine("Ctrl-C ends.");
    }

    /// <summary>The addresses under which boards find the gateway.</summary>
    private static IEnumerable<string> MeshAddresses(GatewayOptions options, GatewayServer gateway)
    {
        bool any = options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any);
        IEnumerable<IPAddress> addresses = any
            ? NetworkInterface.GetAllNetworkInterfaces()
                .Where(n => n.OperationalStatus == OperationalStatus.Up)
                .SelectMany(n => n.GetIPProperties().UnicastAddresses)
                .Select(a => a.Address)
                .Where(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a))
                .DefaultIfEmpty(IPAddress.Loopback)
            : [options.Address];
        return addresses.Select(a => $"ws://{new IPEndPoint(a, gateway.PageUrl.Port)}{GatewayServer.MeshPath}");
    }
}
