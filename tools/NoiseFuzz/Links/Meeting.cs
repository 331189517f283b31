using WhispurrNet.NoiseFuzz.Handshakes;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.NoiseFuzz.Links;

/// <summary>One link between two nodes, over a wire.</summary>
internal sealed class Meeting
{
    private readonly NodeCore[] _nodes;
    private readonly Wire _wire;
    private readonly int[] _links = new int[2];

    /// <summary>Opens it on both sides.</summary>
    /// <param name="nodes">The two.</param>
    /// <param name="wire">Carries the units.</param>
    /// <param name="initiator">Who dials.</param>
    /// <param name="kind">How.</param>
    /// <param name="address">Address of the one who is dialled.</param>
    /// <param name="nowMs">Now.</param>
    public Meeting(NodeCore[] nodes, Wire wire, int initiator, LinkKind kind, ulong address, long nowMs)
    {
        _nodes = nodes;
        _wire = wire;
        Kind = kind;
        for (int node = 0; node < 2; node++)
        {
            bool dials = node == initiator;
            _links[node] = nodes[node].OpenLink(kind, dials, FragmentWriter.UnitSizeMin, dials ? address : 0, nowMs);
            FuzzFailure.Unless(_links[node] != NodeCore.NoLink, "a link of an earlier meeting was not given back");
        }
    }

    public LinkKind Kind { get; }

    /// <summary>True when both sides ended it in peace.</summary>
    public bool InPeace { get; private set; }

    /// <summary>True when nothing more can come of it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Carries at most a unit each way.</summary>
    /// <returns>False when neither side had one.</returns>
    public bool Turn(long nowMs)
    {
        bool sent = Send(0, nowMs) | Send(1, nowMs);
        InPeace = Array.TrueForAll([0, 1], node => State(node) == LinkState.Finished);
        IsOver = InPeace || Array.Exists([0, 1], node => State(node) is LinkState.Failed or LinkState.Closed);
        return sent;
    }

    /// <summary>The connection is gone.</summary>
    public void Close(long nowMs)
    {
        _wire.Cut();
        _nodes[0].CloseLink(_links[0], nowMs);
        _nodes[1].CloseLink(_links[1], nowMs);
    }

    private LinkState State(int node) => _nodes[node].GetLinkState(_links[node]);

    private bool Send(int from, long nowMs)
    {
        byte[] buffer = new byte[_nodes[from].MaxUnit];
        int count = _nodes[from].PollTransmit(_links[from], buffer, 0, nowMs);
        if (count == 0)
        {
            return false;
        }

        foreach (byte[] unit in _wire.Carry(buffer[..count]))
        {
            _nodes[1 - from].Receive(_links[1 - from], [.. unit], 0, unit.Length, nowMs);
        }

        return true;
    }
}
