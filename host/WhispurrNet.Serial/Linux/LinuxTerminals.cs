using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Serial.Linux;

/// <summary>
/// Terminals of Linux by <c>termios2</c>, which knows any baud rate and not only those that have a name. Numbers and
/// layouts are those of the kernel's <c>asm-generic/termbits.h</c>, <c>termbits-common.h</c>, <c>ioctls.h</c> and
/// <c>fcntl.h</c>, which x64, arm64, arm and riscv use alike (MIPS, PowerPC, SPARC and Alpha have their own).
/// </summary>
internal sealed partial class LinuxTerminals : TerminalSystem
{
    private const int ReadWrite = 0x2, NoControllingTerminal = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000;

    private const nuint
        GetTermios2 = 0x802C542A, // _IOR('T', 0x2A, struct termios2), 44 bytes
        SetTermios2 = 0x402C542B, // _IOW('T', 0x2B, struct termios2)
        ExclusiveOn = 0x540C,
        ExclusiveOff = 0x540D,
        SetWindow = 0x5414,
        GetModem = 0x5415,
        SetModem = 0x5418;

    private const uint
        IgnoreBreak = 0x1, // c_iflag
        BaudMask = 0x100F, // c_cflag, as all that follow
        BaudOther = 0x1000,
        InputBaudMask = BaudMask << 16,
        EightBits = 0x30,
        EnableReceiver = 0x80,
        IgnoreCarrier = 0x800;

    // A driver does what its clock divides to; further away the line garbles.
    private const int MaxDeviationPercent = 3;

    private const int MinIndex = 6, TimeIndex = 5;

    public override int OpenFlags => ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec;

    public override int WouldWait => 11;

    public override int InputQueue => 0;

    public override int MakeRaw(SafeDescriptor descriptor, int baudRate)
    {
        int error = Result(Get(descriptor, GetTermios2, out Termios2 settings));
        if (error != 0)
        {
            return error;
        }

        // A break carries no byte. What is not named here is off: echo, signals, translations, parity, a second stop
        // bit, flow control, and hanging up on close, which would move DTR and RTS.
        settings.InputFlags = IgnoreBreak;
        settings.OutputFlags = 0;
        settings.LocalFlags = 0;
        settings.ControlFlags = EightBits | EnableReceiver | IgnoreCarrier | BaudOther;
        settings.InputSpeed = settings.OutputSpeed = (uint)baudRate;

        // One byte at least, so that a read of none can only mean that the port is gone.
        settings.ControlCharacters[MinIndex] = 1;
        settings.ControlCharacters[TimeIndex] = 0;
        return Apply(descriptor, in settings);
    }

    public override int SetBaudRate(SafeDescriptor descriptor, int baudRate)
    {
        int error = Result(Get(descriptor, GetTermios2, out Termios2 settings));
        if (error != 0)
        {
            return error;
        }

        settings.ControlFlags = (settings.ControlFlags & ~(BaudMask | InputBaudMask)) | BaudOther;
        settings.InputSpeed = settings.OutputSpeed = (uint)baudRate;
        return Apply(descriptor, in settings);
    }

    public override int GetBaudRate(SafeDescriptor descriptor, out int baudRate)
    {
        int error = Result(Get(descriptor, GetTermios2, out Termios2 settings));
        baudRate = (int)Math.Min(settings.OutputSpeed, int.MaxValue);
        return error;
    }

    public override int SetExclusive(SafeDescriptor descriptor, bool exclusive) =>
        Result(Control(descriptor, exclusive ? ExclusiveOn : ExclusiveOff, 0));

    public override int GetLines(SafeDescriptor descriptor, out int lines) =>
        Result(Get(descriptor, GetModem, out lines));

    public override int SetLines(SafeDescriptor descriptor, int lines) =>
        Result(Set(descriptor, SetModem, in lines));

    public override int SetWindowSize(SafeDescriptor descriptor, int columns, int rows)
    {
        var size = new WindowSize { Rows = (ushort)rows, Columns = (ushort)columns };
        return Result(Set(descriptor, SetWindow, in size));
    }

    private static int Apply(SafeDescriptor descriptor, in Termios2 settings)
    {
        int error = Result(Set(descriptor, SetTermios2, in settings));
        if (error == 0)
        {
            error = Result(Get(descriptor, GetTermios2, out Termios2 done));
            if (error == 0 && !IsNear(done.OutputSpeed, settings.OutputSpeed))
            {
                error = UnixError.Invalid;
            }
        }

        return error;
    }

    /// <summary>Drivers say yes to rates that they cannot do, and then tell the one that they took instead.</summary>
    private static bool IsNear(long done, long asked) =>
        Math.Abs(done - asked) * 100 <= asked * MaxDeviationPercent;

    private static int Result(int returned) => returned < 0 ? Marshal.GetLastPInvokeError() : 0;

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Get(SafeDescriptor descriptor, nuint request, out Termios2 settings);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Set(SafeDescriptor descriptor, nuint request, in Termios2 settings);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Get(SafeDescriptor descriptor, nuint request, out int word);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Set(SafeDescriptor descriptor, nuint request, in int word);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Set(SafeDescriptor descriptor, nuint request, in WindowSize size);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeDescriptor descriptor, nuint request, nint none);

    /// <summary><c>struct termios2</c>: 44 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Termios2
    {
        public uint InputFlags;
        public uint OutputFlags;
        public uint ControlFlags;
        public uint LocalFlags;
        public byte LineDiscipline;
        public CharacterArray ControlCharacters;
        public uint InputSpeed;
        public uint OutputSpeed;
    }

    [InlineArray(19)]
    private struct CharacterArray
    {
        private byte _first;
    }

    /// <summary><c>struct winsize</c>: 8 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort WidthPixels;
        public ushort HeightPixels;
    }
}
