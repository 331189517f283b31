using System.Runtime.InteropServices;

namespace WhispurrNet.Serial.Unix;

/// <summary>
/// Waits until a descriptor can be read or written, on one thread of its own, which a pipe wakes when there is
/// something else to wait for. One wait for reading and one for writing at a time.
/// </summary>
internal sealed class Readiness : IDisposable
{
    private const short In = 0x1, Out = 0x4;

    // Errors and hang-ups: asked for or not, poll reports them.
    private const short Trouble = 0x8 | 0x10 | 0x20;

    private readonly SafeDescriptor _descriptor;
    private readonly int _number;
    private readonly Lock _lock = new();
    private readonly string _name;
    private WakeUp? _wakeUp;
    private Thread? _thread;
    private TaskCompletionSource? _readable;
    private TaskCompletionSource? _writable;
    private bool _disposed;

    public Readiness(SafeDescriptor descriptor, string name)
    {
        _descriptor = descriptor;
        _number = descriptor.DangerousGetHandle().ToInt32();
        _name = name;
    }

    /// <summary>Ends when a read would not have to wait: there are bytes, the other end is gone, or this is disposed.</summary>
    public Task ReadableAsync(CancellationToken cancellationToken) => WaitAsync(ref _readable, cancellationToken);

    /// <summary>Ends when a write would not have to wait.</summary>
    public Task WritableAsync(CancellationToken cancellationToken) => WaitAsync(ref _writable, cancellationToken);

    /// <summary>Ends all waits; after this nothing polls the descriptor any more.</summary>
    public void Dispose()
    {
        Thread? thread;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            thread = _thread;
            _wakeUp?.Signal();
        }

        thread?.Join();
        _wakeUp?.Dispose();
        _readable?.TrySetResult();
        _writable?.TrySetResult();
    }

    private Task WaitAsync(ref TaskCompletionSource? slot, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return Task.CompletedTask;
            }

            // A wait that was given up stays: the next one joins it.
            slot ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _wakeUp ??= new WakeUp();
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = $"serial {_name}" };
                _thread.Start();
            }
            else
            {
                _wakeUp.Signal();
            }

            return slot.Task.WaitAsync(cancellationToken);
        }
    }

    private unsafe void Run()
    {
        Libc.PollDescriptor* waits = stackalloc Libc.PollDescriptor[2];
        waits[0].Descriptor = _wakeUp!.Descriptor;
        waits[0].Events = In;
        while (true)
        {
            lock (_lock)
            {
                if (_disposed)
                {
                    return;
                }

                short events = (short)((_readable is null ? 0 : In) | (_writable is null ? 0 : Out));
                waits[1].Descriptor = events == 0 ? -1 : _number;
                waits[1].Events = events;
            }

            waits[0].Returned = waits[1].Returned = 0;
            if (Libc.Poll(waits, 2, -1) < 0)
            {
                if (Marshal.GetLastPInvokeError() == UnixError.Interrupted)
                {
                    continue;
                }

                // Out of memory: let the reader find out by reading.
                waits[1].Returned = Trouble;
            }

            if (waits[0].Returned != 0)
            {
                _wakeUp.Drain();
            }

            Complete(ref _readable, waits[1].Returned, In);
            Complete(ref _writable, waits[1].Returned, Out);
        }
    }

    private void Complete(ref TaskCompletionSource? slot, short returned, short wanted)
    {
        if ((returned & (wanted | Trouble)) == 0)
        {
            return;
        }

        lock (_lock)
        {
            slot?.TrySetResult();
            slot = null;
        }
    }
}
