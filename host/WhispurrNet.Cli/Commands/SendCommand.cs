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
    public static Command Create()
    {
        var intent = new Option<string?>("--intent", "-i")
        {
            Description = "To everybody who listens to this intent, 1 to 64 ASCII characters [required, or --broadcast]",
            HelpName = "NAME",
        };
        var broadcast = new Option<bool>("--broadcast")
        {
            Description = "Instead of --intent: to everybody in the network",
        };
        var payload = new Option<string?>("--payload")
        {
            Description = "What to say, at most 158 bytes as UTF-8 [required, or --payload-file]",
            HelpName = "TEXT",
        };
        var file = new Option<string?>("--payload-file")
        {
            Description = "Instead of --payload: a UTF-8 file with what to say, at most 158 bytes [default: none]",
            HelpName = "FILE",
        };
        Option<string?> gateway = CommonOptions.Gateway();
        Option<string?> token = CommonOptions.Token();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("send", "Send a whisper through a running gateway.")
        {
            intent, broadcast, payload, file, gateway, token, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            JsonObject body = Body(
                parsed.GetValue(intent), parsed.GetValue(broadcast), parsed.GetValue(payload), parsed.GetValue(file));
            using var client = GatewayClient.Create(parsed.GetValue(gateway), parsed.GetValue(token));
            JsonNode answer = await client.PostAsync("/resonance", body, cancellation).ConfigureAwait(false);
            Console.WriteLine(parsed.GetValue(json) ? answer.ToJsonString() : $"Sealed and queued as {answer["id"]}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Body(string? intent, bool broadcast, string? payload, string? file)
    {
        if (broadcast == intent is not null)
        {
            throw new SettingException("Say whom to send to: either --intent NAME or --broadcast.");
        }

        if (payload is null == file is null)
        {
            throw new SettingException("Say what to send: either --payload TEXT or --payload-file FILE.");
        }

        var body = new JsonObject { ["payload"] = payload ?? ReadFile(file!) };
        if (broadcast)
        {
            body["type"] = WhisperKinds.BroadcastType;
        }
        else
        {
            body["intent"] = GatewaySettings.ParseIntent(intent!, "--intent");
        }

        return body;
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
