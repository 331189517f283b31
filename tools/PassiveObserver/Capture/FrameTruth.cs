namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>What really is behind a frame.</summary>
/// <param name="Id">First eight bytes of its message id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Conversation">The intent or the pair that it belongs to; null for none.</param>
/// <param name="Origin">Number of the node that made it.</param>
/// <param name="AtMs">When it was made.</param>
internal sealed record FrameTruth(ulong Id, FrameKind Kind, string? Conversation, int Origin, long AtMs)
{
    /// <summary>The frame that this one answers; 0 for none.</summary>
    public ulong AnswerTo { get; init; }
}
