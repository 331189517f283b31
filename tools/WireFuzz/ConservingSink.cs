using WhispurrNet.WireProtocol;

namespace WhispurrNet.WireFuzz;

/// <summary>Something came out of the decoder that did not go in, or not what went in.</summary>
internal sealed class FuzzFailure(string message) : Exception(message);

/// <summary>
/// Holds what the decoder says against its input: every byte once, in order, unchanged; of a clean input the packets,
/// and nothing else, as packets.
/// </summary>
internal sealed class ConservingSink : IMixedSink
{
    private readonly byte[] _header = new byte[PacketHeader.Bytes];
    private MixedInput _input = new();
    private bool _mustFindPackets;
    private int _at;
    private int _nextPacket;

    /// <summary>Packets seen since the last start.</summary>
    public int Packets { get; private set; }

    /// <summary>Begins with an input.</summary>
    /// <param name="input">What will be fed.</param>
    /// <param name="mustFindPackets">Whether its packets must come out as packets.</param>
    public void Start(MixedInput input, bool mustFindPackets)
    {
        _input = input;
        _mustFindPackets = mustFindPackets;
        _at = 0;
        _nextPacket = 0;
        Packets = 0;
    }

    /// <inheritdoc/>
    public void OnText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new FuzzFailure("A text without bytes.");
        }

        Take(bytes);
        if (_mustFindPackets && _nextPacket < _input.Packets.Count && _at > _input.Packets[_nextPacket].At)
        {
            throw new FuzzFailure($"The packet at {_input.Packets[_nextPacket].At} came out as text.");
        }
    }

    /// <inheritdoc/>
    public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
    {
        if (_mustFindPackets && (_nextPacket >= _input.Packets.Count
            || _input.Packets[_nextPacket] != (_at, PacketHeader.Bytes + payload.Length)))
        {
            throw new FuzzFailure($"Text at {_at} came out as a packet.");
        }

        _nextPacket++;
        Packets++;
        header.Write(_header);
        Take(_header);
        Take(payload);
    }

    /// <inheritdoc/>
    public void OnRefused(PacketRefusal reason)
    {
        if (_mustFindPackets)
        {
            throw new FuzzFailure($"A packet of a clean input was refused: {reason}.");
        }
    }

    /// <summary>Checks that all of the input came out.</summary>
    public void End()
    {
        if (_at != _input.Bytes.Length)
        {
            throw new FuzzFailure($"{_input.Bytes.Length - _at} bytes are missing.");
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _input.Bytes.Length - _at || !bytes.SequenceEqual(_input.Bytes.Slice(_at, bytes.Length)))
        {
            throw new FuzzFailure($"Other bytes than those at {_at}.");
        }

        _at += bytes.Length;
    }
}
