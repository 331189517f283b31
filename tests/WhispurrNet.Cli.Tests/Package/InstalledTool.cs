using WhispurrNet.Cli.Tests.Support;

namespace WhispurrNet.Cli.Tests.Package;

/// <summary>
/// The tool's package, made from what was built, installed into an empty folder with no other source than the folder
/// the package lies in. Everything is deleted afterwards.
/// </summary>
public sealed class InstalledTool : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr").FullName;

    /// <summary>Where the package lies.</summary>
    public string Packages => Path.Combine(_folder, "packages");

    /// <summary>A folder that has nothing to do with the clone.</summary>
    public string Elsewhere => Path.Combine(_folder, "else where");

    /// <summary>The command that the installation made.</summary>
    public string Command => Path.Combine(_folder, "tools", OperatingSystem.IsWindows() ? "whispurr.exe" : "whispurr");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Elsewhere);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "nuget.config"),
            $"""
            <configuration>
              <packageSources><clear /><add key="here" value="{Packages}" /></packageSources>
            </configuration>
            """);
        await Clone.PackAsync("host/WhispurrNet.Cli", Packages);
        await RunAsync(
            "dotnet",
            "tool", "install", "WhispurrNet.Tool", "--tool-path", Path.GetDirectoryName(Command)!,
            "--configfile", Path.Combine(_folder, "nuget.config"), "--no-cache");
    }

    /// <summary>Runs a program outside of the clone, and fails if that does.</summary>
    /// <returns>Its standard output.</returns>
    public Task<string> RunAsync(string program, params string[] arguments) =>
        Clone.RunAsync(Elsewhere, program, arguments);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
