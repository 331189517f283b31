using System.Runtime.InteropServices;

namespace WhispurrNet.Serial.Unix;

/// <summary>A serial line that is a terminal.</summary>
internal sealed class UnixSerialPort : ISerialPort
{
    // flock of sys/file.h, the same on both: exclusive, not waiting.
    private const int LockExclusive = 2, LockNonBlocking = 4;

    private readonly TerminalSystem _system;
    private readonly SafeDescriptor _descriptor;
    private readonly DescriptorStream _stream;
    private readonly bool _exclusive;
    private bool _disposed;

    private UnixSerialPort(TerminalSystem system, string name, SafeDescriptor descriptor, bool exclusive)
    {
        _system = system;
        _descriptor = descriptor;
        _exclusive = exclusive;
        _stream = new DescriptorStream(descriptor, name, system.WouldWait);
        Name = name;
    }

    public string Name { get; }

    public int BaudRate
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            int error = _system.GetBaudRate(_descriptor, out int rate);
            return error == 0 ? rate : throw PortError.Of(error, Name);
        }

        set
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            SerialPortOptions.CheckBaudRate(value);
            int error = _system.SetBaudRate(_descriptor, value);
            if (error != 0)
            {
                throw error == UnixError.Invalid ? PortError.NoSuchRate(value, Name) : PortError.Of(error, Name);
            }
        }
    }

    /// <summary>Opens a port, and touches no control line unless the options say so.</summary>
    /// <remarks>
    /// The drivers of Linux and macOS themselves raise DTR and RTS together when a port is opened, and leave them so
    /// when it is closed, as this asks them to. Boards with the usual two transistors reset only by one without the
    /// other.
    /// </remarks>
    /// <exception cref="SerialPortException">It cannot be opened.</exception>
    public static UnixSerialPort Open(TerminalSystem system, string name, SerialPortOptions options)
    {
        SerialPortOptions.CheckBaudRate(options.BaudRate);
        SafeDescriptor descriptor = Libc.Open(name, system.OpenFlags);
        if (descriptor.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            descriptor.Dispose();
            throw PortError.OfOpen(error, name);
        }

        var port = new UnixSerialPort(system, name, descriptor, options.Exclusive);
        try
        {
            port.Prepare(options);
            return port;
        }
        catch
        {
            port._disposed = true;
            port._stream.Dispose();
            throw;
        }
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _stream.ReadAsync(buffer, cancellationToken);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        _stream.WriteAsync(data, cancellationToken);

    public void SetLines(bool? dataTerminalReady, bool? requestToSend)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);

        // A pty has none. Both change in one call: between two, a board would see one without the other.
        if (_system.GetLines(_descriptor, out int lines) != 0)
        {
            return;
        }

        int wanted = With(lines, TerminalSystem.DataTerminalReady, dataTerminalReady);
        wanted = With(wanted, TerminalSystem.RequestToSend, requestToSend);
        if (wanted == lines)
        {
            return;
        }

        int error = _system.SetLines(_descriptor, wanted);
        if (error != 0)
        {
            throw PortError.Of(error, Name);
        }
    }

    public void DiscardInput()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Libc.Flush(_descriptor, _system.InputQueue) < 0)
        {
            throw PortError.Of(Marshal.GetLastPInvokeError(), Name);
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_exclusive)
        {
            // Outlives a close where the other end stays open, as on a pty.
            _ = _system.SetExclusive(_descriptor, false);
        }

        _stream.Dispose();
    }

    private static int With(int lines, int bit, bool? set) => set switch
    {
        true => lines | bit,
        false => lines & ~bit,
        null => lines,
    };

    private void Prepare(SerialPortOptions options)
    {
        if (Libc.IsTerminal(_descriptor) == 0)
        {
            throw PortError.NotSerial(Name);
        }

        // First the lock: settings of a port that another program uses are not touched. It also keeps out those who
        // may open exclusive ports, such as root.
        if (_exclusive
            && (Libc.Lock(_descriptor, LockExclusive | LockNonBlocking) != 0
                || _system.SetExclusive(_descriptor, true) != 0))
        {
            int refused = Marshal.GetLastPInvokeError();
            throw refused == _system.WouldWait ? PortError.Busy(Name) : PortError.Of(refused, Name);
        }

        int error = _system.MakeRaw(_descriptor, options.BaudRate);
        if (error != 0)
        {
            throw error == UnixError.Invalid ? PortError.NoSuchRate(options.BaudRate, Name) : PortError.Of(error, Name);
        }

        if (options.AssertLines is { } up)
        {
            SetLines(up, up);
        }
    }
}
