using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Radio;

/// <summary>
/// One Bluetooth connection between two boards at MTU 23. Packets of a direction keep their order and move at connection
/// events only; a lost one is repeated at the next. The client writes, the server notifies, as the boards' program does.
/// </summary>
internal sealed class SimContact
{
    private const int Client = 0;
    private const int Server = 1;

    private readonly Medium _medium;
    private readonly RadioModel _model;
    private readonly Board[] _ends;
    private readonly IMeshNode[] _nodes;
    private readonly int[] _links = [-1, -1];
    private readonly Queue<Packet>[] _packets = [new(), new()];
    private readonly long[] _busyUntilMs = new long[2];
    private readonly uint[] _handshakes = new uint[2];
    private readonly byte[] _unit;
    private readonly long _anchorMs;
    private readonly long _contactEndMs;
    private readonly bool _isDoomed;
    private bool _isOpen = true;
    private bool _isDead;
    private bool _writing;
    private bool _eventDue;
    private int _framesAtStart;

    /// <summary>A connection that has just come about.</summary>
    /// <param name="medium">The world's.</param>
    /// <param name="client">Who dialled.</param>
    /// <param name="server">Who was dialled.</param>
    /// <param name="doomed">Whether it breaks before both sides are done.</param>
    /// <param name="contactEndMs">When the client gives up.</param>
    public SimContact(Medium medium, Board client, Board server, bool doomed, long contactEndMs)
    {
        _medium = medium;
        _model = medium.Model;
        _ends = [client, server];
        _nodes = [client.Node, server.Node];
        _unit = new byte[Math.Max(client.Node.MaxUnit, server.Node.MaxUnit)];
        _anchorMs = medium.NowMs;
        _isDoomed = doomed;
        _contactEndMs = contactEndMs;
    }

    private enum PacketKind
    {
        Command,
        Request,
        Response,
        Notification,
    }

    /// <summary>When it came about.</summary>
    public long BeganMs => _anchorMs;

    /// <summary>Discovers, subscribes, then exchanges records.</summary>
    public void Begin()
    {
        _ends[Server].Radio.Accept(this);
        _medium.ContactBegan(_ends[Client], _ends[Server]);
        long discoveryMs = 0;
        for (int i = 0; i < RadioModel.DiscoveryExchanges; i++)
        {
            discoveryMs += PacketMs() + PacketMs();
        }

        _medium.Time.At(_contactEndMs, () => End(ContactResult.Cut));
        if (_isDoomed)
        {
            // At any moment of the time that a contact may take: sooner or later than its first frame.
            _medium.Time.After(_medium.Random.Between(0, LinkTimings.ContactSendMs / 2), Break);
        }

        _medium.Time.After(discoveryMs, Subscribe);
    }

    /// <summary>Nothing gets through any more; both sides notice after a while.</summary>
    public void Break()
    {
        if (_isOpen && !_isDead)
        {
            _isDead = true;
            _medium.Time.After(_model.SupervisionMs, () => End(ContactResult.Cut));
        }
    }

    /// <summary>One side's power is gone: the other notices after a while.</summary>
    public void Abandon(Board board)
    {
        int side = board == _ends[Client] ? Client : Server;
        _links[side] = -1;
        Break();
    }

    /// <summary>Does what one side's program does after each event.</summary>
    public void Serve(Board board)
    {
        if (board == _ends[Client])
        {
            Write();
        }
        else
        {
            Notify();
        }
    }

    private void Subscribe()
    {
        _medium.CountDiscovery();
        if (!_isOpen || _isDead)
        {
            return;
        }

        _framesAtStart = _ends[Client].FramesStored + _ends[Server].FramesStored;
        _links[Server] = _nodes[Server].OpenLink(LinkKind.Contact, false, 0, _medium.NowMs);
        _links[Client] = _nodes[Client].OpenLink(LinkKind.Contact, true, _ends[Server].Address, _medium.NowMs);
        for (int side = 0; side < 2; side++)
        {
            _handshakes[side] = _ends[side].Handshakes;
        }

        if (_links[Client] < 0 || _links[Server] < 0)
        {
            End(ContactResult.Failed);
            return;
        }

        _ends[Server].Pump();
        _ends[Client].Pump();
    }

    /// <summary>The client: one write with response at a time, a few without response before it.</summary>
    private void Write()
    {
        if (!IsReady(Client))
        {
            return;
        }

        if (_writing)
        {
            return;
        }

        int count = _nodes[Client].PollTransmit(_links[Client], _unit, _medium.NowMs);
        LinkState state = _nodes[Client].GetLinkState(_links[Client]);
        if (state == LinkState.Failed)
        {
            End(ContactResult.Failed);
            return;
        }

        if (count == 0)
        {
            if (state == LinkState.Finished)
            {
                End(ContactResult.Completed);
            }

            return;
        }

        // The last of a few has a response, and so the others have arrived, too.
        byte[] last = _unit[..count];
        for (int i = 0; i < RadioModel.WritesBeforeResponse; i++)
        {
            count = _nodes[Client].PollTransmit(_links[Client], _unit, _medium.NowMs);
            if (count == 0)
            {
                break;
            }

            Enqueue(Server, new Packet(PacketKind.Command, last));
            last = _unit[..count];
        }

        _writing = true;
        Enqueue(Server, new Packet(PacketKind.Request, last));
    }

    /// <summary>The server: as many notifications as there are buffers for.</summary>
    private void Notify()
    {
        if (!IsReady(Server))
        {
            return;
        }

        while (_packets[Client].Count < _model.PacketBuffers)
        {
            int count = _nodes[Server].PollTransmit(_links[Server], _unit, _medium.NowMs);
            if (count == 0)
            {
                break;
            }

            Enqueue(Client, new Packet(PacketKind.Notification, _unit[..count]));
        }

        if (_nodes[Server].GetLinkState(_links[Server]) == LinkState.Failed)
        {
            End(ContactResult.Failed, serverFailed: true);
        }
    }

    /// <summary>Whether a side can go on: curve operations take a board seconds.</summary>
    private bool IsReady(int side)
    {
        if (!_isOpen || _isDead || _links[side] < 0 || _links[1 - side] < 0)
        {
            return false;
        }

        uint handshakes = _ends[side].Handshakes;
        if (handshakes != _handshakes[side])
        {
            _handshakes[side] = handshakes;
            _busyUntilMs[side] = _medium.NowMs + (RadioModel.HandshakeOperations * RadioModel.CurveOperationMs);
            Board board = _ends[side];
            _medium.Time.At(_busyUntilMs[side], () => Serve(board));
        }

        return _medium.NowMs >= _busyUntilMs[side];
    }

    private void Enqueue(int to, Packet packet)
    {
        _packets[to].Enqueue(packet);
        if (!_eventDue)
        {
            // Always a later one: what arrives at one connection event is answered at the next.
            _eventDue = true;
            long since = (_medium.NowMs - _anchorMs) % _model.IntervalMs;
            _medium.Time.After(_model.IntervalMs - since, OnConnectionEvent);
        }
    }

    private void OnConnectionEvent()
    {
        _eventDue = false;
        if (!_isOpen || _isDead)
        {
            return;
        }

        if (!_medium.Air.Connects(_ends[Client].Number, _ends[Server].Number))
        {
            Break();
            return;
        }

        int[] waiting = [_packets[Client].Count, _packets[Server].Count];
        for (int to = Server; to >= Client; to--)
        {
            for (int sent = 0; sent < waiting[to] && sent < _model.PacketsPerEvent && _isOpen && !_isDead; sent++)
            {
                Packet packet = _packets[to].Peek();
                _medium.CountContactBytes(packet.Unit.Length);
                if (_medium.Random.Chance(_medium.Air.Loss))
                {
                    break;
                }

                _packets[to].Dequeue();
                Arrive(to, packet);
            }
        }

        if (_isOpen && !_isDead)
        {
            // Buffers may be free again.
            Notify();
            if (_packets[Client].Count + _packets[Server].Count > 0 && !_eventDue)
            {
                _eventDue = true;
                _medium.Time.After(_model.IntervalMs, OnConnectionEvent);
            }
        }
    }

    private void Arrive(int to, Packet packet)
    {
        if (packet.Kind == PacketKind.Response)
        {
            _writing = false;
            _ends[Client].Pump();
            return;
        }

        if (packet.Kind == PacketKind.Request)
        {
            Enqueue(Client, new Packet(PacketKind.Response, []));
        }

        if (_links[to] < 0)
        {
            return;
        }

        _medium.UnitArrived(_ends[1 - to], _ends[to], packet.Unit);
        _nodes[to].Receive(_links[to], packet.Unit, packet.Unit.Length, _medium.NowMs);
        if (_medium.Random.Chance(_medium.Air.Corruption))
        {
            _nodes[to].Receive(_links[to], packet.Unit, packet.Unit.Length, _medium.NowMs);
        }

        _medium.UnitTaken();
        BreakIfDoomed(to);
        _ends[to].Pump();
    }

    /// <summary>A doomed contact breaks at the latest when one side is done and the other does not know yet.</summary>
    private void BreakIfDoomed(int to)
    {
        if (_isDoomed && _nodes[to].GetLinkState(_links[to]) == LinkState.Finished)
        {
            Break();
        }
    }

    private void End(ContactResult result, bool serverFailed = false)
    {
        if (!_isOpen)
        {
            return;
        }

        _isOpen = false;
        long nowMs = _medium.NowMs;
        LinkState last = _links[Server] < 0 ? LinkState.Failed : _nodes[Server].GetLinkState(_links[Server]);
        for (int side = 0; side < 2; side++)
        {
            if (_links[side] >= 0)
            {
                _nodes[side].CloseLink(_links[side], nowMs);
                _links[side] = -1;
            }
        }

        bool finished = result == ContactResult.Completed && last == LinkState.Finished;
        int stored = _ends[Client].FramesStored + _ends[Server].FramesStored - _framesAtStart;
        _medium.ContactOver(this, _ends[Client], _ends[Server], finished, stored == 0);
        if (_ends[Client].Radio.Contact == this)
        {
            int closingMs = _isDead ? 0 : _model.IntervalMs;
            _ends[Client].Radio.OutboundOver(_ends[Server].Address, result, closingMs);
        }

        if (_ends[Server].Radio.Contact == this)
        {
            // The server hears of the end a connection event later, or has found it broken itself.
            Board server = _ends[Server];
            _medium.Time.After(_model.IntervalMs, () =>
            {
                if (server.Radio.Contact == this)
                {
                    server.Radio.InboundOver(stuck: false, restart: serverFailed);
                }
            });
        }
    }

    /// <summary>How long one packet takes, repeats included.</summary>
    private int PacketMs()
    {
        int events = 1;
        while (_medium.Random.Chance(_medium.Air.Loss))
        {
            events++;
        }

        return events * _model.IntervalMs;
    }

    private readonly record struct Packet(PacketKind Kind, byte[] Unit);
}
