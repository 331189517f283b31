using System.Runtime.InteropServices;
using System.Text;
using WhispurrNet.Serial.Linux;
using WhispurrNet.Serial.MacOS;

namespace WhispurrNet.Serial.Unix;

/// <summary>
/// A serial port without hardware: a pty of Linux or macOS. This is the far end, where the board would be; programs
/// open <see cref="Name"/> as they open any port. It stays while this is open, whoever opens and closes it; disposing
/// unplugs it. One reader and one writer.
/// </summary>
/// <remarks>There are no control lines, and bytes arrive at once, whatever the baud rate.</remarks>
public sealed class PseudoTerminal : IDisposable
{
    private const string Multiplexer = "/dev/ptmx";
    private const int NameSize = 128;
    private const int DefaultBaudRate = 921_600;

    private readonly TerminalSystem _system;
    private readonly SafeDescriptor _near;
    private readonly DescriptorStream _far;
    private readonly SafeDescriptor _farDescriptor;

    private PseudoTerminal(TerminalSystem system, SafeDescriptor far, SafeDescriptor near, string name)
    {
        _system = system;
        _near = near;
        _farDescriptor = far;
        _far = new DescriptorStream(far, name, system.WouldWait);
        Name = name;
    }

    /// <summary>Whether this system has ptys: Linux and macOS.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>The port to open, such as <c>/dev/pts/5</c>.</summary>
    public string Name { get; }

    /// <summary>Bits a second that the program which opened it asked for last.</summary>
    public int BaudRate => _system.GetBaudRate(_farDescriptor, out int rate) is var error and not 0
        ? throw PortError.Of(error, Name)
        : rate;

    /// <summary>Makes a new one, through which bytes pass as they are.</summary>
    /// <exception cref="SerialPortException">The system has none left.</exception>
    /// <exception cref="PlatformNotSupportedException">It has no ptys.</exception>
    public static PseudoTerminal Open()
    {
        TerminalSystem system = OperatingSystem.IsLinux() ? new LinuxTerminals()
            : OperatingSystem.IsMacOS() ? new MacTerminals()
            : throw new PlatformNotSupportedException("Only Linux and macOS have ptys.");

        // As posix_openpt does, which on macOS refuses these flags.
        SafeDescriptor far = Libc.Open(Multiplexer, system.OpenFlags);
        if (far.IsInvalid)
        {
            throw PortError.Of(Marshal.GetLastPInvokeError(), Multiplexer);
        }

        SafeDescriptor? near = null;
        try
        {
            string name = Unlock(far);

            // Held open: bytes written before anybody opens the port must not be echoed, and without any holder the
            // far end could not be read.
            near = Libc.Open(name, system.OpenFlags);
            Check(near.IsInvalid, name);
            int error = system.MakeRaw(near, DefaultBaudRate);
            return error == 0 ? new PseudoTerminal(system, far, near, name) : throw PortError.Of(error, name);
        }
        catch
        {
            near?.Dispose();
            far.Dispose();
            throw;
        }
    }

    /// <summary>Waits for bytes that a program wrote to the port, and reads those that are there.</summary>
    /// <returns>How many, at least 1; 0 once this is disposed.</returns>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _far.ReadAsync(buffer, cancellationToken);

    /// <summary>Writes all bytes; waits while nobody reads and the system holds no more (about 64 KB).</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        _far.WriteAsync(data, cancellationToken);

    /// <summary>Writes what finds room, as a UART does that does not ask whether anybody listens.</summary>
    /// <returns>How many bytes, 0 when there is no room.</returns>
    public int WriteNow(ReadOnlySpan<byte> data) => _far.WriteNow(data);

    /// <summary>Forgets what was written to the port's user and not read yet.</summary>
    public void DiscardUnread() => _ = Libc.Flush(_near, _system.InputQueue);

    /// <summary>Says how large a window a program on the terminal has.</summary>
    public void SetWindowSize(int columns, int rows) => _ = _system.SetWindowSize(_farDescriptor, columns, rows);

    /// <summary>Lets go of the near end, so that the terminal ends with the last program on it.</summary>
    public void ReleaseNearEnd() => _near.Dispose();

    /// <summary>Unplugs: whoever has the port open reads its end.</summary>
    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
    }

    private static unsafe string Unlock(SafeDescriptor far)
    {
        Check(Libc.GrantPseudoTerminal(far) != 0 || Libc.UnlockPseudoTerminal(far) != 0, Multiplexer);
        byte* name = stackalloc byte[NameSize];
        int error = Libc.PseudoTerminalName(far, name, NameSize);
        return error == 0
            ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))
            : throw PortError.Of(error, Multiplexer);
    }

    private static void Check(bool failed, string name)
    {
        if (failed)
        {
            throw PortError.Of(Marshal.GetLastPInvokeError(), name);
        }
    }
}
