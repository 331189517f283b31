using System.Diagnostics;
using System.Reflection;

namespace WhispurrNet.Cli.Tests.Support;

/// <summary>The clone that these tests were built in, and programs run outside of it.</summary>
internal static class Clone
{
    /// <summary>Its full path.</summary>
    public static string Root => Metadata("RepositoryRoot");

    /// <summary>Debug or Release, as these tests were built.</summary>
    public static string Configuration => Metadata("Configuration");

    /// <summary>Runs a program free of what the test run put into the environment, and fails if it does.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="program">Its path, or its name on the path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its standard output.</returns>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
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

        // No process may stay behind and hold files.
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

    /// <summary>Packs a project as it was built, without building it again.</summary>
    public static Task PackAsync(string project, string output) => RunAsync(
        Root, "dotnet", "pack", Path.Combine(Root, project), "--no-build", "-c", Configuration, "-o", output,
        "-nodeReuse:false");

    private static string Metadata(string key) =>
        typeof(Clone).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
