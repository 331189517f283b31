using System.CommandLine;
using System.CommandLine.Parsing;
using WhispurrNet.Cli.Provision;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Options;

/// <summary>What a board can be told, as options; secrets by where they come from only.</summary>
internal sealed class ProvisionOptionSet
{
    /// <summary>Variable with the Wi-Fi password.</summary>
    public const string PasswordVariable = "WHISPURRNET_WIFI_PASSWORD";

    private const string Sources = "prompt, stdin, env or a file";

    private readonly Option<string?> _settings = Text(
        "--settings", "FILE", "A settings file to begin with, as whispurr.cfg [default: nothing; a board's old settings cannot be "
        + "read over the cable, and are replaced]");

    private readonly Option<string?> _name = Text(
        "--name", "NAME", "Name in the board's own lines, up to 32 characters without blanks [default: board]");

    private readonly Option<string?> _network = Text(
        "--network", "WORD", "public for the network that everybody can read, none for a board that only relays "
        + "[default: --join-from]");

    private readonly Option<string?> _join = Text(
        "--join-from", "SOURCE", $"Where the join code comes from: {Sources}; or the text of its QR code "
        + $"({GatewaySettings.JoinVariable}) [default: no network]");

    private readonly Option<string?> _gateway = Text(
        "--gateway", "URL", "Where the board finds its gateway, ws://HOST:8765/mesh [default: none]");

    private readonly Option<string?> _intents = Text(
        "--intents", "NAMES", "What the board listens to, with commas between, at most 15 [default: nothing]");

    private readonly Option<string?> _ssid = Text(
        "--ssid", "NAME", "Wi-Fi network, up to 32 bytes [default: the one stored on the chip]");

    private readonly Option<string?> _password = Text(
        "--wifi-password-from", "SOURCE", $"Where its password comes from: {Sources}; open for none ({PasswordVariable}) "
        + "[default: prompt, with --ssid]");

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A further line of the settings, KEY=VALUE; may be repeated [default: none]",
        HelpName = "LINE",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds them all.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [_settings, _name, _network, _join, _gateway, _intents, _ssid, _password, _set])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The settings that were asked for.</summary>
    /// <exception cref="SettingException">Something is missing, excludes another, or is refused by the board's code.</exception>
    public SettingsDraft Read(ParseResult parsed, SecretSource secrets)
    {
        string? file = parsed.GetValue(_settings);
        var changes = new List<KeyValuePair<string, string>>();
        Add(changes, "name", parsed.GetValue(_name));
        Add(changes, "join", ReadJoin(parsed, secrets));
        Add(changes, "gateway", parsed.GetValue(_gateway));
        Add(changes, "intents", parsed.GetValue(_intents));
        Add(changes, "ssid", parsed.GetValue(_ssid));
        Add(changes, "password", ReadPassword(parsed, secrets));
        foreach (string line in parsed.GetValue(_set) ?? [])
        {
            changes.Add(ReadLine(line));
        }

        return file is null && changes.Count == 0
            ? throw new SettingException("Say what the board is to be told, such as --name or --settings.")
            : new SettingsDraft(file is null ? null : ReadFile(file), changes);
    }

    private string? ReadJoin(ParseResult parsed, SecretSource secrets)
    {
        string? network = parsed.GetValue(_network);
        string? source = parsed.GetValue(_join);
        if (network is not null && source is not null)
        {
            throw new SettingException("--join-from and --network exclude each other.");
        }

        return network switch
        {
            null => source is null
                ? null
                : secrets.Read(source, _join.Name, GatewaySettings.JoinVariable, "Join code of the network"),
            "public" => network,
            "none" => string.Empty,
            _ => throw new SettingException($"--network must be public or none, not '{network}'."),
        };
    }

    private string? ReadPassword(ParseResult parsed, SecretSource secrets)
    {
        string? source = parsed.GetValue(_password);
        if (parsed.GetValue(_ssid) is null && source is not null)
        {
            throw new SettingException("--wifi-password-from needs --ssid.");
        }

        return source is null && parsed.GetValue(_ssid) is null ? null
            : source == "open" ? string.Empty
            : secrets.Read(
                source ?? SecretSource.Prompt, _password.Name, PasswordVariable, $"Password of {parsed.GetValue(_ssid)}");
    }

    private static KeyValuePair<string, string> ReadLine(string line)
    {
        int equals = line.IndexOf('=');
        string key = equals > 0 ? line[..equals].Trim() : string.Empty;
        return key is "join" or "password"
            ? throw new SettingException($"--set takes no secrets; use --{(key == "join" ? "join" : "wifi-password")}-from.")
            : key.Length == 0
                ? throw new SettingException("--set must be KEY=VALUE.")
                : new(key, line[(equals + 1)..].Trim());
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The settings '{path}' cannot be read.");
        }
    }

    private static void Add(List<KeyValuePair<string, string>> changes, string key, string? value)
    {
        if (value is not null)
        {
            changes.Add(new(key, value));
        }
    }

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };
}
