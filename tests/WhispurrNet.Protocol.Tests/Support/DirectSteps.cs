namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>What is computed on the way to a direct whisper.</summary>
internal sealed class DirectSteps
{
    public byte[] Ephemeral { get; set; } = [];

    public byte[] Whisper { get; set; } = [];

    public byte[] Prologue { get; set; } = [];

    /// <summary>The key of later parts.</summary>
    public byte[] PartsKey { get; } = new byte[32];

    /// <summary>The key of the acknowledgement.</summary>
    public byte[] AckKey { get; } = new byte[32];
}
