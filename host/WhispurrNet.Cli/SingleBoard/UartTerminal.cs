using WhispurrNet.Cli.Output;
using WhispurrNet.Serial;
using WhispurrNet.Serial.Unix;
using WhispurrNet.Virtual;

namespace WhispurrNet.Cli.SingleBoard;

/// <summary>A serial port of this machine with a virtual board's UART at its other end.</summary>
internal sealed class UartTerminal : IDisposable
{
    private const int ChunkSize = 1024;

    private readonly PseudoTerminal _terminal;
    private readonly BoardUart _uart;

    private UartTerminal(PseudoTerminal terminal, BoardUart uart)
    {
        _terminal = terminal;
        _uart = uart;

        // As on a wire: what nobody takes is lost.
        uart.Sent += Send;
        _ = Task.Run(ReceiveAsync);
    }

    /// <summary>The port to open.</summary>
    public string Name => _terminal.Name;

    /// <summary>Wires a UART up.</summary>
    /// <exception cref="CommandFailure">This system has no such ports.</exception>
    public static UartTerminal Open(BoardUart uart)
    {
        try
        {
            return new UartTerminal(PseudoTerminal.Open(), uart);
        }
        catch (Exception e) when (e is PlatformNotSupportedException or SerialPortException)
        {
            throw new CommandFailure(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _uart.Sent -= Send;
        _terminal.Dispose();
    }

    private void Send(ReadOnlyMemory<byte> bytes) => _ = _terminal.WriteNow(bytes.Span);

    private async Task ReceiveAsync()
    {
        byte[] bytes = new byte[ChunkSize];
        try
        {
            int count;
            while ((count = await _terminal.ReadAsync(bytes).ConfigureAwait(false)) > 0)
            {
                _uart.Deliver(bytes.AsSpan(0, count));
            }
        }
        catch (Exception e) when (e is SerialPortException or ObjectDisposedException)
        {
            // Unplugged.
        }
    }
}
