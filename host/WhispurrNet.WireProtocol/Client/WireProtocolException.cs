namespace WhispurrNet.WireProtocol;

/// <summary>Why a request came to nothing.</summary>
public enum WireFailure
{
    /// <summary>The board did not answer in time, however often it was asked.</summary>
    NoAnswer,

    /// <summary>The board refused.</summary>
    Refused,

    /// <summary>The answer is not what the command answers with.</summary>
    Malformed,

    /// <summary>The port is gone.</summary>
    PortLost,
}

/// <summary>A request came to nothing; the message is a sentence for its user.</summary>
public sealed class WireProtocolException(WireFailure failure, Command command, string message, Exception? inner = null)
    : IOException(message, inner)
{
    /// <summary>The reason.</summary>
    public WireFailure Failure { get; } = failure;

    /// <summary>What was asked.</summary>
    public Command Command { get; } = command;
}
