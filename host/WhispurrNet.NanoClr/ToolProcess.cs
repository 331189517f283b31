using System.ComponentModel;
using System.Diagnostics;

namespace WhispurrNet.NanoClr;

/// <summary>What a finished or stopped process left behind.</summary>
/// <param name="ExitCode">Exit code; 128 + signal if a signal ended it (139: segmentation fault).</param>
/// <param name="Output">Lines of standard output.</param>
/// <param name="Errors">Lines of standard error.</param>
/// <param name="TimedOut">True if it was stopped because its time was up.</param>
/// <param name="Duration">Wall-clock time it ran.</param>
internal sealed record ToolResult(
    int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors, bool TimedOut, TimeSpan Duration);

/// <summary>Runs an installed tool and collects its output.</summary>
internal static class ToolProcess
{
    /// <summary>Runs a tool to its end or until its time is up.</summary>
    /// <param name="path">An executable, or a .dll that is run by <c>dotnet</c>.</param>
    /// <param name="arguments">Arguments, passed as they are.</param>
    /// <param name="timeout">Time after which the process is stopped.</param>
    /// <exception cref="RunnerException">It cannot be started; exit code 2.</exception>
    public static ToolResult Run(string path, IEnumerable<string> arguments, TimeSpan timeout)
    {
        bool isDll = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isDll ? "dotnet" : path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (isDll)
        {
            start.ArgumentList.Add(path);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var output = new List<string>();
        var errors = new List<string>();
        var watch = Stopwatch.StartNew();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Add(output, e.Data);
        process.ErrorDataReceived += (_, e) => Add(errors, e.Data);
        Start(process, path);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        bool timedOut = !process.WaitForExit(timeout);
        if (timedOut)
        {
            process.Kill(entireProcessTree: true);
        }

        // Without a time limit this overload also waits until both streams are read to their end.
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, errors, timedOut, watch.Elapsed);
    }

    private static void Start(Process process, string path)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw RunnerException.Usage($"'{path}' cannot be started: {e.Message}.");
        }
    }

    private static void Add(List<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Add(line);
        }
    }
}
