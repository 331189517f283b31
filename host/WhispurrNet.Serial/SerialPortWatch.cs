using System.Runtime.CompilerServices;

namespace WhispurrNet.Serial;

/// <summary>Follows which ports there are.</summary>
public static class SerialPortWatch
{
    // Devices show up in steps: a list taken at once would show a port before the system has told its vendor.
    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(100);

    /// <summary>How often ports are listed when the system tells nothing.</summary>
    public static TimeSpan DefaultInterval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// First the ports there are, then each one that comes or goes, until cancelled. One device replaced by another
    /// under the same name is told as both. Looks when the system tells that something came or went, and once an
    /// interval in any case.
    /// </summary>
    /// <param name="ports">Where to look.</param>
    /// <param name="interval">Null: <see cref="DefaultInterval"/>.</param>
    /// <param name="cancellationToken">Ends it, by an exception.</param>
    public static IAsyncEnumerable<SerialPortChange> WatchAsync(
        this ISerialPorts ports, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        WatchAsync(
            ports, OperatingSystem.IsWindows() ? null : "/dev", interval ?? DefaultInterval, cancellationToken);

    /// <summary>As the public one.</summary>
    /// <param name="ports">Where to look.</param>
    /// <param name="folder">A folder in which something comes or goes with the ports, or null.</param>
    /// <param name="interval">How often to look in any case.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async IAsyncEnumerable<SerialPortChange> WatchAsync(
        ISerialPorts ports,
        string? folder,
        TimeSpan interval,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var changed = new SemaphoreSlim(0);
        using FileSystemWatcher? watcher = StartWatcher(folder, changed);
        SerialPortInfo[] known = [];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SerialPortInfo[] now = [.. ports.List()];
            foreach (SerialPortInfo port in known.Except(now))
            {
                yield return new SerialPortChange(port, Appeared: false);
            }

            foreach (SerialPortInfo port in now.Except(known))
            {
                yield return new SerialPortChange(port, Appeared: true);
            }

            known = now;
            if (await changed.WaitAsync(interval, cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(SettleTime, cancellationToken).ConfigureAwait(false);
                while (changed.Wait(0, cancellationToken))
                {
                    // One look is enough for all that changed meanwhile.
                }
            }
        }
    }

    /// <summary>A watcher, or null where the system has none to give: looking now and then goes on without.</summary>
    private static FileSystemWatcher? StartWatcher(string? folder, SemaphoreSlim changed)
    {
        if (folder is null)
        {
            return null;
        }

        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName };
            watcher.Created += (_, _) => Release(changed);
            watcher.Deleted += (_, _) => Release(changed);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            return null;
        }
    }

    private static void Release(SemaphoreSlim changed)
    {
        try
        {
            changed.Release();
        }
        catch (ObjectDisposedException)
        {
            // A last event of a watch that has ended.
        }
    }
}
