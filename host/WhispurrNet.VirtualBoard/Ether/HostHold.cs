namespace WhispurrNet.Virtual;

/// <summary>Board time stands still until it is disposed.</summary>
internal readonly struct HostHold : IDisposable
{
    private readonly BoardClock? _clock;

    public HostHold(BoardClock? clock)
    {
        _clock = clock;
        clock?.AddHold();
    }

    public void Dispose() => _clock?.RemoveHold();
}
