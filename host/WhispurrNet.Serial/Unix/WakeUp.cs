using System.IO.Pipes;

namespace WhispurrNet.Serial.Unix;

/// <summary>Ends a poll from another thread: a pipe to oneself, which child processes do not inherit.</summary>
internal sealed class WakeUp : IDisposable
{
    private static readonly byte[] OneByte = [0];

    private readonly AnonymousPipeServerStream _reading = new(PipeDirection.In, HandleInheritability.None);
    private readonly AnonymousPipeClientStream _writing;
    private readonly byte[] _drained = new byte[1];
    private int _signalled;

    public WakeUp() => _writing = new AnonymousPipeClientStream(PipeDirection.Out, _reading.ClientSafePipeHandle);

    /// <summary>What to poll for reading.</summary>
    public int Descriptor => _reading.SafePipeHandle.DangerousGetHandle().ToInt32();

    /// <summary>Makes it readable; does nothing when it is already.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            _writing.Write(OneByte);
        }
    }

    /// <summary>Makes it unreadable again. Called when it is readable, by the thread that polls.</summary>
    public void Drain()
    {
        _reading.ReadExactly(_drained);
        Volatile.Write(ref _signalled, 0);
    }

    public void Dispose()
    {
        _writing.Dispose();
        _reading.Dispose();
    }
}
