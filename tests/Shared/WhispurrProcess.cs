using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace WhispurrNet.Tests;

/// <summary>
/// The built <c>whispurr</c> command, run as a process of its own with nothing of the caller's settings.
/// </summary>
public sealed class WhispurrProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();

    private WhispurrProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
            {
                // The end of the stream comes as a line without text.
                _error.Append(line.Data is null ? string.Empty : line.Data + "\n");
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>What one run left behind.</summary>
    public sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>Runs it to its end.</summary>
    public static async Task<Result> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using WhispurrProcess whispurr = Start(variables, arguments);
        string output = await whispurr._process.StandardOutput.ReadToEndAsync();
        await whispurr._process.WaitForExitAsync();
        return new Result(whispurr._process.ExitCode, output, whispurr.ReadError());
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<Result> RunAsync(params string[] arguments) =>
        RunAsync(new Dictionary<string, string>(), arguments);

    /// <summary>Starts it; it ends when disposed.</summary>
    public static WhispurrProcess Start(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        string path = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "WhispurrPath").Value!;
        var start = new ProcessStartInfo(Environment.ProcessPath is { } own && own.EndsWith("dotnet") ? own : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(path);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("WHISPURRNET_")).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return new WhispurrProcess(Process.Start(start)!);
    }

    /// <summary>The next line of its output; null at its end.</summary>
    public async Task<string?> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>What it wrote to standard error so far.</summary>
    public string ReadError()
    {
        lock (_error)
        {
            return _error.ToString();
        }
    }

    /// <summary>Asks it to end, as Ctrl-C does, and waits for that.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return _process.ExitCode;
    }

    /// <summary>Kills it as nothing can hinder, and nothing that it started.</summary>
    public void KillAlone()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
