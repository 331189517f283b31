using System.Globalization;
using System.Net;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Gateway.Configuration;

/// <summary>
/// Checks settings as people write them, on the command line or in <c>WHISPURRNET_*</c> variables. Every check names
/// the setting and what it accepts in one sentence (<see cref="SettingException"/>).
/// </summary>
public static class GatewaySettings
{
    /// <summary>Variable with the address to listen on.</summary>
    public const string HostVariable = "WHISPURRNET_HOST";

    /// <summary>Variable with the port.</summary>
    public const string PortVariable = "WHISPURRNET_PORT";

    /// <summary>Variable with the most peers.</summary>
    public const string MaxPeersVariable = "WHISPURRNET_MAX_PEERS";

    /// <summary>Variable with the lifetime of sent whispers in seconds.</summary>
    public const string MessageTtlVariable = "WHISPURRNET_MESSAGE_TTL";

    /// <summary>Variable with the token of REST and page.</summary>
    public const string TokenVariable = "WHISPURRNET_TOKEN";

    /// <summary>Variable with the join code, for those who keep it out of the command line.</summary>
    public const string JoinVariable = "WHISPURRNET_JOIN";

    /// <summary>Variable with the file of the local node's user identity.</summary>
    public const string IdentityVariable = "WHISPURRNET_IDENTITY";

    /// <summary>Variable with the file of verified persons.</summary>
    public const string BookVariable = "WHISPURRNET_BOOK";

    /// <summary>Most peers that can be asked for.</summary>
    public const int MaxPeersLimit = 128;

    /// <summary>Shortest lifetime in seconds that a node gives its whispers.</summary>
    public const int MinTtlSeconds = 60;

    /// <summary>Longest lifetime in seconds: 24 hours, where every node clamps.</summary>
    public const int MaxTtlSeconds = 24 * 60 * 60;

    /// <summary>Shortest token accepted, in characters.</summary>
    public const int MinTokenLength = 8;

    /// <summary>Reads the environment; what is not set keeps its default.</summary>
    /// <param name="variable">Returns a variable's value or null, such as
    /// <see cref="Environment.GetEnvironmentVariable(string)"/>.</param>
    /// <exception cref="SettingException">A variable holds something else than it should.</exception>
    public static GatewayOptions FromEnvironment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var options = new GatewayOptions();
        string? Read(string name) => string.IsNullOrWhiteSpace(variable(name)) ? null : variable(name)!.Trim();
        return options with
        {
            Address = Read(HostVariable) is { } host ? ParseHost(host, HostVariable) : options.Address,
            Port = Read(PortVariable) is { } port ? ParsePort(port, PortVariable) : options.Port,
            MaxPeers = Read(MaxPeersVariable) is { } peers ? ParseMaxPeers(peers, MaxPeersVariable) : options.MaxPeers,
            MessageTtl = Read(MessageTtlVariable) is { } ttl ? ParseTtl(ttl, MessageTtlVariable) : options.MessageTtl,
            Token = Read(TokenVariable) is { } token ? ParseToken(token, TokenVariable) : options.Token,
            JoinCode = Read(JoinVariable) is { } join ? ParseJoinCode(join, JoinVariable) : options.JoinCode,
            IdentityFile = Read(IdentityVariable),
            BookFile = Read(BookVariable),
        };
    }

    /// <summary>An address of this machine: an IP address, <c>localhost</c>, or <c>*</c> for every interface.</summary>
    public static IPAddress ParseHost(string text, string name)
    {
        return text switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            _ when IPAddress.TryParse(text, out IPAddress? address) => address,
            _ => throw new SettingException($"{name} must be an IP address, localhost or *, not '{text}'."),
        };
    }

    /// <summary>A TCP port, 0 to 65535.</summary>
    public static int ParsePort(string text, string name) => ParseNumber(text, name, 0, IPEndPoint.MaxPort);

    /// <summary>A number of peers, 1 to <see cref="MaxPeersLimit"/>.</summary>
    public static int ParseMaxPeers(string text, string name) => ParseNumber(text, name, 1, MaxPeersLimit);

    /// <summary>A lifetime in seconds, <see cref="MinTtlSeconds"/> to <see cref="MaxTtlSeconds"/>.</summary>
    public static TimeSpan ParseTtl(string text, string name) =>
        TimeSpan.FromSeconds(ParseNumber(text, name, MinTtlSeconds, MaxTtlSeconds));

    /// <summary>A token: at least <see cref="MinTokenLength"/> printable ASCII characters without spaces.</summary>
    public static string ParseToken(string text, string name)
    {
        bool usable = text.Length >= MinTokenLength && text.All(c => c is > ' ' and <= '~');
        return usable
            ? text
            : throw new SettingException(
                $"{name} must have at least {MinTokenLength} characters, all of them printable ASCII without spaces.");
    }

    /// <summary>
    /// A join code whose check is right, or <c>public</c> for the network that everybody can read. The message never
    /// repeats what was typed.
    /// </summary>
    public static string ParseJoinCode(string text, string name)
    {
        if (text == "public")
        {
            return NetworkKey.PublicJoinCode;
        }

        NetworkKey? key = NetworkKey.FromJoinCode(text);
        if (key is null)
        {
            throw new SettingException(
                $"{name} is not a join code: 28 letters and digits in seven groups of four, with a check that fits.");
        }

        key.Wipe();
        return text;
    }

    /// <summary>An intent name: 1 to 64 printable ASCII characters without a blank.</summary>
    public static string ParseIntent(string text, string name)
    {
        bool usable = text.Length is >= 1 and <= 64 && text.All(c => c is > ' ' and <= '~');
        return usable
            ? text
            : throw new SettingException($"{name} must have 1 to 64 printable ASCII characters without a blank.");
    }

    /// <summary>A whole number within bounds.</summary>
    public static int ParseNumber(string text, string name, int min, int max)
    {
        bool parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        return parsed && value >= min && value <= max
            ? value
            : throw new SettingException($"{name} must be a whole number from {min} to {max}, not '{text}'.");
    }
}
