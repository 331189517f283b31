using System.Buffers.Binary;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Simulation.Nodes.Peers.Strategies;

/// <summary>
/// Flooding, and in each contact both sides say by a Golomb-coded set what they have seen: what it lacks is sent, without
/// further hops. As bitchat does, with its figures; on a stream every 30 s.
/// </summary>
/// <remarks>
/// In its favour: a filter is waited for before frames are pushed, since a contact begins with it anyway, and no frame goes
/// to somebody who has it; ids are salted by the link, so that a wrong hit in one contact is none in the next; and the filter
/// names seen frames that are no longer held, which would be sent again and again else.
/// </remarks>
internal sealed class SyncedFloodStrategy(byte hops) : FloodStrategy(hops)
{
    private const int SyncEveryMs = 30 * 1000;

    /// <inheritdoc/>
    public override bool NamesFrames => true;

    /// <inheritdoc/>
    public override bool SendsNamed => true;

    /// <inheritdoc/>
    public override bool Wants(PeerState state, int neighbour, long sinceMetMs, long nowMs)
    {
        return neighbour < 0 || sinceMetMs >= SyncEveryMs
            || (sinceMetMs >= PeerTimings.MeetDifferentMs && HasFor(state, neighbour, nowMs));
    }

    /// <inheritdoc/>
    public override int WriteRecord(PeerState state, PeerLink link, Span<byte> record, long nowMs)
    {
        if (nowMs < TellsAtMs(state, link))
        {
            return 0;
        }

        Span<ulong> ids = stackalloc ulong[GolombFilter.IdsMax];
        int count = 0;
        for (int age = 0; age < state.Seen.Count && count < ids.Length; age++)
        {
            if (state.Seen.EndAt(age) > nowMs)
            {
                ids[count++] = state.Seen.IdAt(age);
            }
        }

        link.HasTold = true;
        link.TellAtMs = nowMs + SyncEveryMs;
        record[0] = PeerRecord.Filter;
        record[1] = GolombFilter.RemainderBits;
        BinaryPrimitives.WriteUInt16LittleEndian(record[2..], (ushort)count);
        return PeerRecord.FilterHeader
            + GolombFilter.Write(ids[..count], link.Salt, record[PeerRecord.FilterHeader..]);
    }

    /// <inheritdoc/>
    public override bool ReadRecord(PeerState state, PeerLink link, ReadOnlySpan<byte> record, long nowMs)
    {
        if (record[0] != PeerRecord.Filter || record.Length < PeerRecord.FilterHeader
            || record[1] != GolombFilter.RemainderBits || (link.HasHeard && link.Kind == LinkKind.Contact))
        {
            return false;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(record[2..]);
        if (count > GolombFilter.IdsMax)
        {
            return false;
        }

        Span<uint> numbers = stackalloc uint[GolombFilter.IdsMax];
        numbers = numbers[..count];
        if (!GolombFilter.TryRead(record[PeerRecord.FilterHeader..], numbers))
        {
            return false;
        }

        link.HasHeard = true;
        for (int i = 0; i < state.Store.Slots; i++)
        {
            if (!state.Store.IsUsed(i))
            {
                continue;
            }

            uint number = GolombFilter.NumberOf(state.Store[i].Frame.Id, link.Salt, Math.Max(count, 1));
            if (count > 0 && numbers.BinarySearch(number) >= 0)
            {
                NameLists.NoteHas(state, i, link.Target);
            }
            else if (!state.Store.Owed.Has(i, link.Target))
            {
                state.Store.Named.Add(i, link.Target);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool MaySend(PeerLink link) => link.HasHeard;

    /// <inheritdoc/>
    public override bool IsWaiting(PeerLink link) => !link.HasHeard;

    /// <inheritdoc/>
    public override long TellsAtMs(PeerState state, PeerLink link)
    {
        return link.HasTold && link.Kind == LinkKind.Contact ? long.MaxValue : link.TellAtMs;
    }

    /// <inheritdoc/>
    public override void LinkClosed(PeerState state, PeerLink link)
    {
        // The next filter says anew what is lacking.
        state.Store.Named.RemoveTarget(link.Target);
    }
}
