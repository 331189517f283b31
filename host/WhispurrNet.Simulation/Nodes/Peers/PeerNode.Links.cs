using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>Links: their units, their time limits, their end.</summary>
internal sealed partial class PeerNode
{
    // When the next frame may be handed on that was held back; only streams need to be told.
    private long _readyMs = long.MaxValue;

    /// <inheritdoc/>
    public long NextDeadlineMs
    {
        get
        {
            long next = Math.Min(_readyMs, _state.Store.NextEndMs);
            foreach (PeerLink? link in _state.Links)
            {
                next = link is { State: LinkState.Open } ? Math.Min(next, DeadlineOf(link)) : next;
            }

            return next;
        }
    }

    /// <inheritdoc/>
    public int OpenLink(LinkKind kind, bool initiator, ulong neighbour, long nowMs)
    {
        _state.Store.Sweep(nowMs);
        for (int i = 0; i < _state.Links.Length; i++)
        {
            PeerLink link = _state.Links[i] ??= new PeerLink(i);
            if (link.State != LinkState.Closed)
            {
                continue;
            }

            link.Open(kind, initiator, neighbour, nowMs);
            return i;
        }

        return -1;
    }

    /// <inheritdoc/>
    public LinkState GetLinkState(int link) => _state.Links[link]?.State ?? LinkState.Closed;

    /// <inheritdoc/>
    public void Receive(int link, byte[] unit, int count, long nowMs)
    {
        if (_state.Links[link] is not { State: LinkState.Open } open)
        {
            return;
        }

        open.ReceivedMs = nowMs;
        bool good = open.Kind == LinkKind.Stream
            ? count <= PeerRecord.SizeMax && ReadRecord(open, unit.AsSpan(0, count), nowMs)
            : ReadFragment(open, unit, count, nowMs);
        if (!good)
        {
            open.State = LinkState.Failed;
            return;
        }

        FinishIfDone(open);
    }

    /// <inheritdoc/>
    public int PollTransmit(int link, byte[] unit, long nowMs)
    {
        if (_state.Links[link] is not { State: LinkState.Open } open)
        {
            return 0;
        }

        int count = open.Kind == LinkKind.Stream ? WriteRecord(open, unit, nowMs) : WriteFragment(open, unit, nowMs);
        if (count > 0)
        {
            open.SentMs = nowMs;
        }

        FinishIfDone(open);
        return count;
    }

    /// <inheritdoc/>
    public void HandleTimeout(long nowMs)
    {
        // A stream that waits to name a frame would wait for one that is over.
        _state.Store.Sweep(nowMs);
        foreach (PeerLink? link in _state.Links)
        {
            if (link is not { State: LinkState.Open })
            {
                continue;
            }

            if (nowMs >= FailureOf(link))
            {
                link.State = LinkState.Failed;
            }
            else if (link.Kind == LinkKind.Stream && nowMs >= link.SentMs + LinkTimings.PingAfterMs)
            {
                link.IsPingDue = true;
            }
        }

        if (nowMs >= _readyMs)
        {
            FindNextReady(nowMs);
        }
    }

    /// <inheritdoc/>
    public void CloseLink(int link, long nowMs)
    {
        if (_state.Links[link] is not { } closed || closed.State == LinkState.Closed)
        {
            return;
        }

        closed.State = LinkState.Closed;
        if (closed.Target < 0)
        {
            return;
        }

        // What was under way may have arrived or not: it goes again. A board would ask first, for a few bytes.
        while (closed.TryTakeUnderWay(true, out (int Slot, uint Arrival, uint End, bool Eager) frame))
        {
            if (frame.Eager && _state.Store.Holds(frame.Slot, frame.Arrival))
            {
                _state.Store.Owed.Add(frame.Slot, closed.Target);
            }
        }

        _state.Strategy.LinkClosed(_state, closed);
        if (closed.Target >= _state.Neighbours.Capacity)
        {
            _state.Store.ForgetTarget(closed.Target);
        }
        else if (closed.HasMet && _state.Neighbours.Find(closed.Neighbour) == closed.Target)
        {
            _state.Neighbours.Met(closed.Target, nowMs);
        }
    }

    private static long FailureOf(PeerLink link)
    {
        if (link.Kind == LinkKind.Stream)
        {
            return link.ReceivedMs + LinkTimings.StreamSilenceMs;
        }

        long end = link.OpenedMs + (link.Initiator ? LinkTimings.ContactMs : LinkTimings.ContactResponderMs);
        return Math.Min(end, link.ReceivedMs + LinkTimings.ContactSilenceMs);
    }

    private long DeadlineOf(PeerLink link)
    {
        long deadlineMs = FailureOf(link);
        if (link.Kind == LinkKind.Stream)
        {
            long pingMs = link.IsPingDue ? long.MaxValue : link.SentMs + LinkTimings.PingAfterMs;
            long tellMs = link.HasMet ? _state.Strategy.TellsAtMs(_state, link) : long.MaxValue;
            deadlineMs = Math.Min(deadlineMs, Math.Min(pingMs, tellMs));
        }

        return deadlineMs;
    }

    private void FindNextReady(long nowMs)
    {
        _readyMs = long.MaxValue;
        for (int i = 0; i < _state.Store.Slots; i++)
        {
            if (_state.Store.IsUsed(i) && _state.Store[i].ReadyMs > nowMs)
            {
                _readyMs = Math.Min(_readyMs, _state.Store[i].ReadyMs);
            }
        }
    }

    private bool ReadFragment(PeerLink link, byte[] unit, int count, long nowMs)
    {
        switch (link.Reader.Push(unit, 0, count))
        {
            case FragmentReader.NeedMore:
                return true;
            case FragmentReader.RecordComplete:
                bool good = ReadRecord(link, link.Reader.Record.AsSpan(0, link.Reader.RecordCount), nowMs);
                if (good && link.IsDoneReceived)
                {
                    // No more frames come: the other side now learns that all of them arrived.
                    link.Reader.RequestAck();
                }

                return good;
            case FragmentReader.Acknowledgement:
                return link.Acknowledge(link.Reader.Acknowledged) && TakeArrived(link);
            default:
                return false;
        }
    }

    private int WriteFragment(PeerLink link, byte[] unit, long nowMs)
    {
        if (link.Reader.AckDue)
        {
            return link.Reader.WriteAck(unit, 0);
        }

        if (!link.Writer.IsBusy)
        {
            int count = WriteRecord(link, link.Writer.Record, nowMs);
            if (count == 0)
            {
                return 0;
            }

            link.Writer.Load(count);
        }

        return link.Writer.CanSend ? link.Writer.Next(unit, 0, PeerLink.UnitSize) : 0;
    }

    private bool TakeArrived(PeerLink link)
    {
        while (link.TryTakeUnderWay(false, out (int Slot, uint Arrival, uint End, bool Eager) frame))
        {
            if (_state.Store.Holds(frame.Slot, frame.Arrival))
            {
                _state.Store[frame.Slot].IsTaken = true;
            }
        }

        return true;
    }

    /// <summary>As on the boards' links: done is only what was acknowledged to the last fragment, both ways.</summary>
    private static void FinishIfDone(PeerLink link)
    {
        if (link.State == LinkState.Open && link.Kind == LinkKind.Contact
            && link.IsDoneSent && link.IsDoneReceived && link.WantCount == 0
            && !link.Writer.IsBusy && link.Writer.IsAcknowledged && !link.Reader.AckDue)
        {
            link.State = LinkState.Finished;
        }
    }
}
