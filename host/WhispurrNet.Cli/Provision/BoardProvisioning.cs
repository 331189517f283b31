using System.Security.Cryptography;
using WhispurrNet.Cli.Output;
using WhispurrNet.Serial;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Provision;

/// <summary>What came of it.</summary>
/// <param name="Bytes">Bytes of the file.</param>
/// <param name="Boot">The board's first own line afterwards; null if none was waited for.</param>
/// <param name="Complaints">What the board said about its settings.</param>
internal sealed record Provisioned(int Bytes, string? Boot, IReadOnlyList<string> Complaints);

/// <summary>
/// Puts a settings file on a board over its cable. It is written beside the old one, closed by its seal, under the name by which
/// the board itself prepares a new file: at its next start the board finds it whole and replaces the old one, or, if the
/// power went meanwhile, deletes it and keeps the old one.
/// </summary>
internal sealed class BoardProvisioning(ISerialPorts ports)
{
    private const string NewFile = @"I:\whispurr.cfg.new";
    private const string BootLine = "wn boot ";
    private const string ErrorLine = "wn error ";

    /// <summary>Writes the file, restarts the board, and waits until it says what it is.</summary>
    /// <param name="port">The port of the debugger, which is the board's USB.</param>
    /// <param name="baudRate">Bits a second.</param>
    /// <param name="file">The file; wiped afterwards.</param>
    /// <param name="name">The name that the board must have afterwards.</param>
    /// <param name="bootLimit">How long to wait for that; zero for not at all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CommandFailure">The board was not set up.</exception>
    public async Task<Provisioned> RunAsync(
        string port, int baudRate, byte[] file, string name, TimeSpan bootLimit, CancellationToken cancellation)
    {
        var text = new BoardText();
        try
        {
            using ISerialPort line = ports.Open(port, new SerialPortOptions(baudRate));
            await using var client = new WireProtocolClient(line, text);
            await client.PingAsync(cancellation: cancellation).ConfigureAwait(false);
            StorageStatus status = await client.WriteFileAsync(NewFile, file, cancellation).ConfigureAwait(false);
            if (status != StorageStatus.Done)
            {
                throw new CommandFailure("The board could not store the settings; its drive is full or broken.");
            }

            text.Clear();
            await client.RebootAsync(RebootModes.Normal, cancellation).ConfigureAwait(false);
            return bootLimit == TimeSpan.Zero
                ? new Provisioned(file.Length, null, [])
                : await WaitAsync(text, file.Length, name, bootLimit, cancellation).ConfigureAwait(false);
        }
        catch (SerialPortException e)
        {
            throw new CommandFailure(e.Message);
        }
        catch (WireProtocolException e)
        {
            throw new CommandFailure(e.Message);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }

    private static async Task<Provisioned> WaitAsync(
        BoardText text, int bytes, string name, TimeSpan limit, CancellationToken cancellation)
    {
        var complaints = new List<string>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(limit);
        try
        {
            while (true)
            {
                string? line = await text.NextAsync(limit, end.Token).ConfigureAwait(false);
                if (line?.StartsWith(ErrorLine, StringComparison.Ordinal) == true && line.Contains("settings"))
                {
                    complaints.Add(line[ErrorLine.Length..]);
                }
                else if (line?.StartsWith(BootLine, StringComparison.Ordinal) == true)
                {
                    return line.Contains($" name={name} ", StringComparison.Ordinal)
                        ? new Provisioned(bytes, line, complaints)
                        : throw new CommandFailure("The board started with other settings; it did not take the new ones.");
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailure(
                "The settings are on the board, but it did not say within the time that it runs with them; "
                + "'whispurr monitor' shows what it says.");
        }
    }
}
