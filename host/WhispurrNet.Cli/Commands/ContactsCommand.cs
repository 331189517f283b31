using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using WhispurrNet.Cli.Client;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr contacts</c>: whom a running gateway can send direct whispers to.</summary>
internal static class ContactsCommand
{
    public static Command Create()
    {
        Option<string?> gateway = CommonOptions.Gateway();
        Option<string?> token = CommonOptions.Token();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "contacts", "List the identities that a running gateway can send direct whispers to, the newest first.")
        {
            gateway, token, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = GatewayClient.Create(parsed.GetValue(gateway), parsed.GetValue(token));
            JsonNode answer = await client.GetAsync("/contacts", cancellation).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(answer.ToJsonString());
            }
            else if (answer["contacts"] is JsonArray { Count: > 0 } contacts)
            {
                Print(contacts);
            }
            else
            {
                Console.WriteLine("None yet: every board sends its contact card once an hour.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(JsonArray contacts)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("identity", "node", "learned", "reachable for");
        foreach (JsonNode? contact in contacts)
        {
            DateTimeOffset learned = contact!["learnedAt"]!.GetValue<DateTimeOffset>();
            var left = TimeSpan.FromSeconds(contact["expiresInSeconds"]!.GetValue<long>());
            table.AddRow(
                Markup.Escape(contact["id"]!.GetValue<string>()),
                Markup.Escape(contact["node"]?.GetValue<string>() ?? "not known"),
                $"{learned.ToLocalTime():HH:mm:ss}",
                $"{(int)left.TotalHours}:{left:mm\\:ss}");
        }

        AnsiConsole.Write(table);
    }
}
