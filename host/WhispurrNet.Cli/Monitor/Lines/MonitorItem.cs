using WhispurrNet.Gateway.Live;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>What a monitor shows, and what its filters name.</summary>
internal enum ItemKind
{
    /// <summary>Text of the application.</summary>
    Text,

    /// <summary>What the firmware says of itself.</summary>
    Report,

    /// <summary>What a person should know.</summary>
    Error,

    /// <summary>An exception with its stack.</summary>
    Exception,

    /// <summary>The start of the CLR.</summary>
    Clr,

    /// <summary>The start of the chip.</summary>
    Rom,

    /// <summary>Bytes that are no text.</summary>
    Noise,

    /// <summary>A packet that carries no text.</summary>
    Packet,

    /// <summary>What happened to the port.</summary>
    Event,
}

/// <summary>Something that came over the cable, or happened to it.</summary>
/// <param name="AtMs">When, on the clock of whoever feeds the pipeline.</param>
/// <param name="Kind">What it is.</param>
internal abstract record MonitorItem(long AtMs, ItemKind Kind);

/// <summary>A line.</summary>
/// <param name="AtMs">See <see cref="MonitorItem"/>.</param>
/// <param name="Kind">See <see cref="MonitorItem"/>.</param>
/// <param name="Line">The line.</param>
/// <param name="Report">What it says, when it is a line of the firmware that is understood.</param>
internal sealed record LineItem(long AtMs, ItemKind Kind, SerialLine Line, NodeReport? Report) : MonitorItem(AtMs, Kind);

/// <summary>An exception.</summary>
/// <param name="AtMs">See <see cref="MonitorItem"/>.</param>
/// <param name="Exception">The exception.</param>
internal sealed record ExceptionItem(long AtMs, ClrException Exception) : MonitorItem(AtMs, ItemKind.Exception);

/// <summary>A packet.</summary>
/// <param name="AtMs">See <see cref="MonitorItem"/>.</param>
/// <param name="Header">Its header.</param>
/// <param name="Payload">Its payload.</param>
internal sealed record PacketItem(long AtMs, PacketHeader Header, byte[] Payload) : MonitorItem(AtMs, ItemKind.Packet);

/// <summary>What <see cref="EventItem"/> tells.</summary>
internal enum PortEvent
{
    /// <summary>The port is open.</summary>
    Open,

    /// <summary>A ping was sent, so text comes in packets from now on.</summary>
    Attached,

    /// <summary>The port is not there; it is waited for.</summary>
    Waiting,

    /// <summary>The port went away.</summary>
    Gone,

    /// <summary>The board has just started.</summary>
    Boot,

    /// <summary>The board seems to write at another baud rate.</summary>
    WrongBaud,

    /// <summary>The port has another baud rate.</summary>
    Baud,

    /// <summary>What began like a packet was none.</summary>
    Damaged,
}

/// <summary>Something happened to the port.</summary>
/// <param name="AtMs">See <see cref="MonitorItem"/>.</param>
/// <param name="Event">What.</param>
/// <param name="Sentence">The same for a person.</param>
internal sealed record EventItem(long AtMs, PortEvent Event, string Sentence) : MonitorItem(AtMs, ItemKind.Event);

/// <summary>Takes what a monitor finds.</summary>
internal interface IMonitorSink
{
    /// <summary>The next item, in the order of the cable.</summary>
    void OnItem(MonitorItem item);
}
