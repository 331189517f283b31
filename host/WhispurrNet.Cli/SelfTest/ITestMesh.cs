namespace WhispurrNet.Cli.SelfTest;

/// <summary>
/// A few nodes within reach of each other that a self-test works on: two that whisper, one member that listens to
/// something else, and one of another network. Either virtual boards or cores on the desk.
/// </summary>
internal interface ITestMesh : IDisposable
{
    /// <summary>Compares every primitive with a published answer, in the program that the nodes run.</summary>
    /// <returns>A line for each: <c>name;passed;ms</c> or <c>name;failed: why;ms</c>.</returns>
    IReadOnlyList<string> TestPrimitives();

    /// <summary>The identity that a node shows now.</summary>
    string Identity(TestNode node);

    /// <summary>Switches a node off and on again.</summary>
    void Restart(TestNode node);

    /// <summary>Everything a node has stored where it survives switching off; null if it has no such place.</summary>
    IReadOnlyList<byte[]>? ReadStorage(TestNode node);

    /// <summary>Queues a whisper to an intent.</summary>
    SentWhisper Whisper(TestNode node, string intent, string text);

    /// <summary>Queues a whisper to the network.</summary>
    SentWhisper Broadcast(TestNode node, string text);

    /// <summary>How many keys of a node open a frame.</summary>
    int CountKeysThatOpen(TestNode node, byte[] frame);

    /// <summary>Waits until the application of a node was given a text; false when that takes too long.</summary>
    bool Hears(TestNode node, string text);

    /// <summary>Waits until a node has stored a frame, readable or not; false when that takes too long.</summary>
    bool Holds(TestNode node, SentWhisper whisper);

    /// <summary>Whether the application of a node was ever given a text.</summary>
    bool HasHeard(TestNode node, string text);
}

/// <summary>A whisper that was queued.</summary>
/// <param name="FrameId">The first eight bytes of its message id.</param>
/// <param name="Frame">The frame that carries it, whole, as its sender holds it.</param>
internal sealed record SentWhisper(ulong FrameId, byte[] Frame);

/// <summary>The nodes of a <see cref="ITestMesh"/>.</summary>
internal enum TestNode
{
    /// <summary>A member; it whispers.</summary>
    Speaker,

    /// <summary>A member that listens to the intent of the test.</summary>
    Listener,

    /// <summary>A member that listens to another intent.</summary>
    Bystander,

    /// <summary>A node of another network that listens to an intent of the same name.</summary>
    Stranger,
}
