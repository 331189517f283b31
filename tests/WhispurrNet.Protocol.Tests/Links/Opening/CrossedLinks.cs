using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links.Opening;

/// <summary>Several links between two nodes at once; units wait in queues until they are carried.</summary>
internal sealed class CrossedLinks
{
    private readonly NodeCore[] _nodes;
    private readonly List<Line> _lines = [];

    public CrossedLinks(NodeCore a, NodeCore b)
    {
        _nodes = [a, b];
    }

    public long NowMs { get; set; }

    /// <summary>Units carried over each link, by its index.</summary>
    public IReadOnlyList<int> Units => [.. _lines.Select(l => l.Units)];

    /// <summary>Opens a link on both sides.</summary>
    /// <param name="side">Who dials: 0 or 1.</param>
    /// <param name="kind">What it is.</param>
    /// <returns>Its index.</returns>
    public int Dial(int side, LinkKind kind = LinkKind.Stream)
    {
        ulong address = side == 0 ? OpeningPair.AddressB : OpeningPair.AddressA;
        Line line = new() { Links = new int[2] };
        line.Links[side] = _nodes[side].OpenLink(kind, true, 20, address, NowMs);
        line.Links[1 - side] = _nodes[1 - side].OpenLink(kind, false, 20, 0, NowMs);
        Assert.All(line.Links, link => Assert.NotEqual(NodeCore.NoLink, link));
        _lines.Add(line);
        return _lines.Count - 1;
    }

    /// <summary>The state of a link on a side; Closed after its end.</summary>
    public LinkState StateOf(int line, int side)
    {
        return _lines[line].Links[side] < 0 ? LinkState.Closed : _nodes[side].GetLinkState(_lines[line].Links[side]);
    }

    public uint TagOf(int line, int side = 0)
    {
        return _nodes[side].GetLinkTag(_lines[line].Links[side]);
    }

    /// <summary>Carries one unit of one side of a link, if there is any; as a pump does, ends a link that is over.</summary>
    public bool Step(int line, int side)
    {
        Line l = _lines[line];
        bool carried = false;
        if (l.Links[side] >= 0)
        {
            byte[] unit = new byte[_nodes[side].MaxUnit];
            int count = _nodes[side].PollTransmit(l.Links[side], unit, 0, NowMs);
            if (count > 0)
            {
                l.Queues[side].Enqueue(unit[..count]);
            }
        }

        if (l.Queues[side].TryDequeue(out byte[]? next))
        {
            carried = true;
            l.Units++;
            if (l.Links[1 - side] >= 0)
            {
                _nodes[1 - side].Receive(l.Links[1 - side], next, 0, next.Length, NowMs);
            }
        }

        for (int i = 0; i < 2; i++)
        {
            if (l.Links[i] >= 0 && StateOf(line, i) != LinkState.Open && l.Queues[i].Count == 0)
            {
                l.Last[i] = StateOf(line, i);
                _nodes[i].CloseLink(l.Links[i], NowMs);
                l.Links[i] = -1;
                l.IsCut = true;
            }
        }

        // Who disconnects is noticed by the other when it has taken what was on its way.
        for (int i = 0; l.IsCut && i < 2; i++)
        {
            if (l.Links[i] >= 0 && l.Queues[1 - i].Count == 0)
            {
                l.Last[i] = StateOf(line, i);
                _nodes[i].CloseLink(l.Links[i], NowMs);
                l.Links[i] = -1;
            }
        }

        return carried;
    }

    /// <summary>How a link ended on a side; Closed while it has not.</summary>
    public LinkState LastOf(int line, int side) => _lines[line].Last[side];

    /// <summary>Cuts a link on one side only: the other does not hear of it.</summary>
    public void Drop(int line, int side)
    {
        _nodes[side].CloseLink(_lines[line].Links[side], NowMs);
        _lines[line].Links[side] = -1;
    }

    /// <summary>Carries units in an order drawn by a number until nobody has anything to say.</summary>
    public void Run(int seed = 0)
    {
        Random random = new(seed);
        for (int idle = 0; idle < 60;)
        {
            int line = random.Next(_lines.Count);
            idle = Step(line, random.Next(2)) ? 0 : idle + 1;
        }
    }

    private sealed class Line
    {
        public required int[] Links { get; init; }

        public Queue<byte[]>[] Queues { get; } = [new(), new()];

        public LinkState[] Last { get; } = new LinkState[2];

        public int Units { get; set; }

        public bool IsCut { get; set; }
    }
}
