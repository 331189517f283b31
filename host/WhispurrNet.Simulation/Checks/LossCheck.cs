using WhispurrNet.Simulation.Nodes;

namespace WhispurrNet.Simulation.Checks;

/// <summary>
/// What did not arrive although contacts that both sides finished lead from its origin to its addressee, within its life: in
/// such a contact each side has named everything it holds, so somebody on the way must have said that a bound of his cost it.
/// </summary>
internal static class LossCheck
{
    /// <summary>The nodes that must have held a whisper's frame, when only finished contacts are counted.</summary>
    /// <param name="log">All of these, in the order in which they ended.</param>
    /// <param name="whisper">What was sent.</param>
    /// <param name="origin">How often its origin had lost its memory by then.</param>
    /// <param name="endMs">The end of its life, less what rounding on the way may take of it.</param>
    /// <param name="nodes">Nodes of the world.</param>
    /// <returns>For each node the epoch in which it held it; -1 for never.</returns>
    public static int[] Holders(ContactLog log, SimulatedWhisper whisper, int origin, long endMs, int nodes)
    {
        int[] epochs = new int[nodes];
        long[] sinceMs = new long[nodes];
        Array.Fill(epochs, -1);
        epochs[whisper.Origin] = origin;
        sinceMs[whisper.Origin] = whisper.SentMs;
        foreach (ContactLog.Entry contact in log.Entries)
        {
            if (contact.EndedMs > endMs)
            {
                break;
            }

            if (contact.BeganMs >= whisper.SentMs)
            {
                Pass(contact.A, contact.EpochOfA, contact.B, contact.EpochOfB, contact);
                Pass(contact.B, contact.EpochOfB, contact.A, contact.EpochOfA, contact);
            }
        }

        return epochs;

        void Pass(int from, int fromEpoch, int to, int toEpoch, ContactLog.Entry contact)
        {
            if (epochs[from] == fromEpoch && sinceMs[from] <= contact.BeganMs && epochs[to] != toEpoch)
            {
                epochs[to] = toEpoch;
                sinceMs[to] = contact.EndedMs;
            }
        }
    }
}
