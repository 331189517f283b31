using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Checks;

/// <summary>Every contact that both sides finished, in the order in which they ended.</summary>
internal sealed class ContactLog
{
    private readonly List<Entry> _entries = [];

    public IReadOnlyList<Entry> Entries => _entries;

    public void Add(long beganMs, long endedMs, Board a, Board b)
    {
        _entries.Add(new Entry(beganMs, endedMs, a.Number, b.Number, a.Epoch, b.Epoch));
    }

    /// <summary>One contact: when, who, and how often each had lost its memory by then.</summary>
    internal readonly record struct Entry(long BeganMs, long EndedMs, int A, int B, int EpochOfA, int EpochOfB);
}
