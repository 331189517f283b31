namespace WhispurrNet.ReconcileStudy;

/// <summary>How large the two sides are, and what carries their records.</summary>
/// <param name="Name">What the tables say.</param>
/// <param name="Held">Frames that each side holds.</param>
/// <param name="Seen">Ids that each side has seen, those of held frames included.</param>
/// <param name="Differences">Frames that one side holds and the other has not seen, both sides together.</param>
/// <param name="Gone">Of the frames that one side holds, those that the other has seen and holds no more; figures for the second table.</param>
/// <param name="GoneDifferences">Differences in the second table.</param>
/// <param name="Methods">What is compared.</param>
/// <param name="RoundMs">Time of one turn: what both sides have to say.</param>
/// <param name="WorkMs">Time of so many IL instructions.</param>
internal sealed record Scale(
    string Name,
    int Held,
    int Seen,
    int[] Differences,
    int Gone,
    int[] GoneDifferences,
    IReadOnlyList<Method> Methods,
    Func<Turn, double> RoundMs,
    Func<double, double> WorkMs)
{
    /// <summary>A full board: an offer names all of its frames.</summary>
    public static Scale Boards { get; } = new(
        "boards", 64, 768, [0, 1, 2, 4, 8, 16, 64], 16, [0, 4, 16], Method.ForBoards, LinkTime.BluetoothMs,
        LinkTime.BoardMs);

    /// <summary>A gateway with a full store.</summary>
    public static Scale Gateways { get; } = new(
        "gateways", 1024, 12288, [0, 1, 2, 4, 8, 16, 64, 256, 1024], 128, [0, 4, 64], Method.ForGateways,
        LinkTime.WebSocketMs, _ => 0);
}
