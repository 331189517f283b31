using System.Diagnostics;
using System.Reflection;

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
        string project = Path.Combine(Metadata("RepositoryRoot"), "host", "WhispurrNet.Cli");
        await RunAsync(
            "dotnet",
            "pack", project, "--no-build", "-c", Metadata("Configuration"), "-o", Packages, "-nodeReuse:false");
        await RunAsync(
            "dotnet",
            "tool", "install", "WhispurrNet.Tool", "--tool-path", Path.GetDirectoryName(Command)!,
            "--configfile", Path.Combine(_folder, "nuget.config"), "--no-cache");
    }

    /// <summary>Runs a program outside of the clone, and fails if that does.</summary>
    /// <returns>Its standard output.</returns>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Elsewhere,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.ToArray())
        {
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("WHISPURRNET_", StringComparison.OrdinalIgnoreCase))
            {
                start.Environment.Remove(name);
            }
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}{await error}");
        return output;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Metadata(string key) =>
        typeof(InstalledTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
