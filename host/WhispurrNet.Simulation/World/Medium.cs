using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Simulation.Checks;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Radio;

namespace WhispurrNet.Simulation.World;

/// <summary>What all boards of a world share: time, air, chance, and who takes notes.</summary>
internal sealed class Medium
{
    private readonly TraceHash _trace;
    private long _unitHash;

    public Medium(EventQueue time, TraceHash trace, SimRandom random, int boards)
    {
        Time = time;
        _trace = trace;
        Random = random;
        Boards = new Board[boards];
        Air = new Air(Boards);
        Ledger = new DeliveryLedger(this);
    }

    public EventQueue Time { get; }

    public SimRandom Random { get; }

    public RadioModel Model => RadioModel.Default;

    public Board[] Boards { get; }

    public Air Air { get; }

    public DeliveryLedger Ledger { get; }

    public Tally Tally { get; } = new();

    public ContactLog Contacts { get; } = new();

    public long NowMs => Time.NowMs;

    /// <summary>Who sends the unit that is being taken now; -1 for nobody.</summary>
    public int Sender { get; private set; } = -1;

    public Board? Find(ulong address)
    {
        return address == 0 || address > (ulong)Boards.Length ? null : Boards[address - 1];
    }

    public void Note(TraceEvent kind, int node, ulong detail) => _trace.Add(kind, NowMs, node, detail);

    public void ContactBegan(Board client, Board server)
    {
        Tally.Connected++;
        Note(TraceEvent.Connected, client.Number, (ulong)server.Number);
    }

    public void ConnectFailed(Board client, Board? server)
    {
        Tally.Failed++;
        Note(TraceEvent.ConnectFailed, client.Number, (ulong)(server?.Number ?? 0));
    }

    public void ContactOver(SimContact contact, Board client, Board server, bool finished, bool fruitless)
    {
        Tally.Finished += finished ? 1 : 0;
        Tally.Fruitless += finished && fruitless ? 1 : 0;
        Note(TraceEvent.ContactOver, client.Number, ((ulong)server.Number << 1) | (finished ? 1u : 0u));
        if (finished)
        {
            Contacts.Add(contact.BeganMs, NowMs, client, server);
        }
    }

    public void CountDiscovery()
    {
        Tally.DiscoveryBytes += RadioModel.DiscoveryExchanges * RadioModel.DiscoveryExchangeBytes;
    }

    public void CountContactBytes(int count) => Tally.ContactBytes += count;

    /// <summary>A unit is about to be taken: some are damaged.</summary>
    public void UnitArrived(Board from, Board to, byte[] unit)
    {
        if (Random.Chance(Air.Corruption))
        {
            unit[Random.NextBelow((uint)unit.Length)] ^= (byte)(1 << (int)Random.NextBelow(8));
        }

        _unitHash = unit.Length;
        foreach (byte b in unit)
        {
            _unitHash = (_unitHash * 31) + b;
        }

        Note(TraceEvent.Unit, to.Number, (ulong)_unitHash);
        Sender = from.Number;
    }

    public void UnitTaken() => Sender = -1;

    public void FrameStored(Board at, ulong frameId, bool isMine)
    {
        Note(TraceEvent.Stored, at.Number, frameId);
        Tally.FramesTaken += isMine ? 0 : 1;
        Ledger.FrameStored(at, frameId, isMine, Sender);
    }

    public void RoleChanged(Board board, RadioAction role) => Note(TraceEvent.Role, board.Number, (ulong)role);

    /// <summary>Whoever scans now hears a board that has begun to advertise.</summary>
    public void AdvertisingBegan(Board board)
    {
        foreach (int other in Air.NeighboursOf(board.Number))
        {
            if (Boards[other].HasRadio)
            {
                Boards[other].Radio.Listen(board.Number);
            }
        }
    }
}
