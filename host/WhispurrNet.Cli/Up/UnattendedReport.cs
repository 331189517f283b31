using System.Text.Json.Serialization;

namespace WhispurrNet.Cli.Up;

/// <summary>How one kind of whisper fared.</summary>
/// <param name="Kind">resonance, broadcast, emergency or direct.</param>
/// <param name="Sent">Whispers sent.</param>
/// <param name="Delivered">Whispers that all their addressees have, unchanged and as this kind.</param>
/// <param name="Hops">Bluetooth hops to the farthest addressee; null when it was not delivered.</param>
/// <param name="LatencyMs">Board time until the last addressee had it; null when it was not delivered.</param>
/// <param name="RelaysThatCouldRead">Nodes outside its addressees that opened it with everything they hold.</param>
internal sealed record KindReport(
    string Kind, int Sent, int Delivered, int? Hops, long? LatencyMs, int RelaysThatCouldRead);

/// <summary>How the far end's direct whisper back to the desk fared.</summary>
/// <param name="From">The board at the far end.</param>
/// <param name="Sent">1 when the board could send it.</param>
/// <param name="Delivered">1 when the desk has it, unchanged.</param>
/// <param name="Proven">Whether it proved to the desk who sent it.</param>
/// <param name="Hops">Bluetooth hops; null when it was not delivered.</param>
/// <param name="LatencyMs">Board time until the desk had it; null when it was not delivered.</param>
/// <param name="RelaysThatCouldRead">Boards and relay that opened it with everything they hold.</param>
internal sealed record AnswerReport(
    string From, int Sent, int Delivered, bool Proven, int? Hops, long? LatencyMs, int RelaysThatCouldRead);

/// <summary>How an unattended run ended.</summary>
/// <param name="Boards">Boards on the line.</param>
/// <param name="Speed">Board seconds in one real second.</param>
/// <param name="ContactMs">Board time from the boards' start until the desk held the far end's contact card, before
/// which no direct whisper can be sent; null when it never did.</param>
/// <param name="Kinds">Each kind of whisper from the desk.</param>
/// <param name="Answer">The direct whisper back.</param>
/// <param name="Acknowledged">Direct whispers of which the sender knows that they were delivered: the desk's and the
/// answer. An acknowledgement needs the whole way back; a run that ends before is no worse for it.</param>
/// <param name="RelaysThatCouldRead">Nodes outside a whisper's addressees that opened any of them.</param>
internal sealed record UnattendedReport(
    int Boards,
    double Speed,
    long? ContactMs,
    IReadOnlyList<KindReport> Kinds,
    AnswerReport Answer,
    int Acknowledged,
    int RelaysThatCouldRead)
{
    /// <summary>Whether everything arrived and nobody between could read it.</summary>
    [JsonIgnore]
    public bool IsGood => Kinds.All(k => k.Sent > 0 && k.Delivered == k.Sent)
        && Answer is { Delivered: 1, Proven: true }
        && RelaysThatCouldRead == 0;
}
