using System.Text;
using WhispurrNet.Cli.SelfTest;

namespace WhispurrNet.Cli.Tests.SelfTest;

/// <summary>The desk's mesh with something wrong in it.</summary>
internal sealed class WrongMesh : ITestMesh
{
    private readonly DeskMesh _mesh = new();

    /// <summary>Keys that any frame opens with; null for the true number.</summary>
    public int? Keys { get; init; }

    /// <summary>Everybody has the same identity, always, and writes it down.</summary>
    public bool OneIdentity { get; init; }

    /// <summary>Frames hold their text as it is.</summary>
    public bool IsClear { get; init; }

    /// <summary>Nobody hears anything.</summary>
    public bool IsDeaf { get; init; }

    /// <summary>A broadcast throws.</summary>
    public bool Throws { get; init; }

    /// <summary>What the only primitive answers.</summary>
    public string? Primitive { get; init; }

    public IReadOnlyList<string> TestPrimitives() => Primitive is null ? _mesh.TestPrimitives() : [Primitive];

    public string Identity(TestNode node) =>
        OneIdentity ? "00112233445566778899aabbccddeeff:00000001" : _mesh.Identity(node);

    public void Restart(TestNode node) => _mesh.Restart(node);

    public IReadOnlyList<byte[]>? ReadStorage(TestNode node) =>
        OneIdentity ? [Encoding.ASCII.GetBytes("id=" + Identity(node))] : _mesh.ReadStorage(node);

    public SentWhisper Whisper(TestNode node, string intent, string text)
    {
        SentWhisper sent = _mesh.Whisper(node, intent, text);
        return IsClear
            ? sent with { Frame = [.. Encoding.UTF8.GetBytes(text), .. new byte[sent.Frame.Length - text.Length]] }
            : sent;
    }

    public SentWhisper Broadcast(TestNode node, string text) =>
        Throws ? throw new InvalidOperationException("on purpose") : _mesh.Broadcast(node, text);

    public int CountKeysThatOpen(TestNode node, byte[] frame) => Keys ?? _mesh.CountKeysThatOpen(node, frame);

    public bool Hears(TestNode node, string text) => !IsDeaf && _mesh.Hears(node, text);

    public bool Holds(TestNode node, SentWhisper whisper) => !IsDeaf && _mesh.Holds(node, whisper);

    public bool HasHeard(TestNode node, string text) => _mesh.HasHeard(node, text);

    public void Dispose() => _mesh.Dispose();
}
