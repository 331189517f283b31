using System.Text.Json.Serialization;

namespace WhispurrNet.Cli.Up;

/// <summary>How one kind of whisper fared.</summary>
/// <param name="Kind">resonance or broadcast.</param>
/// <param name="Sent">Whispers sent.</param>
/// <param name="Delivered">Whispers that all their addressees have, unchanged.</param>
/// <param name="Hops">Bluetooth hops to the farthest addressee; null when it was not delivered.</param>
/// <param name="LatencyMs">Board time until the last addressee had it; null when it was not delivered.</param>
internal sealed record KindReport(string Kind, int Sent, int Delivered, int? Hops, long? LatencyMs);

/// <summary>How an unattended run ended.</summary>
/// <param name="Boards">Boards on the line.</param>
/// <param name="Speed">Board seconds in one real second.</param>
/// <param name="Kinds">Each kind of whisper.</param>
/// <param name="RelaysThatCouldRead">Nodes outside a whisper's addressees that opened it with everything they
/// hold.</param>
internal sealed record UnattendedReport(
    int Boards, double Speed, IReadOnlyList<KindReport> Kinds, int RelaysThatCouldRead)
{
    /// <summary>Whether everything arrived and nobody between could read it.</summary>
    [JsonIgnore]
    public bool IsGood => Kinds.All(k => k.Sent > 0 && k.Delivered == k.Sent) && RelaysThatCouldRead == 0;
}
