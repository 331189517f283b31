namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// Ids that a node has seen, as many as a board remembers; the oldest whose frame is not held is forgotten first. The end of
/// each frame is kept with it: of what nobody has any more, nobody need be told.
/// </summary>
internal sealed class SeenRing(int capacity, PeerStore held)
{
    private const int IdsAtFirst = 8;

    private ulong[] _ids = [];
    private long[] _endsMs = [];
    private int _next;

    /// <summary>Ids remembered.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an id is known.</summary>
    public bool Has(ulong id) => _ids.AsSpan(0, Count).Contains(id);

    /// <summary>An id by its age: 0 for the newest, below <see cref="Count"/>.</summary>
    public ulong IdAt(int age) => _ids[PlaceOf(age)];

    /// <summary>When the frame of an id ends.</summary>
    public long EndAt(int age) => _endsMs[PlaceOf(age)];

    /// <summary>Remembers an id that is not known.</summary>
    public void Add(ulong id, long endMs)
    {
        if (Count == _ids.Length && Count < capacity)
        {
            int size = Math.Min(capacity, Math.Max(IdsAtFirst, Count * 2));
            Array.Resize(ref _ids, size);
            Array.Resize(ref _endsMs, size);
            _next = Count;
        }

        // More ids are remembered than frames held: this comes to an end.
        while (Count == _ids.Length && held.Find(_ids[_next]) != PeerStore.None)
        {
            _next = (_next + 1) % _ids.Length;
        }

        _ids[_next] = id;
        _endsMs[_next] = endMs;
        _next = (_next + 1) % _ids.Length;
        Count = Math.Min(Count + 1, _ids.Length);
    }

    private int PlaceOf(int age) => (_next - 1 - age + (2 * _ids.Length)) % _ids.Length;
}
