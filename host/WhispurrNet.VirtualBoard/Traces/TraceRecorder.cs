using System.Reflection;
using System.Text.Json;
using WhispurrNet.Virtual.Traces;

namespace WhispurrNet.Virtual;

/// <summary>
/// Stands between a board and its ether and writes down everything that passes, from power on to power off: what one
/// board's radio saw, to be played to a board without the others later (<see cref="TracePlayer"/>). What comes over
/// Wi-Fi is not part of it.
/// </summary>
public sealed class TraceRecorder : IEther
{
    private readonly IEther _ether;
    private readonly TextWriter _writer;
    private bool _taken;

    /// <summary>Makes a recorder for the one board that is put on it.</summary>
    /// <param name="ether">The medium.</param>
    /// <param name="writer">Takes the trace; stays the caller's.</param>
    public TraceRecorder(IEther ether, TextWriter writer)
    {
        _ether = ether;
        _writer = writer;
    }

    /// <inheritdoc/>
    public BoardClock Clock => _ether.Clock;

    IBoardRadio IEther.Open(string name, ulong address)
    {
        if (_taken)
        {
            throw new ArgumentException("A recorder takes one board.");
        }

        _taken = true;
        var radio = (RecordingRadio)(object)DispatchProxy.Create<IBoardRadio, RecordingRadio>();
        radio.Inner = _ether.Open(name, address);
        radio.Clock = Clock;
        radio.Writer = _writer;
        _writer.WriteLine(JsonSerializer.Serialize(new TraceHeader(TraceRecord.Version, name, address)));
        return (IBoardRadio)(object)radio;
    }
}
