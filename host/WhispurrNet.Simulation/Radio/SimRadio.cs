using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Radio;

/// <summary>
/// A board's Bluetooth, as its program uses it: server or client, never both; the stack goes down and up between roles, and
/// takes its time; one inbound contact; the advertisement is renewed at every start of serving.
/// </summary>
internal sealed class SimRadio
{
    private readonly Medium _medium;
    private readonly Board _board;
    private readonly RadioModel _model;
    private bool _busy;
    private bool _stackUp;
    private int _session;
    private RadioAction _role = RadioAction.Rest;
    private long _roleSinceMs;

    public SimRadio(Medium medium, Board board)
    {
        _medium = medium;
        _board = board;
        _model = medium.Model;
    }

    /// <summary>What is advertised; of use while <see cref="IsAdvertising"/>.</summary>
    public byte[] Advertisement { get; } = new byte[Digest.Size];

    /// <summary>The contact that holds this radio, as server or as client.</summary>
    public SimContact? Contact { get; private set; }

    /// <summary>Whether a client can connect now: an advertiser that is connected is silent.</summary>
    public bool IsAdvertising => _role == RadioAction.Serve && !_busy && Contact == null && _board.IsThere;

    /// <summary>Milliseconds spent in each role, for the energy that took.</summary>
    public long[] RoleMs { get; } = new long[4];

    /// <summary>When to ask again; a radio that is busy asks by itself when it is free.</summary>
    public long DeadlineMs => _busy || Contact != null ? long.MaxValue : _board.Node.RadioDeadlineMs;

    /// <summary>The power is gone, with all that was under way.</summary>
    public void PowerOff()
    {
        Contact?.Abandon(_board);
        Contact = null;
        _session++;
        _busy = false;
        _stackUp = false;
        Enter(RadioAction.Rest);
    }

    /// <summary>Asks the node what to do and does it, unless a contact or a change of role is under way.</summary>
    public void Ask()
    {
        if (_busy || Contact != null || !_board.IsPowered)
        {
            return;
        }

        RadioAction action = _board.Node.NextAction(_medium.NowMs);
        bool isRenewed = action == RadioAction.Serve && _board.Node.RenewsAdvertisement(_medium.NowMs);
        if (action == _role && action is RadioAction.Serve or RadioAction.Rest && !isRenewed)
        {
            return;
        }

        StopThen(_stackUp ? _model.StackStopMs : 0, () => Do(action));
    }

    /// <summary>A client has connected.</summary>
    public void Accept(SimContact contact) => Contact = contact;

    /// <summary>A contact in which this board was dialled is over.</summary>
    /// <param name="stuck">Whether the other side was silent or took too long.</param>
    /// <param name="restart">Whether only a restart of the stack frees the place.</param>
    public void InboundOver(bool stuck, bool restart)
    {
        Contact = null;
        _board.Node.InboundEnded(stuck, _medium.NowMs);
        if (restart)
        {
            _role = RadioAction.Rest;
            StopThen(_model.StackStopConnectedMs, () => _board.Pump());
            return;
        }

        _board.Pump();
    }

    private void Do(RadioAction action)
    {
        switch (action)
        {
            case RadioAction.Serve:
                _board.Node.WriteAdvertisement(Advertisement, _medium.NowMs);
                After(_model.StackStartMs, () =>
                {
                    _busy = false;
                    Enter(RadioAction.Serve);
                    _board.Pump();
                    _medium.AdvertisingBegan(_board);
                });
                break;
            case RadioAction.Scan:
                After(_model.StackStartMs, Scan);
                break;
            case RadioAction.Contact:
                ulong address = _board.Node.ContactAddress;
                After(_model.StackStartMs, () => Dial(address));
                break;
            default:
                _busy = false;
                Enter(RadioAction.Rest);
                _board.Pump();
                break;
        }
    }

    private void Scan()
    {
        Enter(RadioAction.Scan);
        _board.Node.ScanBegan(_medium.NowMs);
        foreach (int other in _medium.Air.NeighboursOf(_board.Number))
        {
            Listen(other);
        }

        ScanUntilDue();
    }

    /// <summary>What is heard may end a scan earlier than it was to end.</summary>
    private void ScanUntilDue()
    {
        long leftMs = _board.Node.RadioDeadlineMs - _medium.NowMs;
        if (leftMs > 0)
        {
            After(Math.Min(leftMs, RadioTimings.ScanEnoughMs), ScanUntilDue);
            return;
        }

        Enter(RadioAction.Rest);
        StopThen(_model.StackStopMs, () =>
        {
            _busy = false;
            _board.Node.ScanEnded(_medium.NowMs);
            _board.Pump();
        });
    }

    /// <summary>Somebody in range has begun to advertise.</summary>
    public void Listen(int other)
    {
        if (_role == RadioAction.Scan && _busy)
        {
            ListenAfter(other, _medium.Random.Between(0, _model.AdvertisingIntervalMs - 1) + _model.ScanReportMs);
        }
    }

    private void ListenAfter(int other, long delayMs)
    {
        After(delayMs, () =>
        {
            Board speaker = _medium.Boards[other];
            if (_role != RadioAction.Scan || !speaker.Radio.IsAdvertising || !_medium.Air.Hears(_board.Number, other))
            {
                return;
            }

            if (_medium.Random.Chance(_medium.Air.AdvertisementLoss(_board.Number)))
            {
                ListenAfter(other, _model.AdvertisingIntervalMs);
                return;
            }

            _board.Node.AdvertisementSeen(speaker.Address, speaker.Radio.Advertisement, _medium.NowMs);
        });
    }

    private void Dial(ulong address)
    {
        Enter(RadioAction.Contact);
        Board? target = _medium.Find(address);
        bool doomed = _medium.Random.Chance(_medium.Air.ContactLoss);
        bool neverConnects = doomed && _medium.Random.Chance(SimRandom.Million / 2);
        long contactEndMs = _medium.NowMs - _model.StackStartMs + RadioTimings.ContactMs;
        Attempt(target, neverConnects, doomed, _medium.NowMs + Virtual.BluetoothLimits.ConnectMs, contactEndMs);
    }

    private void Attempt(Board? target, bool neverConnects, bool doomed, long giveUpMs, long contactEndMs)
    {
        After(_medium.Random.Between(0, _model.AdvertisingIntervalMs - 1) + _model.ConnectMs, () =>
        {
            bool connects = target != null && !neverConnects && target.Radio.IsAdvertising
                && _medium.Air.Connects(_board.Number, target.Number) && !_medium.Random.Chance(_medium.Air.Loss);
            if (connects)
            {
                Contact = new SimContact(_medium, _board, target!, doomed, contactEndMs);
                Contact.Begin();
            }
            else if (_medium.NowMs >= giveUpMs)
            {
                _medium.ConnectFailed(_board, target);
                OutboundOver(target?.Address ?? 0, ContactResult.Failed, 0);
            }
            else
            {
                Attempt(target, neverConnects, doomed, giveUpMs, contactEndMs);
            }
        });
    }

    /// <summary>A contact that this board dialled is over; its stack goes down with the connection.</summary>
    public void OutboundOver(ulong address, ContactResult result, int closingMs)
    {
        Contact = null;
        _busy = true;
        Enter(RadioAction.Rest);
        StopThen(closingMs + RadioModel.SettleMs + _model.StackStopMs, () =>
        {
            _busy = false;
            _board.Node.ContactEnded(address, result, _medium.NowMs);
            _board.Pump();
        });
    }

    /// <summary>Adds up the time of the role that ends now.</summary>
    public void Enter(RadioAction role)
    {
        RoleMs[(int)_role] += _medium.NowMs - _roleSinceMs;
        _roleSinceMs = _medium.NowMs;
        if (role != _role)
        {
            _medium.RoleChanged(_board, role);
        }

        _role = role;
        _stackUp |= role != RadioAction.Rest;
    }

    private void StopThen(int stopMs, Action action)
    {
        _busy = true;
        _stackUp = false;
        if (_role == RadioAction.Serve)
        {
            Enter(RadioAction.Rest);
        }

        if (stopMs == 0)
        {
            action();
            return;
        }

        After(stopMs, () =>
        {
            _busy = false;
            action();
        });
    }

    /// <summary>Later, unless the power was gone meanwhile.</summary>
    private void After(long delayMs, Action action)
    {
        int session = _session;
        _busy = true;
        _medium.Time.After(delayMs, () =>
        {
            if (session == _session)
            {
                action();
            }
        });
    }
}
