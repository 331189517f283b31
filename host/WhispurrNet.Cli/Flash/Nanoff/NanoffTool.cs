using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Flash.Nanoff;

/// <summary>Where nanoff is, and how it is started.</summary>
/// <param name="Program">The program to start.</param>
/// <param name="Before">Arguments that come before nanoff's own.</param>
internal sealed record NanoffTool(string Program, IReadOnlyList<string> Before)
{
    private const string Missing =
        "nanoff, which writes images to boards, is not installed: 'dotnet tool install -g nanoff' gets it, and "
        + "--nanoff PATH names one that is elsewhere.";

    /// <summary>The one that was named, else the one on PATH, else the one among the user's .NET tools.</summary>
    /// <exception cref="SettingException">There is none.</exception>
    public static NanoffTool Find(string? named)
    {
        if (named is not null)
        {
            return File.Exists(named)
                ? At(Path.GetFullPath(named))
                : throw new SettingException($"There is no nanoff at {named}.");
        }

        string name = OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff";
        bool isOnPath = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, name)));
        if (isOnPath)
        {
            return new NanoffTool("nanoff", []);
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string tool = Path.Combine(home, ".dotnet", "tools", name);
        return File.Exists(tool) ? At(tool) : throw new SettingException(Missing);
    }

    private static NanoffTool At(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new NanoffTool("dotnet", [path])
            : new NanoffTool(path, []);
}
