using System.CommandLine;

namespace WhispurrNet.Cli.Options;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>Variable with the gateway's address.</summary>
    public const string GatewayVariable = "WHISPURRNET_GATEWAY";

    /// <summary>Machine-readable output.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "Write JSON to standard output and nothing else",
    };

    /// <summary>Which gateway to talk to.</summary>
    public static Option<string?> Gateway() => new("--gateway", "-g")
    {
        Description = $"The gateway's address ({GatewayVariable}) [default: http://127.0.0.1:8765]",
        HelpName = "URL",
    };

    /// <summary>The token of that gateway.</summary>
    public static Option<string?> Token() => new("--token")
    {
        Description = "The gateway's token, if it has one (WHISPURRNET_TOKEN) [default: none]",
        HelpName = "TOKEN",
    };
}
