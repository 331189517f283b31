using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Tests.Mesh;

/// <summary>
/// A board's Bluetooth: server or client, never both; a change takes time in which it is neither; one inbound contact;
/// the advertisement is renewed at every start of serving.
/// </summary>
internal sealed class MeshRadio
{
    private const int RestartMs = 700;
    private const int ConnectMs = 400;

    private readonly EventQueue _time;
    private readonly Random _random;
    private readonly Func<MeshFaults> _faults;
    private readonly RadioScheduler _scheduler;
    private readonly byte[] _advertisement = new byte[Digest.Size];
    private readonly List<MeshRadio> _inRange = [];
    private RadioAction _role = RadioAction.Rest;
    private bool _busy;

    public MeshRadio(EventQueue time, Random random, Func<MeshFaults> faults, MeshNode node)
    {
        _time = time;
        _random = random;
        _faults = faults;
        Node = node;
        _scheduler = new RadioScheduler(node.Core, time.NowMs);
        node.Radio = this;
    }

    public MeshNode Node { get; }

    /// <summary>The contact that holds this radio, as server or as client.</summary>
    public MeshContact? Contact { get; set; }

    /// <summary>Contacts begun, and those in which both sides were done.</summary>
    public (int Begun, int Completed) Contacts { get; private set; }

    public bool IsServing => _role == RadioAction.Serve && !_busy && !IsAway;

    /// <summary>Whether nobody is in range while this is set.</summary>
    public bool IsAway { get; set; }

    /// <summary>A hostile radio: dials whoever serves, again and again, and serves nobody.</summary>
    public bool IsRelentless { get; set; }

    /// <summary>When to ask the scheduler again; a radio that is busy asks by itself when it is free.</summary>
    public long DeadlineMs => _busy || Contact != null ? long.MaxValue : _scheduler.DeadlineMs;

    public void PutInRangeOf(MeshRadio other)
    {
        _inRange.Add(other);
        other._inRange.Add(this);
    }

    /// <summary>Asks the scheduler and does what it says, unless a contact or a change of role is under way.</summary>
    public void Ask()
    {
        if (_busy || Contact != null)
        {
            return;
        }

        if (IsRelentless)
        {
            DialAnybody();
            return;
        }

        RadioAction action = _scheduler.Next(_time.NowMs);
        if (action == RadioAction.Contact)
        {
            Connect(_scheduler.ContactAddress);
        }
        else if (action != _role || (action == RadioAction.Serve && _scheduler.IsAdvertisementOld(_time.NowMs)))
        {
            Change(action);
        }
    }

    /// <summary>A contact is over: the client's scheduler hears how, the server's whether it was stuck.</summary>
    public void ContactEnded(ulong address, bool asClient, LinkState state)
    {
        Contact = null;
        if (asClient)
        {
            bool completed = state == LinkState.Finished;
            Contacts = (Contacts.Begun, Contacts.Completed + (completed ? 1 : 0));
            _scheduler.ContactEnded(address, completed ? ContactResult.Completed : ContactResult.Cut, _time.NowMs);
        }
        else
        {
            _scheduler.InboundEnded(state == LinkState.Failed, _time.NowMs);
        }

        Node.Pump();
    }

    private void DialAnybody()
    {
        MeshRadio[] free = [.. _inRange.Where(r => r.IsServing && r.Contact == null)];
        if (free.Length > 0)
        {
            Connect(free[_random.Next(free.Length)].Node.Address);
            return;
        }

        _busy = true;
        _time.After(ConnectMs, () =>
        {
            _busy = false;
            Node.Pump();
        });
    }

    private void Change(RadioAction role)
    {
        _busy = true;
        _role = RadioAction.Rest;
        _time.After(RestartMs, () =>
        {
            _busy = false;
            _role = role;
            if (role == RadioAction.Serve)
            {
                _scheduler.WriteAdvertisement(_advertisement, 0, _time.NowMs);
            }
            else if (role == RadioAction.Scan)
            {
                Scan();
                return;
            }

            Node.Pump();
        });
    }

    private void Scan()
    {
        _busy = true;
        _scheduler.ScanBegan(_time.NowMs);
        foreach (MeshRadio other in _inRange)
        {
            _time.At(_time.NowMs + _random.Next(RadioTimings.ScanMs), () => Hear(other));
        }

        _time.At(_scheduler.DeadlineMs, () =>
        {
            _busy = false;
            _scheduler.ScanEnded(_time.NowMs);
            Node.Pump();
        });
    }

    private void Hear(MeshRadio other)
    {
        // An advertiser that is connected is silent.
        if (!IsAway && other.IsServing && other.Contact == null && _random.Next(1000) >= _faults().AdvertisementMissed)
        {
            _scheduler.AdvertisementSeen(
                other.Node.Address, other._advertisement, 0, Digest.Size, _time.NowMs);
        }
    }

    private void Connect(ulong address)
    {
        _busy = true;
        MeshRadio target = _inRange.Single(r => r.Node.Address == address);
        _time.After(ConnectMs, () =>
        {
            _busy = false;
            if (IsAway || !target.IsServing || target.Contact != null)
            {
                _scheduler.ContactEnded(address, ContactResult.Failed, _time.NowMs);
                Node.Pump();
                return;
            }

            Contacts = (Contacts.Begun + 1, Contacts.Completed);
            Contact = target.Contact = new MeshContact(_time, _random, _faults(), this, target);
        });
    }
}
