namespace WhispurrNet.Serial;

/// <summary>An open serial line, 8 data bits, no parity, 1 stop bit, without flow control. One reader and one writer.</summary>
public interface ISerialPort : IDisposable
{
    /// <summary>The name it was opened by: <c>/dev/ttyUSB0</c>, <c>/dev/cu.usbserial-10</c>, <c>COM5</c>.</summary>
    string Name { get; }

    /// <summary>Bits a second.</summary>
    /// <exception cref="SerialPortException">The port cannot do this rate, or is gone.</exception>
    int BaudRate { get; set; }

    /// <summary>Waits for bytes and reads those that are there.</summary>
    /// <returns>How many, at least 1; 0 once the port is gone (unplugged, or its other end closed).</returns>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="SerialPortException">The port is gone.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);

    /// <summary>Sets the control lines; null leaves one as it is. Ports without lines (a pty) ignore it.</summary>
    void SetLines(bool? dataTerminalReady, bool? requestToSend);

    /// <summary>Forgets bytes that arrived and were not read.</summary>
    void DiscardInput();
}
