using System.Buffers.Binary;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>Records: what is said next on a link, and what was said.</summary>
internal sealed partial class PeerNode
{
    private const int AddressSize = 6;
    private const int HandleAt = 1;
    private const int HandleSize = 8;
    private const int ShortSealSize = 8;
    private const ulong AddressMask = 0xFFFFFFFFFFFF;

    private int WriteRecord(PeerLink link, byte[] record, long nowMs)
    {
        if (!link.IsOpeningSent && (link.Initiator || link.IsOpeningReceived))
        {
            return WriteOpening(link, record);
        }

        if (!link.IsOpeningReceived)
        {
            return 0;
        }

        int count = WriteNext(link, record, nowMs, out int slot, out bool eager);
        if (count == 0)
        {
            return 0;
        }

        count = RecordSeal.Close(record, count, link.RecordsSent++, link.Initiator);
        CountOut(link, count);
        if (slot != PeerStore.None)
        {
            Sent(link, slot, eager);
        }

        return count;
    }

    /// <summary>Writes the next record, without its seal.</summary>
    private int WriteNext(PeerLink link, byte[] record, long nowMs, out int slot, out bool eager)
    {
        slot = PeerStore.None;
        eager = true;
        if (!link.IsHelloSent)
        {
            return WriteHello(link, record, nowMs);
        }

        if (!link.IsHelloReceived)
        {
            return 0;
        }

        if (link.IsPongDue)
        {
            link.IsPongDue = false;
            return WriteToken(record, PeerRecord.Pong, link.Token);
        }

        if (link.WantCount > 0)
        {
            return NameLists.WriteWant(link, record);
        }

        if (link.IsDoneSent)
        {
            return 0;
        }

        bool isLate = link.Kind == LinkKind.Contact && nowMs - link.OpenedMs >= LinkTimings.ContactSendMs;
        int count = isLate ? 0 : _state.Strategy.WriteRecord(_state, link, record, nowMs);
        if (count == 0 && !isLate && _state.Strategy.MaySend(link))
        {
            count = WriteFrame(link, record, nowMs, out slot, out eager);
        }

        return count > 0 ? count : WriteIdle(link, record, isLate);
    }

    private int WriteFrame(PeerLink link, byte[] record, long nowMs, out int slot, out bool eager)
    {
        eager = true;
        slot = _state.Store.Newest(_state.Store.Owed, link.Target, nowMs);
        if (slot == PeerStore.None && _state.Strategy.SendsNamed)
        {
            eager = false;
            slot = _state.Store.Newest(_state.Store.Named, link.Target, nowMs);
        }

        if (slot == PeerStore.None)
        {
            return 0;
        }

        ref StoredFrame held = ref _state.Store[slot];
        PeerFrame frame = held.Frame;
        frame.LifetimeMs = (uint)(held.DeadlineMs - nowMs);
        if (frame.Hops != PeerFrame.NoHopLimit)
        {
            frame.Hops = (byte)(eager && frame.Hops > 0 ? frame.Hops - 1 : 0);
        }

        record[0] = PeerRecord.Frame;
        frame.Write(record.AsSpan(1));
        return 1 + PeerFrame.Size;
    }

    private void Sent(PeerLink link, int slot, bool eager)
    {
        (eager ? _state.Store.Owed : _state.Store.Named).Remove(slot, link.Target);
        if (link.Kind == LinkKind.Stream)
        {
            _state.Store[slot].IsTaken = true;
        }
        else
        {
            link.NoteUnderWay(slot, _state.Store[slot].Arrival, eager);
        }
    }

    private int WriteIdle(PeerLink link, byte[] record, bool isLate)
    {
        bool isWaiting = link.NamedCount > 0
            || (!isLate && !link.IsDoneReceived && _state.Strategy.IsWaiting(link));
        if (link.Kind == LinkKind.Contact && !isWaiting)
        {
            link.IsDoneSent = true;
            record[0] = PeerRecord.Done;
            return 1;
        }

        if (!link.IsPingDue)
        {
            return 0;
        }

        link.IsPingDue = false;
        return WriteToken(record, PeerRecord.Ping, (uint)_state.Random.NextUInt64());
    }

    private bool ReadRecord(PeerLink link, Span<byte> record, long nowMs)
    {
        if (!link.IsOpeningReceived)
        {
            return ReadOpening(link, record);
        }

        int count = RecordSeal.Open(record, link.RecordsReceived, !link.Initiator);
        if (count < 0)
        {
            return false;
        }

        link.RecordsReceived++;
        record = record[..count];
        if (record[0] == PeerRecord.Hello)
        {
            return ReadHello(link, record, nowMs);
        }

        if (!link.HasMet)
        {
            return false;
        }

        switch (record[0])
        {
            case PeerRecord.Frame:
                if (PeerFrame.TryRead(record[1..], out PeerFrame frame))
                {
                    Receive(frame, link.Target, nowMs);
                }

                return !link.IsDoneReceived;
            case PeerRecord.Want:
                return NameLists.ReadWant(_state, link, record);
            case PeerRecord.Done:
                bool isFirst = !link.IsDoneReceived;
                link.IsDoneReceived = true;
                return isFirst && count == 1;
            case PeerRecord.Ping:
                link.IsPongDue = true;
                link.Token = count == PeerRecord.TokenSize ? BinaryPrimitives.ReadUInt32LittleEndian(record[1..]) : 0;
                return count == PeerRecord.TokenSize;
            case PeerRecord.Pong:
                return count == PeerRecord.TokenSize;
            default:
                return !link.IsDoneReceived && _state.Strategy.ReadRecord(_state, link, record, nowMs);
        }
    }

    private static int WriteToken(byte[] record, byte type, uint token)
    {
        record[0] = type;
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(1), token);
        return PeerRecord.TokenSize;
    }

    private static void CountOut(PeerLink link, int bytes)
    {
        if (link.Kind == LinkKind.Contact)
        {
            link.CountFragments(bytes);
        }
    }

    /// <summary>
    /// RESUME or RESUMED, with a nonce and a check. A board finds by the handle in RESUME who dials; here it is an address.
    /// </summary>
    private int WriteOpening(PeerLink link, byte[] record)
    {
        int size = link.Initiator ? PeerRecord.ResumeSize : PeerRecord.ResumedSize;
        record.AsSpan(0, size).Clear();
        record[0] = link.Initiator ? PeerRecord.Resume : PeerRecord.Resumed;
        ulong nonce = _state.Random.NextUInt64();
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(NonceAt(link.Initiator)), nonce);
        if (link.Initiator)
        {
            WriteAddress(record.AsSpan(HandleAt), _address);
        }

        int checkAt = size - ShortSealSize;
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(checkAt), RecordSeal.Short(record.AsSpan(0, checkAt)));
        link.IsOpeningSent = true;
        link.Salt ^= nonce;
        CountOut(link, size);
        return size;
    }

    private static bool ReadOpening(PeerLink link, ReadOnlySpan<byte> record)
    {
        byte type = link.Initiator ? PeerRecord.Resumed : PeerRecord.Resume;
        int size = link.Initiator ? PeerRecord.ResumedSize : PeerRecord.ResumeSize;
        if (record.Length != size || record[0] != type || (link.Initiator && !link.IsOpeningSent))
        {
            return false;
        }

        int checkAt = size - ShortSealSize;
        if (BinaryPrimitives.ReadUInt64LittleEndian(record[checkAt..]) != RecordSeal.Short(record[..checkAt]))
        {
            return false;
        }

        if (!link.Initiator && link.Kind == LinkKind.Contact)
        {
            link.Neighbour = ReadAddress(record[HandleAt..]);
        }

        link.Salt ^= BinaryPrimitives.ReadUInt64LittleEndian(record[NonceAt(!link.Initiator)..]);
        link.IsOpeningReceived = true;
        return true;
    }

    private static int NonceAt(bool fromInitiator) => fromInitiator ? HandleAt + HandleSize : HandleAt;

    private int WriteHello(PeerLink link, byte[] record, long nowMs)
    {
        int size = PeerRecord.HelloSize(link.Kind);
        record.AsSpan(0, size).Clear();
        record[0] = PeerRecord.Hello;
        record[1] = _state.Strategy.HelloWord(_state, link);
        if (link.Kind == LinkKind.Contact)
        {
            WriteAddress(record.AsSpan(size - (2 * AddressSize)), _address);
            WriteAddress(record.AsSpan(size - AddressSize), link.Neighbour);
        }

        link.IsHelloSent = true;
        BeginIfMet(link, nowMs);
        return size;
    }

    private bool ReadHello(PeerLink link, ReadOnlySpan<byte> record, long nowMs)
    {
        int size = PeerRecord.HelloSize(link.Kind);
        if (link.IsHelloReceived || record.Length != size)
        {
            return false;
        }

        link.IsHelloReceived = true;
        link.HelloWord = record[1];
        BeginIfMet(link, nowMs);
        return true;
    }

    /// <summary>Both hellos are through: the other side is a target now.</summary>
    private void BeginIfMet(PeerLink link, long nowMs)
    {
        if (!link.HasMet)
        {
            return;
        }

        int neighbour = link.Kind == LinkKind.Contact && link.Neighbour != 0
            ? _state.Heard(link.Neighbour, nowMs)
            : PeerNeighbours.None;
        link.Target = neighbour;
        if (neighbour == PeerNeighbours.None)
        {
            link.Target = _state.TargetOfLink(link.Number);
            _state.Store.ForgetTarget(link.Target);
            _state.Strategy.TargetAdded(_state, link.Target, nowMs);
        }

        _state.Strategy.HelloHeard(_state, link, link.HelloWord);
    }

    private static void WriteAddress(Span<byte> bytes, ulong address)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(address & 0xFFFFFFFF));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], (ushort)((address & AddressMask) >> 32));
    }

    private static ulong ReadAddress(ReadOnlySpan<byte> bytes)
    {
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) << 32);
    }
}
