using WhispurrNet.Cli.Output;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Boards;

/// <summary>Lists ports, asks boards, and follows both.</summary>
/// <param name="ports">The ports of a system.</param>
/// <param name="inquiry">How boards are asked.</param>
/// <param name="named">The only ports that count, or none: all.</param>
/// <param name="output">Where it is shown.</param>
internal sealed class BoardsRun(
    ISerialPorts ports, InquiryOptions inquiry, IReadOnlyList<string> named, BoardsOutput output)
{
    // A bridge is there before its board has started, and permissions are set after it is there.
    private static readonly TimeSpan s_startTime = TimeSpan.FromSeconds(1);

    private bool Opens => inquiry.Ask || inquiry.Listen > TimeSpan.Zero;

    /// <summary>Once.</summary>
    /// <returns>The exit code: failed when ports were named and none of them answered.</returns>
    public async Task<int> ListAsync(CancellationToken cancellation)
    {
        // All at once: each has its own line, and silence takes time.
        FoundBoard[] boards = await Task.WhenAll(Ports().Select(port => FindAsync(port, cancellation)))
            .ConfigureAwait(false);
        output.List(boards);
        return named.Count > 0 && inquiry.Ask && boards.All(board => board.Answer?.Firmware is null)
            ? ExitCode.Failed
            : ExitCode.Done;
    }

    /// <summary>Until cancelled, which is how it ends.</summary>
    public async Task<int> WatchAsync(CancellationToken cancellation)
    {
        output.Watch();
        try
        {
            await foreach (SerialPortChange change in ports.WatchAsync(null, cancellation).ConfigureAwait(false))
            {
                if (named.Count > 0 && !named.Contains(change.Port.Name))
                {
                    continue;
                }

                if (change.Appeared && Opens && IsAsked(change.Port))
                {
                    await Task.Delay(s_startTime, cancellation).ConfigureAwait(false);
                }

                FoundBoard board = change.Appeared
                    ? await FindAsync(change.Port, cancellation).ConfigureAwait(false)
                    : new FoundBoard(change.Port, null);
                output.Change(board, change.Appeared);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
        }

        return ExitCode.Done;
    }

    private IEnumerable<SerialPortInfo> Ports()
    {
        IReadOnlyList<SerialPortInfo> listed = ports.List();
        return named.Count == 0
            ? listed
            : named.Select(name => listed.FirstOrDefault(port => port.Name == name)
                ?? new SerialPortInfo(name, null, null, null, null));
    }

    private async Task<FoundBoard> FindAsync(SerialPortInfo port, CancellationToken cancellation) =>
        new(
            port,
            Opens && IsAsked(port)
                ? await new BoardInquiry(ports, inquiry).RunAsync(port.Name, cancellation).ConfigureAwait(false)
                : null);

    /// <summary>What is behind other ports does not expect questions: a printer, a modem.</summary>
    private bool IsAsked(SerialPortInfo port) => named.Contains(port.Name) || UsbIds.Find(port) is not null;
}
