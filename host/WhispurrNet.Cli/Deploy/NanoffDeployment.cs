using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using WhispurrNet.Cli.Output;

namespace WhispurrNet.Cli.Deploy;

/// <summary>Lets nanoff deploy over the wire protocol.</summary>
internal static partial class NanoffDeployment
{
    /// <summary>What it is told. Never together with a target: that deploys to an address which may be the
    /// CLR's.</summary>
    public static IReadOnlyList<string> Arguments(string port, string image) =>
        ["--nanodevice", "--deploy", "--serialport", port, "--image", image];

    /// <summary>Runs it.</summary>
    /// <param name="port">The board's port.</param>
    /// <param name="image">The image.</param>
    /// <param name="say">Gets every line it prints.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CommandFailure">It is not installed, or it failed.</exception>
    public static async Task RunAsync(string port, string image, Action<string> say, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("nanoff") { RedirectStandardOutput = true };
        foreach (string argument in Arguments(port, image))
        {
            start.ArgumentList.Add(argument);
        }

        string? error = null;
        int exitCode;
        try
        {
            using Process process = Process.Start(start)!;
            using CancellationTokenRegistration end = cancellation.Register(() => process.Kill(entireProcessTree: true));
            while (await process.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            {
                say(line);
                error = ErrorLine().Match(line) is { Success: true } match ? match.Value : error;
            }

            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            exitCode = process.ExitCode;
        }
        catch (Win32Exception)
        {
            throw new CommandFailure("nanoff is not installed; 'dotnet tool install -g nanoff' installs it.");
        }

        if (exitCode != 0 || error is not null)
        {
            throw new CommandFailure($"nanoff failed: {error ?? $"exit code {exitCode}"}.");
        }
    }

    [GeneratedRegex(@"Error E\d{4}.*")]
    private static partial Regex ErrorLine();
}
