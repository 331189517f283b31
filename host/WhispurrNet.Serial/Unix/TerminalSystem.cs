namespace WhispurrNet.Serial.Unix;

/// <summary>
/// What Linux and macOS do differently about terminals. Methods return 0, or the number of the error; what a port
/// makes of that is the same on both.
/// </summary>
internal abstract class TerminalSystem
{
    /// <summary>Data terminal ready and request to send, in the word of control lines; the same bits on both.</summary>
    public const int DataTerminalReady = 0x002, RequestToSend = 0x004;

    /// <summary>For reading and writing, no controlling terminal, never waiting, not for child processes.</summary>
    public abstract int OpenFlags { get; }

    /// <summary>The error that means "would have to wait".</summary>
    public abstract int WouldWait { get; }

    /// <summary>The queue of <c>tcflush</c> that holds what came in.</summary>
    public abstract int InputQueue { get; }

    /// <summary>
    /// Makes bytes pass as they are, 8 data bits, no parity, 1 stop bit, no flow control; ignores the line that
    /// tells a carrier, and leaves the control lines alone when the port is closed. Invalid: as for the baud rate.
    /// </summary>
    public abstract int MakeRaw(SafeDescriptor descriptor, int baudRate);

    /// <summary>Sets bits a second, both ways; nothing else. Invalid: the driver cannot, or not nearly.</summary>
    public abstract int SetBaudRate(SafeDescriptor descriptor, int baudRate);

    /// <summary>What the driver says it does, which is near what it was asked for.</summary>
    public abstract int GetBaudRate(SafeDescriptor descriptor, out int baudRate);

    /// <summary>Keeps other opens out, or lets them in again.</summary>
    public abstract int SetExclusive(SafeDescriptor descriptor, bool exclusive);

    /// <summary>The word of control lines.</summary>
    public abstract int GetLines(SafeDescriptor descriptor, out int lines);

    /// <summary>Sets all control lines at once.</summary>
    public abstract int SetLines(SafeDescriptor descriptor, int lines);

    /// <summary>Says how large the window is that a program on it believes to have.</summary>
    public abstract int SetWindowSize(SafeDescriptor descriptor, int columns, int rows);
}
