namespace WhispurrNet.Cli.Bridge;

/// <summary>Wakes one waiter; set several times before it looks, it wakes once.</summary>
internal sealed class Signal : IDisposable
{
    private readonly SemaphoreSlim _set = new(0, 1);

    /// <summary>Wakes the waiter, or the next one at once.</summary>
    public void Set()
    {
        try
        {
            _set.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is set already.
        }
    }

    /// <summary>Waits until it is set, or for a time.</summary>
    public Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation) => _set.WaitAsync(limit, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _set.Dispose();
}
