using System.Threading.Channels;

namespace WhispurrNet.Gateway.Nodes;

/// <summary>
/// The bounded queue between a pump, which must not wait, and the one task that writes to a peer, which may.
/// </summary>
/// <param name="announce">Called before a unit is queued.</param>
/// <param name="finish">Called once it was delivered, or dropped because the queue is closed.</param>
internal sealed class UnitQueue(Action? announce = null, Action? finish = null) : ILinkOutlet
{
    /// <summary>Most units waiting; further ones stay in the node.</summary>
    public const int Capacity = 16;

    private readonly Channel<byte[]> _units = Channel.CreateUnbounded<byte[]>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private int _count;

    public bool HasRoom => Volatile.Read(ref _count) < Capacity;

    public int Count => Volatile.Read(ref _count);

    public void Enqueue(byte[] unit)
    {
        announce?.Invoke();
        Interlocked.Increment(ref _count);
        if (!_units.Writer.TryWrite(unit))
        {
            Interlocked.Decrement(ref _count);
            finish?.Invoke();
        }
    }

    public void Close() => _units.Writer.TryComplete();

    /// <summary>Hands every unit to <paramref name="write"/> until the queue is closed and empty.</summary>
    /// <param name="write">Delivers one unit.</param>
    /// <param name="pump">Is told when a full queue has room again.</param>
    /// <param name="cancellation">Ends the task at once.</param>
    public async Task DrainAsync(Func<byte[], Task> write, NodePump pump, CancellationToken cancellation)
    {
        while (await _units.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            while (_units.Reader.TryRead(out byte[]? unit))
            {
                cancellation.ThrowIfCancellationRequested();
                await write(unit).ConfigureAwait(false);
                finish?.Invoke();
                if (Interlocked.Decrement(ref _count) == Capacity - 1)
                {
                    pump.Kick();
                }
            }
        }
    }
}
