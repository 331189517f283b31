using WhispurrNet.Protocol.Gossip;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>What a node knows of a neighbour.</summary>
internal struct PeerNeighbour
{
    /// <summary>Its address.</summary>
    public ulong Address;

    /// <summary>When it was heard last.</summary>
    public long HeardMs;

    /// <summary>When it was met last; of use while <see cref="IsMet"/>.</summary>
    public long MetMs;

    /// <summary>Until then it is left alone.</summary>
    public long AvoidUntilMs;

    /// <summary>Failed contacts in a row, at most 6.</summary>
    public byte Failures;

    /// <summary>Whether it was ever met.</summary>
    public bool IsMet;

    /// <summary>Whether frames are pushed to it; gossipsub's.</summary>
    public bool IsMesh;

    /// <summary>Whether it is to be told that nothing is pushed to it any more; gossipsub's.</summary>
    public bool IsPruned;
}

/// <summary>The neighbours of a node: the rules of the boards' table, with the place of a neighbour as its number.</summary>
internal sealed class PeerNeighbours(int capacity)
{
    /// <summary>No neighbour.</summary>
    public const int None = -1;

    private const int NeighboursAtFirst = 4;
    private const byte FailuresMax = 6;

    private PeerNeighbour[] _neighbours = [];

    /// <summary>Most neighbours.</summary>
    public int Capacity => capacity;

    /// <summary>Neighbours remembered.</summary>
    public int Count { get; private set; }

    /// <summary>A neighbour remembered.</summary>
    public ref PeerNeighbour this[int index] => ref _neighbours[index];

    /// <summary>Whether a neighbour was heard or met of late.</summary>
    public bool IsNear(int index, long nowMs) => nowMs - _neighbours[index].HeardMs < NeighbourTable.ForgetMs;

    /// <summary>Whether a neighbour is to be left alone.</summary>
    public bool IsAvoided(int index, long nowMs) => nowMs < _neighbours[index].AvoidUntilMs;

    /// <summary>Neighbours heard of late.</summary>
    public int CountNear(long nowMs)
    {
        int near = 0;
        for (int i = 0; i < Count; i++)
        {
            near += IsNear(i, nowMs) ? 1 : 0;
        }

        return near;
    }

    /// <summary>Milliseconds since a neighbour was met; very many when it never was.</summary>
    public long SinceMet(int index, long nowMs)
    {
        return _neighbours[index].IsMet ? nowMs - _neighbours[index].MetMs : long.MaxValue;
    }

    /// <summary>Where a neighbour is, or <see cref="None"/>.</summary>
    public int Find(ulong address)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_neighbours[i].Address == address)
            {
                return i;
            }
        }

        return None;
    }

    /// <summary>Notes that a neighbour was heard.</summary>
    /// <param name="address">Whom.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="isNew">Whether the place was another one's, or nobody's.</param>
    /// <returns>Its place, or <see cref="None"/> when there is none for it.</returns>
    public int Heard(ulong address, long nowMs, out bool isNew)
    {
        int index = Find(address);
        isNew = index == None;
        if (isNew)
        {
            index = PlaceForNew(nowMs);
            if (index == None)
            {
                isNew = false;
                return None;
            }

            _neighbours[index] = new PeerNeighbour { Address = address };
        }
        else if (!IsNear(index, nowMs))
        {
            _neighbours[index].Failures = 0;
            _neighbours[index].AvoidUntilMs = 0;
        }

        _neighbours[index].HeardMs = nowMs;
        return index;
    }

    /// <summary>Notes that a contact with a neighbour was held.</summary>
    public void Met(int index, long nowMs)
    {
        ref PeerNeighbour neighbour = ref _neighbours[index];
        neighbour.HeardMs = nowMs;
        neighbour.MetMs = nowMs;
        neighbour.IsMet = true;
        neighbour.Failures = 0;
    }

    /// <summary>Notes that a neighbour could not be reached: it is left alone for 2 s, 4 s, ... 64 s.</summary>
    public void Failed(int index, long nowMs)
    {
        ref PeerNeighbour neighbour = ref _neighbours[index];
        neighbour.Failures = Math.Min((byte)(neighbour.Failures + 1), FailuresMax);
        neighbour.AvoidUntilMs = nowMs + (1000L << neighbour.Failures);
    }

    private int PlaceForNew(long nowMs)
    {
        if (Count < capacity)
        {
            if (Count == _neighbours.Length)
            {
                Array.Resize(ref _neighbours, Math.Min(capacity, Math.Max(NeighboursAtFirst, Count * 2)));
            }

            return Count++;
        }

        for (int i = 0; i < Count; i++)
        {
            if (!IsNear(i, nowMs))
            {
                return i;
            }
        }

        return None;
    }
}
