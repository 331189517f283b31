using WhispurrNet.Cli.SelfTest;

namespace WhispurrNet.Cli.Tests.SelfTest;

/// <summary>A node that hides nothing, unless told otherwise.</summary>
internal sealed class WrongStealth : IStealthMesh
{
    /// <summary>Whether its frames have the size of stealth mode.</summary>
    public bool HasLargeFrames { get; init; }

    /// <summary>How long its frames take.</summary>
    public IReadOnlyList<long> DelaysMs { get; init; } = [0, 0, 0, 0, 0, 0];

    public IReadOnlyList<int> MessageLengths { get; init; } = [533, 9];

    public string? UpgradeRequest { get; init; } = "GET /mesh HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    public SentWhisper Whisper(string text) =>
        new(1, new byte[HasLargeFrames ? 512 : 256]);

    public bool IsHeard(string text) => false;

    public IReadOnlyList<long> MeasureDelaysMs(int count) => DelaysMs;

    public bool SendsCover(int count) => false;

    public void Dispose()
    {
    }
}
