using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using WhispurrNet.Cli.Client;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr listen</c>: what a running gateway's local node reads, as it arrives.</summary>
internal static class ListenCommand
{
    public static Command Create()
    {
        var count = new Option<string?>("--count", "-n")
        {
            Description = $"End after so many whispers, 1 to {int.MaxValue} [default: until Ctrl-C]",
            HelpName = "N",
        };
        Option<string?> gateway = CommonOptions.Gateway();
        Option<string?> token = CommonOptions.Token();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("listen", "Print the whispers that arrive at a running gateway, one line each.")
        {
            count, gateway, token, json,
        };
        command.SetAction((parsed, cancellation) => ListenAsync(
            parsed.GetValue(gateway),
            parsed.GetValue(token),
            parsed.GetValue(count) is { } text ? GatewaySettings.ParseNumber(text, "--count", 1, int.MaxValue) : null,
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static async Task<int> ListenAsync(
        string? gateway, string? token, int? count, bool json, CancellationToken cancellation)
    {
        using var client = GatewayClient.Create(gateway, token);
        int left = count ?? int.MaxValue;
        try
        {
            await foreach (SseItem<string> item in client.ListenAsync(cancellation).ConfigureAwait(false))
            {
                if (item.EventType == "snapshot")
                {
                    Introduce(item.Data, client.Address, json);
                }
                else if (item.EventType == "heard")
                {
                    Console.WriteLine(json ? item.Data : Line(JsonNode.Parse(item.Data)!));
                    if (--left <= 0)
                    {
                        return ExitCode.Done;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done;
        }

        throw new CommandFailure($"The gateway at {client.Address} has ended.");
    }

    private static void Introduce(string snapshot, Uri address, bool json)
    {
        JsonNode? desk = JsonNode.Parse(snapshot)?["status"]?["desk"];
        if (desk is null)
        {
            throw new CommandFailure($"The gateway at {address} has no network key, so it reads no whispers.");
        }

        if (!json)
        {
            string intents = string.Join(", ", desk["intents"]!.AsArray().Select(i => i!.GetValue<string>()));
            Console.Error.WriteLine($"Listening at {address} to broadcasts, emergencies, direct whispers and {intents}; Ctrl-C ends.");
        }
    }

    private static string Line(JsonNode heard)
    {
        DateTimeOffset at = heard["at"]!.GetValue<DateTimeOffset>();
        string topic = heard["intent"]?.GetValue<string>() ?? heard["kind"]!.GetValue<string>();
        if (topic == WhisperKinds.Emergency)
        {
            topic = "EMERGENCY";
        }

        string from = heard["from"]!.GetValue<string>();
        string? node = heard["fromNode"]?.GetValue<string>();
        string sender = (node is null ? from : $"{node} ({from})")
            + (heard["proven"]!.GetValue<bool>() ? ", proven" : string.Empty);

        // What came over the mesh must not steer the terminal.
        string payload = string.Concat(heard["payload"]!.GetValue<string>().Select(c => char.IsControl(c) ? ' ' : c));
        return $"{at.ToLocalTime():HH:mm:ss} {topic} from {sender}: {payload}";
    }
}
