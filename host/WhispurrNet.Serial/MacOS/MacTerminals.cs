using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Serial.MacOS;

/// <summary>
/// Terminals of macOS by <c>termios</c>, and by <c>IOSSIOSPEED</c> for rates that it does not know. Numbers and layouts
/// are those of XNU's <c>sys/termios.h</c>, <c>sys/ttycom.h</c> and <c>sys/fcntl.h</c>, and of IOKit's
/// <c>serial/ioss.h</c>, for 64 bits; the same on x64 and arm64. Compiled everywhere, so far run nowhere.
/// </summary>
internal sealed partial class MacTerminals : TerminalSystem
{
    private const int ReadWrite = 0x2, NonBlocking = 0x4, NoControllingTerminal = 0x20000, CloseOnExec = 0x1000000;

    private const nuint
        SetSpeed = 0x80085402, // IOSSIOSPEED: _IOW('T', 2, speed_t), 8 bytes
        ExclusiveOn = 0x2000740D,
        ExclusiveOff = 0x2000740E,
        SetWindow = 0x80087467,
        GetModem = 0x4004746A,
        SetModem = 0x8004746D;

    private const nuint
        IgnoreBreak = 0x1, // c_iflag
        EightBits = 0x300, // c_cflag, as all that follow
        EnableReceiver = 0x800,
        IgnoreCarrier = 0x8000;

    private const int MinIndex = 16, TimeIndex = 17;
    private const int Now = 0;

    // Above it, and between the named rates below it, termios refuses; 9600 it always takes.
    private const int AcceptedBaudRate = 9_600;

    public override int OpenFlags => ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec;

    public override int WouldWait => 35;

    public override int InputQueue => 1;

    public override int MakeRaw(SafeDescriptor descriptor, int baudRate)
    {
        if (GetAttributes(descriptor, out Termios settings) != 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        // A break carries no byte. What is not named here is off: echo, signals, translations, parity, a second stop
        // bit, flow control, and hanging up on close, which would move DTR and RTS.
        settings.InputFlags = IgnoreBreak;
        settings.OutputFlags = 0;
        settings.LocalFlags = 0;
        settings.ControlFlags = EightBits | EnableReceiver | IgnoreCarrier;

        // One byte at least, so that a read of none can only mean that the port is gone.
        settings.ControlCharacters[MinIndex] = 1;
        settings.ControlCharacters[TimeIndex] = 0;
        return Apply(descriptor, ref settings, baudRate);
    }

    public override int SetBaudRate(SafeDescriptor descriptor, int baudRate) =>
        GetAttributes(descriptor, out Termios settings) != 0
            ? Marshal.GetLastPInvokeError()
            : Apply(descriptor, ref settings, baudRate);

    public override int GetBaudRate(SafeDescriptor descriptor, out int baudRate)
    {
        int error = GetAttributes(descriptor, out Termios settings) == 0 ? 0 : Marshal.GetLastPInvokeError();
        baudRate = (int)Math.Min(settings.OutputSpeed, int.MaxValue);
        return error;
    }

    public override unsafe int SetExclusive(SafeDescriptor descriptor, bool exclusive) =>
        Control(descriptor, exclusive ? ExclusiveOn : ExclusiveOff, null);

    public override unsafe int GetLines(SafeDescriptor descriptor, out int lines)
    {
        int word = 0;
        int error = Control(descriptor, GetModem, &word);
        lines = word;
        return error;
    }

    public override unsafe int SetLines(SafeDescriptor descriptor, int lines) =>
        Control(descriptor, SetModem, &lines);

    public override unsafe int SetWindowSize(SafeDescriptor descriptor, int columns, int rows)
    {
        ushort* size = stackalloc ushort[4] { (ushort)rows, (ushort)columns, 0, 0 };
        return Control(descriptor, SetWindow, size);
    }

    private static unsafe int Apply(SafeDescriptor descriptor, ref Termios settings, int baudRate)
    {
        settings.InputSpeed = settings.OutputSpeed = (nuint)baudRate;
        if (SetAttributes(descriptor, Now, in settings) == 0)
        {
            return 0;
        }

        // In this order: setting attributes sets the speed that they name.
        settings.InputSpeed = settings.OutputSpeed = AcceptedBaudRate;
        if (SetAttributes(descriptor, Now, in settings) != 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        nuint speed = (nuint)baudRate;
        return Control(descriptor, SetSpeed, &speed);
    }

    /// <summary>
    /// <c>ioctl</c>, whose third argument is variadic: on arm64 Apple passes those on the stack, where it lands after
    /// eight arguments that fill the registers; on x64 they are passed as all others are.
    /// </summary>
    private static unsafe int Control(SafeDescriptor descriptor, nuint request, void* argument)
    {
        int returned = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? ControlOnStack(descriptor, request, 0, 0, 0, 0, 0, 0, argument)
            : ControlInRegisters(descriptor, request, argument);
        return returned < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static unsafe partial int ControlInRegisters(SafeDescriptor descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static unsafe partial int ControlOnStack(
        SafeDescriptor descriptor, nuint request, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, void* argument);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetAttributes(SafeDescriptor descriptor, out Termios settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetAttributes(SafeDescriptor descriptor, int when, in Termios settings);

    /// <summary><c>struct termios</c>: 72 bytes, of which 4 before the speeds are padding.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Termios
    {
        public nuint InputFlags;
        public nuint OutputFlags;
        public nuint ControlFlags;
        public nuint LocalFlags;
        public CharacterArray ControlCharacters;
        public nuint InputSpeed;
        public nuint OutputSpeed;
    }

    [InlineArray(20)]
    private struct CharacterArray
    {
        private byte _first;
    }
}
