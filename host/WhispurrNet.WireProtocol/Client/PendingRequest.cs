namespace WhispurrNet.WireProtocol;

/// <summary>An answer.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Payload">Its payload.</param>
public sealed record WireReply(PacketHeader Header, byte[] Payload);

/// <summary>A request that waits for its answer; the answer to any of its sendings will do.</summary>
internal sealed class PendingRequest(Command command)
{
    private readonly object _lock = new();
    private readonly List<ushort> _sequences = [];
    private TaskCompletionSource<WireReply?> _wake = New();

    /// <summary>What is asked.</summary>
    public Command Command => command;

    /// <summary>Notes a sending.</summary>
    /// <returns>Completes with the answer, or with null when the device could not read the request.</returns>
    public Task<WireReply?> Sent(ushort sequence)
    {
        lock (_lock)
        {
            _sequences.Add(sequence);
            if (_wake.Task is { IsCompletedSuccessfully: true, Result: null })
            {
                _wake = New();
            }

            return _wake.Task;
        }
    }

    /// <summary>Takes an answer that may be its own.</summary>
    public bool TryAnswer(in PacketHeader header, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            if (header.Command != command || !_sequences.Contains(header.ReplyTo))
            {
                return false;
            }

            var reply = new WireReply(header, payload.ToArray());
            if (!_wake.TrySetResult(reply) && _wake.Task is { IsCompletedSuccessfully: true, Result: null })
            {
                _wake = New();
                _wake.SetResult(reply);
            }

            return true;
        }
    }

    /// <summary>The device could not read it, or something: it is sent again.</summary>
    public void Garbled()
    {
        lock (_lock)
        {
            _wake.TrySetResult(null);
        }
    }

    /// <summary>The port has gone.</summary>
    public void Fail(Exception exception)
    {
        lock (_lock)
        {
            _wake.TrySetException(exception);
        }
    }

    private static TaskCompletionSource<WireReply?> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
