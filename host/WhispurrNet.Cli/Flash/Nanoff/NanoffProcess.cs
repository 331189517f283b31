using System.Diagnostics;
using WhispurrNet.Cli.Output;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Cli.Flash.Nanoff;

/// <summary>
/// Runs nanoff on a terminal of its own: it moves the cursor about, and where output is no terminal it breaks while
/// doing so. On Windows, which has no ptys here, it is told to write less, of which moving the cursor is no part.
/// Killed when this is cancelled or says nothing for too long; told by the system (SIGHUP) when whispurr itself dies.
/// </summary>
internal sealed class NanoffProcess(NanoffTool tool, TimeSpan silence)
{
    private const int Columns = 80, Rows = 24;

    // What has been written is read within no time; longer only if something that nanoff started lives on.
    private static readonly TimeSpan s_drainTime = TimeSpan.FromSeconds(2);

    // $0 is the terminal. In a session of its own, where there is a program for that, the terminal's end ends it.
    private const string OnTerminal =
        "if command -v setsid >/dev/null 2>&1; then exec setsid -c \"$@\" <\"$0\" >\"$0\" 2>&1; "
        + "else exec \"$@\" <\"$0\" >\"$0\" 2>&1; fi";

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code, of which Linux and macOS keep the low 8 bits.</returns>
    /// <exception cref="CommandFailure">It cannot be started, or says nothing any more.</exception>
    public async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Action<NanoffEvent> tell, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(silence);
        try
        {
            return PseudoTerminal.IsSupported
                ? await RunOnTerminalAsync(arguments, tell, limit).ConfigureAwait(false)
                : await RunOnPipeAsync(arguments, tell, limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailure($"nanoff said nothing for {silence.TotalSeconds:0} seconds and was ended.");
        }
    }

    private async Task<int> RunOnTerminalAsync(
        IReadOnlyList<string> arguments, Action<NanoffEvent> tell, CancellationTokenSource limit)
    {
        using PseudoTerminal terminal = PseudoTerminal.Open();
        terminal.SetWindowSize(Columns, Rows);
        var output = new NanoffOutput(tell);

        // The answer is a few bytes; the terminal's input has room for them, or nobody reads it.
        var text = new TerminalText(Rows, output.Line, answer => terminal.WriteNow(answer));
        var start = new ProcessStartInfo("/bin/sh", ["-c", OnTerminal, terminal.Name, .. Line(arguments)]);
        start.Environment["TERM"] = "xterm";
        using Process process = Start(start);
        Task reading = ReadAsync(terminal, text, output, limit);
        await EndAsync(process, limit.Token).ConfigureAwait(false);

        // With the last program gone, what it wrote is read to its end.
        terminal.ReleaseNearEnd();
        try
        {
            await reading.WaitAsync(s_drainTime, limit.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Something else holds the terminal; nanoff itself has ended.
            terminal.Dispose();
            await reading.ConfigureAwait(false);
        }

        text.Finish();
        return process.ExitCode;
    }

    private async Task<int> RunOnPipeAsync(
        IReadOnlyList<string> arguments, Action<NanoffEvent> tell, CancellationTokenSource limit)
    {
        var output = new NanoffOutput(tell);
        var text = new TerminalText(Rows, output.Line, _ => { });
        List<string> line = [.. Line(arguments), "-v", "minimal"];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true };
        using Process process = Start(start);
        Task reading = ReadAsync(process.StandardOutput.BaseStream, text, limit);
        await EndAsync(process, limit.Token).ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        text.Finish();
        return process.ExitCode;
    }

    private IEnumerable<string> Line(IReadOnlyList<string> arguments) =>
        [tool.Program, .. tool.Before, .. arguments];

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new CommandFailure($"{tool.Program} cannot be started: {e.Message}.");
        }
    }

    private async Task ReadAsync(
        PseudoTerminal terminal, TerminalText text, NanoffOutput output, CancellationTokenSource limit)
    {
        byte[] buffer = new byte[4_096];
        for (int count; (count = await terminal.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false)) > 0;)
        {
            limit.CancelAfter(silence);
            text.Feed(buffer.AsSpan(0, count));
            output.Pending(text.Pending);
        }
    }

    private async Task ReadAsync(Stream stream, TerminalText text, CancellationTokenSource limit)
    {
        byte[] buffer = new byte[4_096];
        for (int count; (count = await stream.ReadAsync(buffer, limit.Token).ConfigureAwait(false)) > 0;)
        {
            limit.CancelAfter(silence);
            text.Feed(buffer.AsSpan(0, count));
        }
    }

    private static async Task EndAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
