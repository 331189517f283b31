using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Deploy;

/// <summary>Builds the image of a device project with the nanoFramework packages.</summary>
internal static partial class ImageBuilder
{
    private static readonly string[] s_arguments =
        ["-c", "Release", "-p:NanoPackages=true", "--nologo", "-v", "quiet", "-clp:NoSummary"];

    /// <summary>Builds it.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Full path of the image.</returns>
    /// <exception cref="SettingException">There is no such project.</exception>
    /// <exception cref="CommandFailure">It cannot be built here; the sentence says why.</exception>
    public static async Task<string> BuildAsync(string project, CancellationToken cancellation)
    {
        string path = Path.GetFullPath(project);
        if (!File.Exists(path))
        {
            throw new SettingException($"There is no project '{project}'.");
        }

        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["build", path, .. s_arguments])
        {
            start.ArgumentList.Add(argument);
        }

        string output;
        int exitCode;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            output = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false)
                + await error.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            exitCode = process.ExitCode;
        }
        catch (Win32Exception)
        {
            throw new CommandFailure("The .NET SDK, which builds the image, is not installed.");
        }

        string image = Path.Combine(
            Path.GetDirectoryName(path)!, "bin", "Release", Path.GetFileNameWithoutExtension(path) + ".bin");
        return exitCode == 0 && File.Exists(image) ? image : throw new CommandFailure(Explain(project, output));
    }

    /// <summary>One sentence on why a build failed.</summary>
    public static string Explain(string project, string output)
    {
        Match package = MissingPackage().Match(output);
        if (package.Success)
        {
            return $"The image needs the package {package.Groups[1].Value}, which no feed of this machine has; "
                + "build it where the nanoFramework packages can be restored, and give its .bin file as --image.";
        }

        Match error = FirstError().Match(output);
        return error.Success
            ? $"'{project}' cannot be built: {error.Groups[1].Value.Trim()}"
            : $"'{project}' makes no image.";
    }

    [GeneratedRegex(@"error NU110[123]: .*?(nanoFramework\.[\w.]+)")]
    private static partial Regex MissingPackage();

    [GeneratedRegex(@": error (\w+: [^\r\n\[]+)")]
    private static partial Regex FirstError();
}
