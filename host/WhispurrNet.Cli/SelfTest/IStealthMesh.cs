namespace WhispurrNet.Cli.SelfTest;

/// <summary>
/// A node in stealth mode and a member without, which sees over a stream what an observer of that stream would see, and
/// more. Either a virtual board and its gateway or two cores on the desk.
/// </summary>
internal interface IStealthMesh : IDisposable
{
    /// <summary>Bytes of the messages that the node has sent so far.</summary>
    IReadOnlyList<int> MessageLengths { get; }

    /// <summary>What the node said when it dialled, headers and all; null if it does not dial.</summary>
    string? UpgradeRequest { get; }

    /// <summary>Queues a whisper.</summary>
    SentWhisper Whisper(string text);

    /// <summary>Waits until the member was given a text; false when that takes too long.</summary>
    bool IsHeard(string text);

    /// <summary>Whispers some times, and measures how long each frame takes to the member.</summary>
    /// <param name="count">How many times.</param>
    /// <returns>Milliseconds of the node's time; fewer when some did not arrive.</returns>
    IReadOnlyList<long> MeasureDelaysMs(int count);

    /// <summary>Waits until frames came that nobody asked for and that say nothing; false when that takes too long.</summary>
    /// <param name="count">How many.</param>
    bool SendsCover(int count);
}
