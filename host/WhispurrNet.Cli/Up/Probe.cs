namespace WhispurrNet.Cli.Up;

/// <summary>One whisper of an unattended run.</summary>
/// <param name="Kind">resonance, broadcast, emergency or direct.</param>
/// <param name="Payload">What it says.</param>
/// <param name="FrameId">The frame that carries it.</param>
/// <param name="Addressees">Boards that should read it; none when it is for the desk.</param>
internal sealed record Probe(string Kind, string Payload, string FrameId, IReadOnlyList<string> Addressees);
