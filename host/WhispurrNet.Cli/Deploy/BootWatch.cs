using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Deploy;

/// <summary>Waits for the sign of life that a board gives after a restart.</summary>
internal sealed class BootWatch : IMixedSink
{
    private readonly TaskCompletionSource _booted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once it has come.</summary>
    public Task Booted => _booted.Task;

    /// <summary>Whether to look for it yet: what came before the restart was of another one.</summary>
    public bool IsArmed { get; set; }

    /// <inheritdoc/>
    public void OnText(ReadOnlySpan<byte> bytes)
    {
    }

    /// <inheritdoc/>
    public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
    {
        if (IsArmed && header.Command == Command.Ping)
        {
            _booted.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public void OnRefused(PacketRefusal reason)
    {
    }
}
