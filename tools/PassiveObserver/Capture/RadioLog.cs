using System.Buffers.Binary;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Mesh;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>
/// What somebody hears who has no part in any link: who sends to whom, when, and the lengths of records, which fragments
/// and messages show; beside it the number of frames that really came.
/// </summary>
internal sealed class RadioLog
{
    private const int SilenceMs = 3000;
    private const byte FirstOfRecord = 0x80;
    private const byte Acknowledgement = 0x20;

    private readonly Dictionary<(int From, int To), Talk> _talks = [];
    private Talk? _current;
    private uint _framesBefore;

    /// <summary>One direction of every contact.</summary>
    public List<Talk> Contacts { get; } = [];

    /// <summary>Every message that a member sent on a stream, each a talk of its own.</summary>
    public List<Talk> Messages { get; } = [];

    /// <summary>Hears a unit that a node is about to take.</summary>
    public void Hear(MeshNode from, MeshNode to, LinkKind kind, ArraySegment<byte> unit, long nowMs)
    {
        _framesBefore = FramesOf(to.Core.Statistics);
        if (kind == LinkKind.Stream)
        {
            _current = new Talk { LastMs = nowMs };
            _current.Lengths.Add(unit.Count);
            if (from.Network != TestNetwork.Keyless)
            {
                Messages.Add(_current);
            }

            return;
        }

        (int, int) pair = (from.Number, to.Number);
        if (!_talks.TryGetValue(pair, out _current) || nowMs - _current.LastMs > SilenceMs)
        {
            _talks[pair] = _current = new Talk();
            Contacts.Add(_current);
        }

        _current.LastMs = nowMs;
        if (unit.Count >= 4 && (unit[1] & FirstOfRecord) != 0 && (unit[1] & Acknowledgement) == 0)
        {
            _current.Lengths.Add(BinaryPrimitives.ReadUInt16LittleEndian(unit.AsSpan(2)));
        }
    }

    /// <summary>Notes how many frames the unit just heard completed.</summary>
    public void Note(MeshNode to)
    {
        _current!.Frames += (int)(FramesOf(to.Core.Statistics) - _framesBefore);
    }

    private static uint FramesOf(NodeStatistics statistics)
    {
        return statistics.FramesOwn + statistics.FramesStranger + statistics.Duplicates + statistics.RefusedExpired
            + statistics.RefusedNoRoom;
    }

    /// <summary>One direction of a contact, or one message.</summary>
    internal sealed class Talk
    {
        public List<int> Lengths { get; } = [];

        public int Frames { get; set; }

        public long LastMs { get; set; }
    }
}
