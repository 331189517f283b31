using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Tests.Mesh;

/// <summary>
/// A WebSocket between two nodes: whole units, in order, after a delay; now and then cut, and dialled again by its
/// initiator some seconds later.
/// </summary>
internal sealed class MeshStream
{
    private const int DelayMs = 30;
    private const int RedialMs = 3000;

    private readonly EventQueue _time;
    private readonly Random _random;
    private readonly Func<MeshFaults> _faults;
    private readonly MeshNode[] _ends;
    private readonly int[] _links = [-1, -1];
    private int _session;

    public MeshStream(EventQueue time, Random random, Func<MeshFaults> faults, MeshNode initiator, MeshNode responder)
    {
        _time = time;
        _random = random;
        _faults = faults;
        _ends = [initiator, responder];
        initiator.Attach(this);
        responder.Attach(this);
        _time.After(random.Next(2000), Dial);
    }

    public int Cuts { get; private set; }

    /// <summary>Sends what a node has to say on this stream, and ends the stream when the node gave it up.</summary>
    public void Flush(MeshNode node, byte[] unit)
    {
        int side = node == _ends[0] ? 0 : 1;
        if (_links[side] < 0)
        {
            return;
        }

        int session = _session;
        int count;
        while ((count = node.Core.PollTransmit(_links[side], unit, 0, _time.NowMs)) > 0)
        {
            byte[] copy = unit[..count];
            _time.After(DelayMs, () => Deliver(session, 1 - side, copy));
        }

        if (node.Core.GetLinkState(_links[side]) != LinkState.Open)
        {
            Cut();
        }
    }

    private void Dial()
    {
        _session++;
        for (int side = 0; side < 2; side++)
        {
            _links[side] = _ends[side].Core.OpenLink(LinkKind.Stream, side == 0, 0, 0, _time.NowMs);
        }

        if (_links[0] < 0 || _links[1] < 0)
        {
            Cut();
            return;
        }

        int session = _session;
        if (_random.Next(1000) < _faults().StreamCut)
        {
            _time.After(_random.Next(60_000), () =>
            {
                if (session == _session)
                {
                    Cut();
                }
            });
        }

        _ends[0].Pump();
        _ends[1].Pump();
    }

    private void Deliver(int session, int side, byte[] unit)
    {
        if (session == _session && _links[side] >= 0)
        {
            _ends[side].Receive(_ends[1 - side], LinkKind.Stream, _links[side], unit, unit.Length);
            _ends[side].Pump();
        }
    }

    private void Cut()
    {
        _session++;
        Cuts++;
        for (int side = 0; side < 2; side++)
        {
            if (_links[side] >= 0)
            {
                _ends[side].Core.CloseLink(_links[side], _time.NowMs);
                _links[side] = -1;
            }
        }

        _time.After(RedialMs, Dial);
    }
}
