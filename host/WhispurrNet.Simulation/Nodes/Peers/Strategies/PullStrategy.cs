using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Simulation.Nodes.Peers.Strategies;

/// <summary>
/// Pure pull: whoever connects says what it has, and gets what it lacks; in the same contact it is asked for what the other
/// side lacks, by a bit for each id. Nothing is pushed, and nothing new makes anybody hurry.
/// </summary>
/// <remarks>
/// In its favour: one list serves both directions; ids that are seen and no longer held are in it, so that nothing comes twice;
/// and since a puller cannot know who has something new, everybody is worth a contact as soon as the radio's rules allow one,
/// who was not met for longest first.
/// </remarks>
internal sealed class PullStrategy : PeerStrategy
{
    private const int StreamEveryMs = 10 * 1000;

    /// <summary>A list longer than two records would take more of a contact than it saves.</summary>
    private const int ListMax = 2 * PeerRecord.IdsMax;

    private const byte Last = 1;

    /// <inheritdoc/>
    public override bool OldestFirst => true;

    /// <inheritdoc/>
    public override bool FrameArrived(PeerState state, int slot, int from, long nowMs) => false;

    /// <inheritdoc/>
    public override void TargetAdded(PeerState state, int target, long nowMs)
    {
    }

    /// <inheritdoc/>
    public override bool Wants(PeerState state, int neighbour, long sinceMetMs, long nowMs)
    {
        return sinceMetMs >= PeerTimings.MeetDifferentMs;
    }

    /// <inheritdoc/>
    public override int WriteRecord(PeerState state, PeerLink link, Span<byte> record, long nowMs)
    {
        if (nowMs < TellsAtMs(state, link))
        {
            return 0;
        }

        int held = link.IsTelling ? 0 : WriteHeld(state, link, record, nowMs);
        link.Cursor = link.IsTelling ? link.Cursor : 0;
        link.ListedCount = link.IsTelling ? link.ListedCount : 0;
        int count = held;
        bool isComplete = true;
        for (; link.Cursor < state.Seen.Count; link.Cursor++)
        {
            ulong id = state.Seen.IdAt(link.Cursor);
            if (state.Seen.EndAt(link.Cursor) <= nowMs || state.Store.Find(id) != PeerStore.None)
            {
                continue;
            }

            if (count == PeerRecord.IdsMax || link.ListedCount + count == ListMax)
            {
                isComplete = link.ListedCount + count == ListMax;
                break;
            }

            NameLists.WriteId(record[(PeerRecord.HaveHeader + (count * PeerRecord.IdSize))..], id);
            count++;
        }

        link.ListedCount += count;
        link.IsTelling = !isComplete;
        link.HasTold = isComplete;
        link.TellAtMs = isComplete ? nowMs + StreamEveryMs : nowMs;
        record[0] = PeerRecord.Have;
        record[1] = isComplete ? Last : (byte)0;
        record[2] = (byte)count;
        record[3] = (byte)held;
        return PeerRecord.HaveHeader + (count * PeerRecord.IdSize);
    }

    /// <inheritdoc/>
    public override bool ReadRecord(PeerState state, PeerLink link, ReadOnlySpan<byte> record, long nowMs)
    {
        if (record[0] != PeerRecord.Have || record.Length < PeerRecord.HaveHeader || link.Initiator
            || (link.HasHeard && link.Kind == LinkKind.Contact))
        {
            return false;
        }

        int count = record[2];
        int held = record[3];
        bool isFirst = !link.IsHearing;
        if (count > PeerRecord.IdsMax || held > count || (held > 0 && (!isFirst || link.WantCount > 0))
            || record.Length != PeerRecord.HaveHeader + (count * PeerRecord.IdSize))
        {
            return false;
        }

        if (isFirst)
        {
            OweAll(state, link);
        }

        ulong bits = link.WantBits;
        int due = link.WantCount;
        NameLists.TakeIds(state, link, record[PeerRecord.HaveHeader..], held);
        if (held == 0)
        {
            // The answer to the first record may still be due.
            link.WantBits = bits;
            link.WantCount = due;
        }

        bool isLast = (record[1] & Last) != 0;
        link.IsHearing = !isLast;
        link.HasHeard |= isLast;
        return true;
    }

    /// <inheritdoc/>
    public override bool MaySend(PeerLink link) => link.Initiator || (link.HasHeard && !link.IsHearing);

    /// <inheritdoc/>
    public override bool IsWaiting(PeerLink link) => !link.Initiator && !link.HasHeard;

    /// <inheritdoc/>
    public override long TellsAtMs(PeerState state, PeerLink link)
    {
        if (!link.Initiator || (link.HasTold && link.Kind == LinkKind.Contact))
        {
            return long.MaxValue;
        }

        // One list at a time: what is asked for belongs to the last one.
        return link.NamedCount > 0 && !link.IsTelling ? long.MaxValue : link.TellAtMs;
    }

    /// <inheritdoc/>
    public override void LinkClosed(PeerState state, PeerLink link)
    {
        // The next list says anew what is lacking.
        state.Store.Owed.RemoveTarget(link.Target);
    }

    /// <summary>
    /// Writes the newest frames that are held: those that could be asked for. All of a board's, which holds no more than one
    /// record names.
    /// </summary>
    private static int WriteHeld(PeerState state, PeerLink link, Span<byte> record, long nowMs)
    {
        int count = 0;
        for (int age = 0; age < state.Seen.Count && count < PeerRecord.IdsMax; age++)
        {
            int slot = state.Store.Find(state.Seen.IdAt(age));
            if (slot != PeerStore.None && state.Store[slot].DeadlineMs > nowMs)
            {
                link.NoteNamed(slot, state.Store[slot].Arrival);
                NameLists.WriteId(
                    record[(PeerRecord.HaveHeader + (count * PeerRecord.IdSize))..], state.Store[slot].Frame.Id);
                count++;
            }
        }

        return count;
    }

    private static void OweAll(PeerState state, PeerLink link)
    {
        for (int i = 0; i < state.Store.Slots; i++)
        {
            if (state.Store.IsUsed(i))
            {
                state.Store.Owed.Add(i, link.Target);
            }
        }
    }
}
