using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Tests.Mesh;

/// <summary>
/// One Bluetooth meeting at MTU 23: units of 20 bytes, one every so often each way, some of them lost.
/// </summary>
internal sealed class MeshContact
{
    private const int UnitSize = 20;
    private const int UnitMs = 30;

    private readonly EventQueue _time;
    private readonly Random _random;
    private readonly MeshFaults _faults;
    private readonly MeshRadio[] _ends;
    private readonly int[] _links = new int[2];
    private readonly byte[] _unit;
    private readonly long _cutMs;

    public MeshContact(EventQueue time, Random random, MeshFaults faults, MeshRadio client, MeshRadio server)
    {
        _time = time;
        _random = random;
        _faults = faults;
        _ends = [client, server];
        _unit = new byte[Math.Max(client.Node.Core.MaxUnit, server.Node.Core.MaxUnit)];
        _cutMs = random.Next(1000) < faults.ContactCut ? time.NowMs + random.Next(8000) : long.MaxValue;
        _links[0] = client.Node.Core.OpenLink(LinkKind.Contact, true, UnitSize, server.Node.Address, time.NowMs);
        _links[1] = server.Node.Core.OpenLink(LinkKind.Contact, false, UnitSize, 0, time.NowMs);
        time.After(UnitMs, Step);
    }

    private void Step()
    {
        if (_links[0] < 0 || _links[1] < 0 || _time.NowMs >= _cutMs)
        {
            End();
            return;
        }

        for (int side = 0; side < 2; side++)
        {
            _ends[side].Node.Core.HandleTimeout(_time.NowMs);
            Carry(side);
        }

        // The client disconnects when it is done or fails; a server can only wait or leave its role.
        if (StateOf(0) != LinkState.Open || StateOf(1) == LinkState.Failed)
        {
            End();
            return;
        }

        _time.After(UnitMs, Step);
    }

    private void Carry(int side)
    {
        int count = _ends[side].Node.Core.PollTransmit(_links[side], _unit, 0, _time.NowMs);
        if (count > 0 && _random.Next(1000) >= _faults.UnitLoss)
        {
            _ends[1 - side].Node.Receive(_ends[side].Node, LinkKind.Contact, _links[1 - side], _unit, count);
        }
    }

    private LinkState StateOf(int side)
    {
        return _links[side] < 0 ? LinkState.Failed : _ends[side].Node.Core.GetLinkState(_links[side]);
    }

    private void End()
    {
        LinkState[] last = [StateOf(0), StateOf(1)];
        for (int side = 0; side < 2; side++)
        {
            if (_links[side] >= 0)
            {
                _ends[side].Node.Core.CloseLink(_links[side], _time.NowMs);
            }
        }

        _ends[0].ContactEnded(_ends[1].Node.Address, true, last[0]);
        _ends[1].ContactEnded(0, false, last[1]);
    }
}
