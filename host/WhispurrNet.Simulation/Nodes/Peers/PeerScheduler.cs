using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Simulation.Engine;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// When a peer's radio does what: the rules and constants of the boards' <see cref="RadioScheduler"/>. Only who is worth a
/// contact is the strategy's, since nobody but a board says in its advertisement what it has seen.
/// </summary>
internal sealed class PeerScheduler
{
    private const int CandidatesMax = 16;
    private const int ContactsMax = 3;

    private readonly PeerState _state;
    private readonly ulong[] _candidates = new ulong[CandidatesMax];
    private RadioAction _action = RadioAction.Serve;
    private int _candidateCount;
    private int _contacts;
    private uint _urgentVersion;
    private long _deadlineMs;
    private long _windowMs;
    private long _restUntilMs;
    private long _creditThirdsMs = RadioTimings.ClientCreditMaxMs * 3;
    private long _accountedMs;
    private int _stuck;

    /// <summary>Starts out serving.</summary>
    public PeerScheduler(PeerState state, long nowMs)
    {
        _state = state;
        _accountedMs = nowMs;
        _windowMs = nowMs + state.Random.Between(PeerTimings.UrgentMinMs, PeerTimings.UrgentMaxMs);
        _restUntilMs = nowMs;
    }

    /// <summary>When to ask again at the latest.</summary>
    public long DeadlineMs => _action switch
    {
        RadioAction.Serve => _windowMs,
        RadioAction.Rest => Math.Min(_restUntilMs, _windowMs),
        _ => _deadlineMs,
    };

    /// <summary>Whom to connect to.</summary>
    public ulong ContactAddress { get; private set; }

    /// <summary>What the radio should be doing now.</summary>
    public RadioAction Next(long nowMs)
    {
        Account(nowMs);
        if (_action is RadioAction.Scan or RadioAction.Contact)
        {
            return _action;
        }

        TakeUrgency(nowMs);
        if (nowMs >= _windowMs)
        {
            if (_creditThirdsMs >= RadioTimings.ClientCreditNeededMs * 3)
            {
                _action = RadioAction.Scan;
                _deadlineMs = nowMs + RadioTimings.ScanMs;
                _candidateCount = 0;
                _contacts = 0;
                return _action;
            }

            _windowMs = nowMs + (RadioTimings.ClientCreditNeededMs * 3) - _creditThirdsMs;
        }

        _action = nowMs < _restUntilMs ? RadioAction.Rest : RadioAction.Serve;
        return _action;
    }

    /// <summary>The scan really began only now.</summary>
    public void ScanBegan(long nowMs)
    {
        if (_action == RadioAction.Scan)
        {
            _deadlineMs = nowMs + RadioTimings.ScanMs;
        }
    }

    /// <summary>Takes an advertisement.</summary>
    public void AdvertisementSeen(ulong address, long nowMs)
    {
        if (address == 0)
        {
            return;
        }

        int neighbour = _state.Heard(address, nowMs);
        bool isKnown = _candidates.AsSpan(0, _candidateCount).Contains(address);
        if (_action != RadioAction.Scan || _candidateCount == CandidatesMax || isKnown)
        {
            return;
        }

        if (neighbour != PeerNeighbours.None && _state.Neighbours.IsAvoided(neighbour, nowMs))
        {
            return;
        }

        long sinceMetMs = neighbour == PeerNeighbours.None
            ? PeerTimings.MeetDifferentMs
            : _state.Neighbours.SinceMet(neighbour, nowMs);
        if (_state.Strategy.Wants(_state, neighbour, sinceMetMs, nowMs))
        {
            _candidates[_candidateCount++] = address;
        }
    }

    /// <summary>The scan is over; contacts follow, or serving.</summary>
    public void ScanEnded(long nowMs)
    {
        Account(nowMs);
        if (_action == RadioAction.Scan)
        {
            _state.Strategy.ScanEnded(_state, nowMs);
            NextContact(nowMs);
        }
    }

    /// <summary>A contact is over; the next one follows, or serving.</summary>
    public void ContactEnded(ulong address, ContactResult result, long nowMs)
    {
        Account(nowMs);
        int neighbour = result == ContactResult.Completed
            ? _state.Heard(address, nowMs)
            : _state.Neighbours.Find(address);
        if (neighbour != PeerNeighbours.None)
        {
            if (result == ContactResult.Completed)
            {
                _state.Neighbours.Met(neighbour, nowMs);
            }
            else if (result == ContactResult.NotOurs)
            {
                _state.Neighbours[neighbour].AvoidUntilMs = nowMs + RadioTimings.AvoidMs;
            }
            else
            {
                _state.Neighbours.Failed(neighbour, nowMs);
            }
        }

        if (_action == RadioAction.Contact)
        {
            NextContact(nowMs);
        }
    }

    /// <summary>An inbound contact is over; after two stuck ones in a row the node rests.</summary>
    public void InboundEnded(bool stuck, long nowMs)
    {
        _stuck = stuck ? _stuck + 1 : 0;
        if (_stuck >= 2)
        {
            _stuck = 0;
            _restUntilMs = nowMs + _state.Random.Between(RadioTimings.RestMinMs, RadioTimings.RestMaxMs);
        }
    }

    private void NextContact(long nowMs)
    {
        if (_candidateCount == 0 || _contacts >= ContactsMax)
        {
            _action = nowMs < _restUntilMs ? RadioAction.Rest : RadioAction.Serve;
            ContactAddress = 0;
            _candidateCount = 0;
            _windowMs = nowMs + _state.Random.Between(PeerTimings.WindowMinMs, PeerTimings.WindowMaxMs);
            return;
        }

        int chosen = Choose(nowMs);
        ContactAddress = _candidates[chosen];
        _candidates[chosen] = _candidates[--_candidateCount];
        _contacts++;
        _action = RadioAction.Contact;
        _deadlineMs = nowMs + RadioTimings.ContactMs;
    }

    /// <summary>
    /// One at random of those that a frame waits for, or else of all; or the one that was not met for longest, at random among
    /// equals.
    /// </summary>
    private int Choose(long nowMs)
    {
        int chosen = 0;
        long best = -1;
        uint equals = 0;
        for (int i = 0; i < _candidateCount; i++)
        {
            long merit = MeritOf(_state.Neighbours.Find(_candidates[i]), nowMs);
            if (merit > best)
            {
                best = merit;
                equals = 0;
                chosen = i;
            }

            if (merit == best && _state.Random.NextBelow(++equals) == 0)
            {
                chosen = i;
            }
        }

        return chosen;
    }

    private long MeritOf(int neighbour, long nowMs)
    {
        if (!_state.Strategy.OldestFirst)
        {
            return _state.Strategy.HasFor(_state, neighbour, nowMs) ? 1 : 0;
        }

        return neighbour == PeerNeighbours.None
            ? PeerTimings.MeetDifferentMs
            : _state.Neighbours.SinceMet(neighbour, nowMs);
    }

    private void TakeUrgency(long nowMs)
    {
        if (_state.UrgentVersion == _urgentVersion)
        {
            return;
        }

        _urgentVersion = _state.UrgentVersion;
        int neighbours = _state.Neighbours.CountNear(nowMs);
        if (neighbours > ContactsMax && _state.Random.NextBelow((uint)neighbours) >= ContactsMax)
        {
            return;
        }

        long urgentMs = nowMs + _state.Random.Between(PeerTimings.UrgentMinMs, PeerTimings.UrgentMaxMs);
        _windowMs = Math.Min(_windowMs, urgentMs);
    }

    /// <summary>Keeps the account of client time, in thirds of milliseconds.</summary>
    private void Account(long nowMs)
    {
        long elapsedMs = nowMs - _accountedMs;
        _accountedMs = nowMs;
        if (elapsedMs <= 0)
        {
            return;
        }

        _creditThirdsMs = _action is RadioAction.Scan or RadioAction.Contact
            ? _creditThirdsMs - (elapsedMs * 3)
            : Math.Min(_creditThirdsMs + elapsedMs, RadioTimings.ClientCreditMaxMs * 3);
    }
}
