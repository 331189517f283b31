using WhispurrNet.Cli.Flash.Nanoff;

namespace WhispurrNet.Cli.Flash;

/// <summary>Lines that a shell takes as they are.</summary>
internal static class CommandLineText
{
    /// <summary>The line that runs nanoff.</summary>
    public static string Of(NanoffTool tool, NanoffCall call) =>
        string.Join(' ', new[] { tool.Program }.Concat(tool.Before).Concat(call.Arguments).Select(Quote));

    /// <summary>An argument, in single quotes if a shell would take it apart.</summary>
    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=+@\\".Contains(c))
            ? argument
            : $"'{argument.Replace("'", @"'\''")}'";
}
