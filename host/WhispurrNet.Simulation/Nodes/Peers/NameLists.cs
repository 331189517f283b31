using System.Buffers.Binary;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>Lists of ids and the answers to them: a bit for each id, as boards answer offers.</summary>
internal static class NameLists
{
    /// <summary>Writes an id.</summary>
    public static void WriteId(Span<byte> bytes, ulong id)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(id & 0xFFFFFFFF));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], (ushort)(id >> 32));
    }

    /// <summary>Takes a list: which of its ids are wanted, and what the other side need not be sent.</summary>
    /// <param name="state">The node.</param>
    /// <param name="link">Where the answer is due.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="onOffer">So many of them, from the first on, the other side could send.</param>
    public static void TakeIds(PeerState state, PeerLink link, ReadOnlySpan<byte> ids, int onOffer)
    {
        ulong wanted = 0;
        for (int i = 0; i * PeerRecord.IdSize < ids.Length; i++)
        {
            ReadOnlySpan<byte> bytes = ids[(i * PeerRecord.IdSize)..];
            ulong id = BinaryPrimitives.ReadUInt32LittleEndian(bytes)
                | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) << 32);
            if (id == 0)
            {
                continue;
            }

            int slot = state.Store.Find(id);
            if (slot != PeerStore.None)
            {
                NoteHas(state, slot, link.Target);
            }
            else if (i < onOffer && !state.Seen.Has(id))
            {
                wanted |= 1UL << i;
            }
        }

        link.WantBits = wanted;
        link.WantCount = onOffer;
    }

    /// <summary>Somebody has a frame: it need not go to him.</summary>
    public static void NoteHas(PeerState state, int slot, int target)
    {
        state.Store[slot].IsTaken = true;
        state.Store.Owed.Remove(slot, target);
        if (state.Strategy.NamesFrames)
        {
            state.Store.Named.Remove(slot, target);
        }
    }

    /// <summary>Writes the answer that is due.</summary>
    /// <returns>Its bytes.</returns>
    public static int WriteWant(PeerLink link, Span<byte> record)
    {
        int bytes = (link.WantCount + 7) / 8;
        record[0] = PeerRecord.Want;
        for (int i = 0; i < bytes; i++)
        {
            record[1 + i] = (byte)(link.WantBits >> (8 * i));
        }

        link.WantCount = 0;
        return 1 + bytes;
    }

    /// <summary>Takes an answer: what is wanted is sent, and the rest the other side has.</summary>
    /// <returns>False when it answers no list.</returns>
    public static bool ReadWant(PeerState state, PeerLink link, ReadOnlySpan<byte> record)
    {
        if (link.NamedCount == 0 || record.Length != 1 + ((link.NamedCount + 7) / 8))
        {
            return false;
        }

        for (int i = 0; i < link.NamedCount; i++)
        {
            (int slot, uint arrival) = link.NamedAt(i);
            if (!state.Store.Holds(slot, arrival))
            {
                continue;
            }

            if ((record[1 + (i / 8)] & (1 << (i % 8))) != 0)
            {
                state.Store.Owed.Add(slot, link.Target);
            }
            else
            {
                NoteHas(state, slot, link.Target);
            }
        }

        link.ForgetNamed();
        return true;
    }
}
