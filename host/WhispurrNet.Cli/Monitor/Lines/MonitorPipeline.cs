using WhispurrNet.Gateway.Live;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>
/// All that happens to bytes of a board until they are items to show: packets, lines, exceptions, reports. Does no input
/// or output and knows no clock.
/// </summary>
/// <remarks>
/// In: <see cref="Feed"/>, <see cref="Expire"/> when <see cref="Deadline"/> has come, <see cref="Flush"/> when the cable
/// has ended, <see cref="Announce"/> for what happens beside. Out: the sink's calls, from inside those four. Times are
/// milliseconds of a clock that never goes back. One thread at a time. Memory is one packet, two lines and one exception.
/// </remarks>
internal sealed class MonitorPipeline : IMixedSink, ILineSink, IGroupSink
{
    private readonly IMonitorSink _sink;
    private readonly MixedDecoder _decoder = new();
    private readonly LineAssembler _raw;
    private readonly LineAssembler _messages;
    private readonly LineClassifier _classifier = new();
    private readonly ExceptionGrouper _exceptions;
    private readonly BaudWatch _baud = new();
    private long _nowMs;

    /// <summary>Creates one for a cable on which nothing has come yet.</summary>
    public MonitorPipeline(IMonitorSink sink, int baudRate)
    {
        _sink = sink;
        BaudRate = baudRate;
        _raw = new LineAssembler(LineSource.Raw, this);
        _messages = new LineAssembler(LineSource.Message, this);
        _exceptions = new ExceptionGrouper(this);
    }

    /// <summary>The rate at which the port is read.</summary>
    public int BaudRate { get; private set; }

    /// <summary>Another rate that the board seems to use; null while the present one is right.</summary>
    public int? SuggestedBaudRate { get; private set; }

    /// <summary>When <see cref="Expire"/> is to be called unless bytes come; null while nothing is held.</summary>
    public long? Deadline => Earliest(
        Earliest(_decoder.Deadline, _raw.Deadline), Earliest(_messages.Deadline, _exceptions.Deadline));

    /// <summary>Takes bytes as they came.</summary>
    public void Feed(ReadOnlySpan<byte> bytes, long nowMs)
    {
        Expire(nowMs);
        _decoder.Feed(bytes, nowMs, this);
    }

    /// <summary>Lets go what has been waited for long enough.</summary>
    public void Expire(long nowMs)
    {
        _nowMs = nowMs;
        _decoder.Expire(nowMs, this);
        _raw.Expire(nowMs);
        _messages.Expire(nowMs);
        _exceptions.Expire(nowMs);
    }

    /// <summary>Lets go everything: nothing more will come.</summary>
    public void Flush(long nowMs)
    {
        _nowMs = nowMs;
        _decoder.Flush(this);
        _raw.Flush();
        _messages.Flush();
        _exceptions.Flush();
    }

    /// <summary>Tells the sink what happened to the port, behind all that came before.</summary>
    public void Announce(PortEvent what, string sentence, long nowMs)
    {
        Flush(nowMs);
        _sink.OnItem(new EventItem(nowMs, what, sentence));
    }

    /// <summary>The port is read at another rate from now on.</summary>
    public void ChangeBaudRate(int baudRate, long nowMs)
    {
        Flush(nowMs);
        BaudRate = baudRate;
        SuggestedBaudRate = null;
        _baud.Restart();
    }

    void IMixedSink.OnText(ReadOnlySpan<byte> bytes) => _raw.Feed(bytes, _nowMs);

    void IMixedSink.OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
    {
        _baud.OnPacket();
        SuggestedBaudRate = null;
        if (header.Command == Command.Message && !header.IsReply)
        {
            _messages.Feed(payload, _nowMs);
            return;
        }

        bool isBoot = header.Command == Command.Ping && !header.IsReply && header.Size == 0;
        if (isBoot)
        {
            // What came before belongs to the time before.
            _raw.Flush();
            _messages.Flush();
            _exceptions.Flush();
        }

        _sink.OnItem(new PacketItem(_nowMs, header, payload.ToArray()));
        if (isBoot)
        {
            _sink.OnItem(new EventItem(_nowMs, PortEvent.Boot, "The board has started."));
        }
    }

    void IMixedSink.OnRefused(PacketRefusal reason) => _sink.OnItem(new EventItem(
        _nowMs,
        PortEvent.Damaged,
        reason switch
        {
            PacketRefusal.HeaderCrc => "A packet came with a wrong header; it is shown as text.",
            PacketRefusal.TooLong => "A packet announced more than packets hold; it is shown as text.",
            PacketRefusal.PayloadCrc => "A packet came with a wrong payload; it is shown as text.",
            _ => "A packet came in part; it is shown as text.",
        }));

    void ILineSink.OnLine(in SerialLine line)
    {
        if (line.Source == LineSource.Raw && _baud.OnLine(line, BaudRate, _nowMs) is { } rate)
        {
            SuggestedBaudRate = rate;
            _sink.OnItem(new EventItem(
                _nowMs,
                PortEvent.WrongBaud,
                $"This is no text at {BaudRate} baud; the board may use another rate. Try --baud {rate}, or --baud auto."));
        }

        _exceptions.Take(line, _classifier.Classify(line), _nowMs);
    }

    void IGroupSink.OnException(ClrException exception) => _sink.OnItem(new ExceptionItem(_nowMs, exception));

    void IGroupSink.OnLine(in SerialLine line, LineKind kind)
    {
        ItemKind shown = kind switch
        {
            LineKind.Report => ItemKind.Report,
            LineKind.Error or LineKind.Uncaught => ItemKind.Error,
            LineKind.Clr => ItemKind.Clr,
            LineKind.Rom => ItemKind.Rom,
            LineKind.Noise => ItemKind.Noise,
            _ => ItemKind.Text,
        };
        NodeReport? report = shown is ItemKind.Report or ItemKind.Error && line.IsWhole
            ? BoardLine.Parse(line.Text) : null;
        _sink.OnItem(new LineItem(_nowMs, shown, line, report));
    }

    private static long? Earliest(long? first, long? second) =>
        first is { } a && second is { } b ? Math.Min(a, b) : first ?? second;
}
