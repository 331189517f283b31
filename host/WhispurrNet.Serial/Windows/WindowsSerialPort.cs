using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace WhispurrNet.Serial.Windows;

/// <summary>A serial line of Windows. Compiled everywhere, so far run nowhere.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsSerialPort : ISerialPort
{
    private const uint ReadWrite = 0xC0000000, OpenExisting = 3, Overlapped = 0x40000000;
    private const uint DiscardReceived = 0x8;

    private const uint Binary = 0x1;
    private const int TerminalReadyShift = 4, RequestToSendShift = 12;
    private const uint LineMask = 0x3, LineOn = 1;

    // With these three a read ends at once if there are bytes, else with the first, else after the constant.
    private const uint Immediately = uint.MaxValue, LongestWait = uint.MaxValue - 1;

    private readonly SafeFileHandle _handle;
    private readonly FileStream _stream;
    private bool _disposed;

    private WindowsSerialPort(string name, SafeFileHandle handle)
    {
        Name = name;
        _handle = handle;
        _stream = new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0, isAsync: true);
    }

    public string Name { get; }

    public int BaudRate
    {
        get => (int)GetState().BaudRate;
        set
        {
            SerialPortOptions.CheckBaudRate(value);
            Kernel32.DeviceControlBlock state = GetState();
            state.BaudRate = (uint)value;
            SetState(in state);
        }
    }

    /// <summary>Opens a port. Windows never shares one.</summary>
    /// <exception cref="SerialPortException">It cannot be opened.</exception>
    public static WindowsSerialPort Open(string name, SerialPortOptions options)
    {
        SerialPortOptions.CheckBaudRate(options.BaudRate);

        // Names above COM9 are found only this way.
        SafeFileHandle handle = Kernel32.CreateFile(
            name.StartsWith(@"\\.\", StringComparison.Ordinal) ? name : @"\\.\" + name,
            ReadWrite, 0, 0, OpenExisting, Overlapped, 0);
        if (handle.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw WindowsPortError.OfOpen(error, name);
        }

        try
        {
            Prepare(name, handle, options);
            return new WindowsSerialPort(name, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            throw new ArgumentException("Nothing fits into it.", nameof(buffer));
        }

        while (!_disposed)
        {
            try
            {
                int count = await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count > 0)
                {
                    return count;
                }
            }
            catch (Exception e) when (IsGone(e, cancellationToken))
            {
                return 0;
            }

            // Nothing for seven weeks, or a driver that answers with nothing when its device is gone.
            var state = new Kernel32.DeviceControlBlock();
            if (_disposed || !Kernel32.GetState(_handle, ref state))
            {
                return 0;
            }
        }

        return 0;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            await _stream.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsGone(e, cancellationToken))
        {
            throw WindowsPortError.Lost(Name, e);
        }
    }

    public void SetLines(bool? dataTerminalReady, bool? requestToSend)
    {
        // Both in one call: between two, a board would see one without the other.
        Kernel32.DeviceControlBlock state = GetState();
        uint flags = With(state.Flags, TerminalReadyShift, dataTerminalReady);
        flags = With(flags, RequestToSendShift, requestToSend);
        if (flags != state.Flags)
        {
            state.Flags = flags;
            SetState(in state);
        }
    }

    public void DiscardInput()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!Kernel32.Purge(_handle, DiscardReceived))
        {
            throw WindowsPortError.Of(Marshal.GetLastPInvokeError(), Name);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _stream.Dispose();
    }

    /// <summary>Unplugged or closed; a driver may also end reads as if somebody had cancelled them.</summary>
    private static bool IsGone(Exception e, CancellationToken cancellationToken) =>
        e is IOException or UnauthorizedAccessException or ObjectDisposedException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static uint With(uint flags, int shift, bool? set) => set switch
    {
        true => (flags & ~(LineMask << shift)) | (LineOn << shift),
        false => flags & ~(LineMask << shift),
        null => flags,
    };

    private static void Prepare(string name, SafeFileHandle handle, SerialPortOptions options)
    {
        var state = new Kernel32.DeviceControlBlock { Size = (uint)Marshal.SizeOf<Kernel32.DeviceControlBlock>() };
        if (!Kernel32.GetState(handle, ref state))
        {
            throw WindowsPortError.NotSerial(name);
        }

        // The two lines stay as they are, except that no handshake moves them.
        uint lines = (state.Flags & (LineOn << TerminalReadyShift)) | (state.Flags & (LineOn << RequestToSendShift));
        lines = With(lines, TerminalReadyShift, options.AssertLines);
        state.Flags = Binary | With(lines, RequestToSendShift, options.AssertLines);
        state.BaudRate = (uint)options.BaudRate;
        state.ByteSize = 8;
        state.Parity = 0;
        state.StopBits = 0;
        var timeouts = new Kernel32.Timeouts
        {
            ReadInterval = Immediately,
            ReadTotalMultiplier = Immediately,
            ReadTotalConstant = LongestWait,
        };
        if (!Kernel32.SetState(handle, in state) || !Kernel32.SetTimeouts(handle, in timeouts))
        {
            throw WindowsPortError.Of(Marshal.GetLastPInvokeError(), name);
        }
    }

    private Kernel32.DeviceControlBlock GetState()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var state = new Kernel32.DeviceControlBlock { Size = (uint)Marshal.SizeOf<Kernel32.DeviceControlBlock>() };
        return Kernel32.GetState(_handle, ref state)
            ? state
            : throw WindowsPortError.Of(Marshal.GetLastPInvokeError(), Name);
    }

    private void SetState(in Kernel32.DeviceControlBlock state)
    {
        if (!Kernel32.SetState(_handle, in state))
        {
            throw WindowsPortError.Of(Marshal.GetLastPInvokeError(), Name);
        }
    }
}
