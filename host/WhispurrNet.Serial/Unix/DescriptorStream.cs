using System.Runtime.InteropServices;

namespace WhispurrNet.Serial.Unix;

/// <summary>Reads and writes a terminal's descriptor that never waits by itself. One reader and one writer.</summary>
internal sealed class DescriptorStream : IDisposable
{
    private readonly SafeDescriptor _descriptor;
    private readonly Readiness _readiness;
    private readonly string _name;
    private readonly int _wouldWait;
    private volatile bool _disposed;

    /// <summary>Takes over the descriptor.</summary>
    public DescriptorStream(SafeDescriptor descriptor, string name, int wouldWait)
    {
        _descriptor = descriptor;
        _readiness = new Readiness(descriptor, name);
        _name = name;
        _wouldWait = wouldWait;
    }

    /// <summary>Waits for bytes and reads those that are there.</summary>
    /// <returns>How many; 0 once the other end is gone, or this is disposed.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty)
        {
            throw new ArgumentException("Nothing fits into it.", nameof(buffer));
        }

        cancellationToken.ThrowIfCancellationRequested();
        while (!_disposed)
        {
            int count = ReadNow(buffer.Span);
            if (count >= 0)
            {
                return count;
            }

            await _readiness.ReadableAsync(cancellationToken).ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="SerialPortException">The other end is gone.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        while (!data.IsEmpty)
        {
            int count = WriteNow(data.Span);
            if (count == 0)
            {
                await _readiness.WritableAsync(cancellationToken).ConfigureAwait(false);
                ObjectDisposedException.ThrowIf(_disposed, this);
            }

            data = data[count..];
        }
    }

    /// <summary>Writes what finds room.</summary>
    /// <returns>How many bytes, 0 when there is none.</returns>
    /// <exception cref="SerialPortException">The other end is gone.</exception>
    public unsafe int WriteNow(ReadOnlySpan<byte> data)
    {
        while (true)
        {
            nint count;
            fixed (byte* bytes = data)
            {
                count = Libc.Write(_descriptor, bytes, (nuint)data.Length);
            }

            if (count >= 0)
            {
                return (int)count;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == _wouldWait)
            {
                return 0;
            }

            if (error != UnixError.Interrupted)
            {
                throw PortError.Of(error, _name);
            }
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _readiness.Dispose();
        _descriptor.Dispose();
    }

    /// <summary>Reads what is there: -1 when it would have to wait, 0 when the other end is gone.</summary>
    private unsafe int ReadNow(Span<byte> buffer)
    {
        while (true)
        {
            nint count;
            try
            {
                fixed (byte* bytes = buffer)
                {
                    count = Libc.Read(_descriptor, bytes, (nuint)buffer.Length);
                }
            }
            catch (ObjectDisposedException)
            {
                return 0;
            }

            if (count >= 0)
            {
                return (int)count;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == _wouldWait)
            {
                return -1;
            }

            // Unplugged: EIO, ENXIO or ENODEV, whichever the driver chose. No other error leaves a port that could
            // be read again.
            if (error != UnixError.Interrupted)
            {
                return 0;
            }
        }
    }
}
