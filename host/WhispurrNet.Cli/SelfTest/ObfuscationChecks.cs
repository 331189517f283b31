using System.Security.Cryptography;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Obfuscation;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>What stealth mode hides, as far as an observer of a stream could see it.</summary>
internal sealed class ObfuscationChecks(IStealthMesh mesh, CheckList checks)
{
    private const string Group = "obfuscation";
    private const int Delays = 6;
    private const int CoverFrames = 3;

    // What a delay takes beyond being held back: a poll of either end.
    private const int SlackMs = 2_000;

    // Six draws lie as close together once in a hundred thousand runs; frames that are not held back always do.
    private const int SpreadMinMs = 300;

    private static readonly string[] s_browserHeaders = ["User-Agent: Mozilla/", "Origin: ", "Accept-Language: "];

    /// <summary>Runs them all.</summary>
    public void Run()
    {
        string text = RandomNumberGenerator.GetHexString(32, lowercase: true);
        checks.Run(Group, $"frames have {FrameLayout.StealthFrameSize} bytes and arrive", () =>
            mesh.Whisper(text).Frame.Length != FrameLayout.StealthFrameSize ? "they have another size"
            : mesh.IsHeard(text) ? null
            : "one did not arrive");
        checks.Run(Group, "frames are held back for a random time", Delay);
        checks.Run(Group, "frames go out that nobody asked for", () =>
            mesh.SendsCover(CoverFrames) ? null : $"no {CoverFrames} of them came");
        checks.Run(Group, "no message is shorter than one with a frame", () =>
            mesh.MessageLengths.Min() is var shortest and < FrameLayout.StealthFrameSize
                ? $"one has {shortest} bytes"
                : null);
        if (mesh.UpgradeRequest is { } request)
        {
            checks.Run(Group, "it dials like a browser", () =>
                s_browserHeaders.FirstOrDefault(
                    header => !request.Contains("\r\n" + header, StringComparison.OrdinalIgnoreCase)) is { } missing
                    ? $"its upgrade has no '{missing}'"
                    : null);
        }
    }

    private string? Delay()
    {
        IReadOnlyList<long> delays = mesh.MeasureDelaysMs(Delays);
        return delays.Count < Delays ? $"{Delays - delays.Count} of {Delays} did not arrive"
            : delays.Max() > StealthObfuscation.HoldBackMaxMs + SlackMs ? $"one took {delays.Max()} ms"
            : delays.Max() - delays.Min() < SpreadMinMs ? $"all took {delays.Min()} to {delays.Max()} ms"
            : null;
    }
}
