using System.CommandLine;
using System.Text.Json.Nodes;
using WhispurrNet.Cli.Client;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr send</c>: one whisper through a running gateway.</summary>
internal static class SendCommand
{
    private static readonly TimeSpan WaitPoll = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var intent = new Option<string?>("--intent", "-i")
        {
            Description = "To everybody who listens to this intent, 1 to 64 ASCII characters "
                + "[required, or --broadcast, --to or --emergency]",
            HelpName = "NAME",
        };
        var broadcast = new Option<bool>("--broadcast")
        {
            Description = "Instead of --intent: to everybody in the network",
        };
        var to = new Option<string?>("--to")
        {
            Description = "Instead of --intent: to one identity that the gateway has a contact card of, whole or its "
                + "first 8 digits or more, as 'whispurr contacts' lists them [required, or --intent]",
            HelpName = "IDENTITY",
        };
        var emergency = new Option<bool>("--emergency")
        {
            Description = "Instead of --intent: to everybody in the network, ahead of everything else",
        };
        var payload = new Option<string?>("--payload")
        {
            Description = "What to say, at most 1,024 bytes as UTF-8, of an emergency 158 "
                + "[required, or --payload-file]",
            HelpName = "TEXT",
        };
        var file = new Option<string?>("--payload-file")
        {
            Description = "Instead of --payload: a UTF-8 file with what to say, as long at most [default: none]",
            HelpName = "FILE",
        };
        var wait = new Option<bool>("--wait")
        {
            Description = "Wait until it is delivered, or relayed if it is not for one identity; fail when it expires",
        };
        Option<string?> gateway = CommonOptions.Gateway();
        Option<string?> token = CommonOptions.Token();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("send", "Send a whisper through a running gateway.")
        {
            intent, broadcast, to, emergency, payload, file, wait, gateway, token, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            JsonObject body = Address(
                parsed.GetValue(intent), parsed.GetValue(broadcast), parsed.GetValue(to), parsed.GetValue(emergency));
            body["payload"] = Payload(parsed.GetValue(payload), parsed.GetValue(file));
            using var client = GatewayClient.Create(parsed.GetValue(gateway), parsed.GetValue(token));
            JsonNode answer = await client.PostAsync("/resonance", body, cancellation).ConfigureAwait(false);
            bool isJson = parsed.GetValue(json);
            if (!parsed.GetValue(wait))
            {
                Console.WriteLine(isJson ? answer.ToJsonString() : $"Sealed and queued as {answer["id"]}.");
                return ExitCode.Done;
            }

            string end = parsed.GetValue(to) is null ? "relayed" : "delivered";
            JsonNode last = await WaitAsync(client, (string)answer["id"]!, end, cancellation).ConfigureAwait(false);
            answer["state"] = (string)last["state"]!;
            Console.WriteLine(isJson ? answer.ToJsonString() : $"Whisper {answer["id"]} is {answer["state"]}.");
            return (string)last["state"]! == "expired" ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static async Task<JsonNode> WaitAsync(
        GatewayClient client, string id, string end, CancellationToken cancellation)
    {
        while (true)
        {
            JsonNode answer = await client.GetAsync("/resonance/" + id, cancellation).ConfigureAwait(false);
            string state = (string)answer["state"]!;
            if (state == end || state is "delivered" or "expired")
            {
                return answer;
            }

            await Task.Delay(WaitPoll, cancellation).ConfigureAwait(false);
        }
    }

    private static JsonObject Address(string? intent, bool broadcast, string? to, bool emergency)
    {
        if (new[] { intent is not null, broadcast, to is not null, emergency }.Count(given => given) != 1)
        {
            throw new SettingException(
                "Say whom to send to: one of --intent NAME, --broadcast, --to IDENTITY and --emergency.");
        }

        if (intent is not null)
        {
            return new JsonObject { ["intent"] = GatewaySettings.ParseIntent(intent, "--intent") };
        }

        if (to is null)
        {
            return new JsonObject
            {
                ["type"] = broadcast ? WhisperKinds.BroadcastType : WhisperKinds.EmergencyType,
            };
        }

        return IdentityName.IsShort(to.ToLowerInvariant())
            ? new JsonObject { ["type"] = WhisperKinds.DirectType, ["to"] = to }
            : throw new SettingException(
                $"--to must be an identity, or its first {IdentityName.ShortMin} digits or more, not '{to}'.");
    }

    private static string Payload(string? payload, string? file)
    {
        return payload is null == file is null
            ? throw new SettingException("Say what to send: either --payload TEXT or --payload-file FILE.")
            : payload ?? ReadFile(file!);
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(File.Exists(path)
                ? $"The file '{path}' cannot be read."
                : $"There is no file '{path}'.");
        }
    }
}
