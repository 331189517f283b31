using System.Reflection;
using System.Text.Json;
using WhispurrNet.Virtual.Traces;

namespace WhispurrNet.Virtual;

/// <summary>Where a board did not do what the trace says.</summary>
/// <param name="Line">Line of the trace, counted from 1; one beyond its end if the board did more.</param>
/// <param name="Expected">The record.</param>
/// <param name="Actual">What the board did instead.</param>
public sealed record TraceDeviation(int Line, string Expected, string Actual);

/// <summary>
/// Plays a trace (<see cref="TraceRecorder"/>) to one board in place of an ether: its radio answers what it answered
/// then, and events come at the board time at which they came. A board that starts from the same files and the same
/// <see cref="VirtualBoardOptions.Seed"/> does the same again; where it does not, the player says so, and plays no
/// further.
/// </summary>
public sealed class TracePlayer : IEther
{
    private readonly IReadOnlyList<(int Line, TraceRecord Record)> _records;
    private readonly TraceHeader _header;
    private PlayingRadio? _radio;

    /// <summary>Reads a trace.</summary>
    /// <param name="clock">The clock of the board.</param>
    /// <param name="reader">The trace.</param>
    /// <exception cref="FormatException">It is none, or of another version.</exception>
    public TracePlayer(BoardClock clock, TextReader reader)
    {
        Clock = clock;
        var records = new List<(int, TraceRecord)>();
        try
        {
            _header = JsonSerializer.Deserialize<TraceHeader>(reader.ReadLine() ?? "null")!;
            if (_header is not { Trace: TraceRecord.Version })
            {
                throw new FormatException($"This is no trace of version {TraceRecord.Version}.");
            }

            for (int line = 2; reader.ReadLine() is { } text; line++)
            {
                records.Add((line, JsonSerializer.Deserialize<TraceRecord>(text)!));
            }
        }
        catch (JsonException exception)
        {
            throw new FormatException($"Line {records.Count + 1} of the trace is damaged.", exception);
        }

        // A call is written down when it returns, and stands where it began.
        _records = [.. records.OrderBy(record => record.Item2.AtMicros)];
    }

    /// <inheritdoc/>
    public BoardClock Clock { get; }

    /// <summary>Name of the board that was recorded.</summary>
    public string BoardName => _header.Board;

    /// <summary>Bluetooth address of the board that was recorded.</summary>
    public ulong BluetoothAddress => _header.Address;

    /// <summary>Where the board left the trace; null as long as it has not.</summary>
    public TraceDeviation? Deviation => _radio?.Deviation;

    /// <summary>Whether everything was played.</summary>
    public bool IsOver => _radio?.IsOver ?? false;

    IBoardRadio IEther.Open(string name, ulong address)
    {
        if (_radio is not null)
        {
            throw new ArgumentException("A trace is played to one board.");
        }

        _radio = (PlayingRadio)(object)DispatchProxy.Create<IBoardRadio, PlayingRadio>();
        _radio.Clock = Clock;
        _radio.Address = address;
        _radio.Records = _records;
        return (IBoardRadio)(object)_radio;
    }
}
