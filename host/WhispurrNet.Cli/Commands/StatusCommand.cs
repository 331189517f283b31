using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using WhispurrNet.Cli.Client;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr status</c>: how a running gateway does.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        Option<string?> gateway = CommonOptions.Gateway();
        Option<string?> token = CommonOptions.Token();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("status", "Show how a running gateway does.") { gateway, token, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = GatewayClient.Create(parsed.GetValue(gateway), parsed.GetValue(token));
            JsonNode status = await client.GetAsync("/status", cancellation).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(status.ToJsonString());
            }
            else
            {
                Print(status, client.Address);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(JsonNode status, Uri address)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("name", "value");
        void Row(string name, object? value) => table.AddRow(Markup.Escape(name), Markup.Escape($"{value}"));
        JsonNode relay = status["relay"]!;
        JsonNode counts = relay["counts"]!;
        Row("gateway", address);
        Row("up for", TimeSpan.FromSeconds(status["uptimeSeconds"]!.GetValue<long>()));
        Row("network", status["network"]!.GetValue<string>() == "member" ? "joined" : "no key, relay only");
        Row("peers", $"{relay["peers"]} of {relay["maxPeers"]}");
        Row("frames held", relay["heldFrames"]);
        Row("messages in / out", $"{counts["unitsIn"]} / {counts["unitsOut"]}");
        Row("whispers known", status["whispers"]);
        if (status["desk"] is { } desk)
        {
            Row("local node", desk["identity"]);
            Row("contacts", desk["contacts"]!.AsArray().Count);
            if (desk["user"] is { } user)
            {
                Row("user identity", user);
            }

            foreach (JsonNode? person in desk["persons"]!.AsArray())
            {
                string name = person!["name"]?.GetValue<string>() ?? "not verified";
                Row("person", $"{name}: {person["publicKey"]} as {person["identity"]}");
            }

            Row("listens to", string.Join(", ", desk["intents"]!.AsArray().Select(i => i!.GetValue<string>())));
        }

        AnsiConsole.Write(table);
    }
}
