using System.CommandLine;

namespace WhispurrNet.Cli.Options;

/// <summary>Options of commands that use a board's cable.</summary>
internal static class SerialOptions
{
    /// <summary>The port a board is on.</summary>
    public static Option<string?> Port() => new("--port", "-p")
    {
        Description = "The port the board is on; 'whispurr boards' lists them [required]",
        HelpName = "NAME",
        Required = true,
    };
}
