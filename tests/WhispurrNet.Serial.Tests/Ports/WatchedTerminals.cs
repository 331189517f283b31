using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Serial.Tests.Ports;

/// <summary>
/// The terminals of a system, with control lines added to ptys, which have none: what is done to the lines is written
/// down, and all else goes to the system.
/// </summary>
internal class WatchedTerminals(TerminalSystem system) : TerminalSystem
{
    /// <summary>Each word that the lines were set to, in order.</summary>
    public List<int> Words { get; } = [];

    /// <summary>The lines as they are now: at first both up, as the driver leaves them.</summary>
    public int Lines { get; set; } = DataTerminalReady | RequestToSend;

    public override int OpenFlags => system.OpenFlags;

    public override int WouldWait => system.WouldWait;

    public override int InputQueue => system.InputQueue;

    public override int MakeRaw(SafeDescriptor descriptor, int baudRate) => system.MakeRaw(descriptor, baudRate);

    public override int SetBaudRate(SafeDescriptor descriptor, int baudRate) =>
        system.SetBaudRate(descriptor, baudRate);

    public override int GetBaudRate(SafeDescriptor descriptor, out int baudRate) =>
        system.GetBaudRate(descriptor, out baudRate);

    public override int SetExclusive(SafeDescriptor descriptor, bool exclusive) =>
        system.SetExclusive(descriptor, exclusive);

    public override int GetLines(SafeDescriptor descriptor, out int lines)
    {
        lines = Lines;
        return 0;
    }

    public override int SetLines(SafeDescriptor descriptor, int lines)
    {
        Words.Add(lines);
        Lines = lines;
        return 0;
    }

    public override int SetWindowSize(SafeDescriptor descriptor, int columns, int rows) =>
        system.SetWindowSize(descriptor, columns, rows);
}

/// <summary>Terminals whose driver does 115200 bits a second and nothing else.</summary>
internal sealed class StubbornTerminals(TerminalSystem system) : WatchedTerminals(system)
{
    private const int OnlyRate = 115_200;

    public override int MakeRaw(SafeDescriptor descriptor, int baudRate) =>
        baudRate == OnlyRate ? base.MakeRaw(descriptor, baudRate) : UnixError.Invalid;
}
