namespace WhispurrNet.Virtual;

/// <summary>
/// The locks of device code that a thread waits for, so that whoever gives one back can wake it: a thread that waits
/// for a lock must count as busy from that very moment.
/// </summary>
internal sealed class MonitorTable
{
    private readonly Dictionary<object, Entry> _wanted = new(ReferenceEqualityComparer.Instance);

    /// <summary>A thread begins to want a lock.</summary>
    /// <returns>What is signaled whenever the lock is given back.</returns>
    public WaitPoint Join(object target)
    {
        lock (_wanted)
        {
            if (!_wanted.TryGetValue(target, out Entry? entry))
            {
                _wanted[target] = entry = new Entry();
            }

            entry.Threads++;
            return entry.Released;
        }
    }

    /// <summary>It got the lock, or gave up.</summary>
    public void Leave(object target)
    {
        lock (_wanted)
        {
            if (--_wanted[target].Threads == 0)
            {
                _wanted.Remove(target);
            }
        }
    }

    /// <summary>The signal of those who want a lock; null if nobody does.</summary>
    public WaitPoint? Find(object target)
    {
        lock (_wanted)
        {
            return _wanted.GetValueOrDefault(target)?.Released;
        }
    }

    private sealed class Entry
    {
        public WaitPoint Released { get; } = new(signaled: false, autoReset: true);

        public int Threads { get; set; }
    }
}
