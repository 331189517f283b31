using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Cli.Options;

/// <summary>
/// The options of every command that starts a gateway. They win over the variables named in their help.
/// </summary>
internal sealed class GatewayOptionSet
{
    private readonly Option<string?> _host = new("--host")
    {
        Description = "Address to listen on: an IP address, localhost, or * for every interface, which boards on "
            + $"Wi-Fi need ({GatewaySettings.HostVariable}) [default: 127.0.0.1]",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> _port = new("--port", "-p")
    {
        Description = $"Port of boards, page and REST, 1 to 65535; 0 takes a free one ({GatewaySettings.PortVariable}) "
            + $"[default: {GatewayOptions.DefaultPort}]",
        HelpName = "PORT",
    };

    private readonly Option<string?> _maxPeers = new("--max-peers")
    {
        Description = $"Boards connected at once, 1 to {GatewaySettings.MaxPeersLimit} "
            + $"({GatewaySettings.MaxPeersVariable}) [default: {GatewayOptions.DefaultMaxPeers}]",
        HelpName = "N",
    };

    private readonly Option<string?> _ttl = new("--ttl")
    {
        Description = $"Lifetime of whispers sent here, {GatewaySettings.MinTtlSeconds} to "
            + $"{GatewaySettings.MaxTtlSeconds} seconds ({GatewaySettings.MessageTtlVariable}) "
            + $"[default: {(int)GatewayOptions.DefaultMessageTtl.TotalSeconds}]",
        HelpName = "SECONDS",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "Token that page and REST ask for, at least 8 characters; without one they answer this machine "
            + $"only ({GatewaySettings.TokenVariable}) [default: none]",
        HelpName = "TOKEN",
    };

    private readonly Option<string?> _join = new("--join", "-j")
    {
        Description = $"Join code of the network, 28 characters in groups of four ({GatewaySettings.JoinVariable}) "
            + "[default: a new network]",
        HelpName = "CODE",
    };

    private readonly Option<string?> _network = new("--network")
    {
        Description = "Instead of --join: new makes a network and prints its join code, public is the one that "
            + "everybody can read, none relays without keys [default: new]",
        HelpName = "new|public|none",
    };

    private readonly Option<string[]> _intents = new("--intent", "-i")
    {
        Description = "An intent to listen to, 1 to 64 ASCII characters; may be given several times [default: emotion_data]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _identity = new("--identity")
    {
        Description = "File of your user identity, with which the local node can tell others who you are "
            + $"({GatewaySettings.IdentityVariable}) [default: none]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _book = new("--book")
    {
        Description = "File of the persons you have verified, whose names are shown then "
            + $"({GatewaySettings.BookVariable}) [default: none]",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _host, _port, _maxPeers, _ttl, _token, _join, _network, _intents, _identity, _book,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads options and environment.</summary>
    /// <exception cref="SettingException">One of them is not right.</exception>
    public GatewayChoice Read(ParseResult parsed)
    {
        GatewayOptions options = GatewaySettings.FromEnvironment(Environment.GetEnvironmentVariable);
        options = options with
        {
            Address = parsed.GetValue(_host) is { } host ? GatewaySettings.ParseHost(host, "--host") : options.Address,
            Port = parsed.GetValue(_port) is { } port ? GatewaySettings.ParsePort(port, "--port") : options.Port,
            MaxPeers = parsed.GetValue(_maxPeers) is { } peers
                ? GatewaySettings.ParseMaxPeers(peers, "--max-peers")
                : options.MaxPeers,
            MessageTtl = parsed.GetValue(_ttl) is { } ttl ? GatewaySettings.ParseTtl(ttl, "--ttl") : options.MessageTtl,
            Token = parsed.GetValue(_token) is { } token ? GatewaySettings.ParseToken(token, "--token") : options.Token,
            IdentityFile = parsed.GetValue(_identity) ?? options.IdentityFile,
            BookFile = parsed.GetValue(_book) ?? options.BookFile,
        };
        if (parsed.GetValue(_intents) is { Length: > 0 } intents)
        {
            options = options with { Intents = [.. intents.Select(i => GatewaySettings.ParseIntent(i, "--intent"))] };
        }

        return ReadNetwork(parsed, options);
    }

    private GatewayChoice ReadNetwork(ParseResult parsed, GatewayOptions options)
    {
        string? join = parsed.GetValue(_join);
        string? network = parsed.GetValue(_network);
        if (join is not null && network is not null)
        {
            throw new SettingException("--join and --network exclude each other.");
        }

        if (join is not null)
        {
            return new GatewayChoice(options with { JoinCode = GatewaySettings.ParseJoinCode(join, "--join") }, false);
        }

        return network switch
        {
            null when options.JoinCode is not null => new GatewayChoice(options, false),
            null or "new" => new GatewayChoice(options with { JoinCode = CreateJoinCode() }, true),
            "public" => new GatewayChoice(options with { JoinCode = NetworkKey.PublicJoinCode }, false),
            "none" when options.IdentityFile is not null => throw new SettingException(
                "A user identity needs a network: leave out --network none or --identity."),
            "none" => new GatewayChoice(options with { JoinCode = null }, false),
            _ => throw new SettingException($"--network must be new, public or none, not '{network}'."),
        };
    }

    /// <summary>The join code of a network that nobody else is in.</summary>
    public static string CreateJoinCode() => NetworkKey.CreateJoinCode(RandomNumberGenerator.GetBytes(16));
}

/// <summary>What a user chose.</summary>
/// <param name="Options">How to start the gateway.</param>
/// <param name="IsNewNetwork">Whether the join code was made just now, so that its user has to be told.</param>
internal sealed record GatewayChoice(GatewayOptions Options, bool IsNewNetwork);
