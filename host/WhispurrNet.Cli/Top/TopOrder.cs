namespace WhispurrNet.Cli.Top;

/// <summary>In what order boards are shown.</summary>
internal enum TopKey
{
    /// <summary>As the gateway has them, then ports as they were named.</summary>
    Given,

    /// <summary>By name.</summary>
    Name,

    /// <summary>The most frames a second first.</summary>
    Frames,

    /// <summary>The least heap first.</summary>
    Heap,

    /// <summary>The most contacts first.</summary>
    Contacts,

    /// <summary>The most errors first.</summary>
    Errors,
}

/// <summary>Sorts boards.</summary>
/// <param name="Key">By what.</param>
/// <param name="IsReversed">Whether the other way round.</param>
internal readonly record struct TopOrder(TopKey Key, bool IsReversed)
{
    /// <summary>The order after a key was pressed; null when the key means nothing.</summary>
    public TopOrder? After(char key) => char.ToLowerInvariant(key) switch
    {
        'n' => By(TopKey.Name),
        'f' => By(TopKey.Frames),
        'h' => By(TopKey.Heap),
        'c' => By(TopKey.Contacts),
        'e' => By(TopKey.Errors),
        'r' => this with { IsReversed = !IsReversed },
        _ => null,
    };

    /// <summary>The boards in this order; equal ones stay as they are.</summary>
    public IReadOnlyList<TopBoard> Sort(IReadOnlyList<TopBoard> boards)
    {
        IEnumerable<TopBoard> sorted = Key switch
        {
            TopKey.Name => boards.OrderBy(board => board.Name, StringComparer.OrdinalIgnoreCase),
            TopKey.Frames => boards.OrderByDescending(board => board.FramesPerSecond ?? -1),
            TopKey.Heap => boards.OrderBy(board => board.HeapFree ?? long.MaxValue),
            TopKey.Contacts => boards.OrderByDescending(board => board.Contacts),
            TopKey.Errors => boards.OrderByDescending(board => board.Errors),
            _ => boards,
        };
        return [.. IsReversed ? sorted.Reverse() : sorted];
    }

    // Pressed again, a key shows everything as it was given.
    private TopOrder By(TopKey key) => Key == key ? new(TopKey.Given, false) : new(key, false);
}
