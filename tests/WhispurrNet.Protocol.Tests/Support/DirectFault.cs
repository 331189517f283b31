using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>What is wrong with a direct whisper; by default nothing is.</summary>
internal sealed class DirectFault
{
    /// <summary>The identity that the sender claims, when it is not its own.</summary>
    public byte[]? ClaimedId { get; init; }

    /// <summary>The nonce that the inner seal was made for, when it is another frame's.</summary>
    public byte[]? OtherNonce { get; init; }

    /// <summary>The frame's nonce, when it is not to be random.</summary>
    public byte[]? Nonce { get; init; }

    /// <summary>The ephemeral private key, when it is not to be random.</summary>
    public byte[]? Ephemeral { get; init; }

    /// <summary>Receives what is computed on the way.</summary>
    public DirectSteps? Steps { get; init; }

    public byte Type { get; init; } = (byte)WhisperType.Whisper;

    public ulong InnerId { get; init; } = 77;

    /// <summary>Spoils frame (up to its nonce) and whisper between the two seals.</summary>
    public Action<byte[], byte[]>? AfterNoise { get; init; }
}
