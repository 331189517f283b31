using WhispurrNet.ReconcileStudy.Device;

namespace WhispurrNet.ReconcileStudy;

/// <summary>A way of reconciliation under one set of figures.</summary>
/// <param name="Name">What the tables say.</param>
/// <param name="OfferEverySeconds">Least time between two offers of one side; 0 for none.</param>
/// <param name="Make">A side of it: its ids, the link's key, and whether it begins.</param>
internal sealed record Method(string Name, int OfferEverySeconds, Func<IdSets, byte[], bool, Side> Make)
{
    public static IReadOnlyList<Method> ForBoards { get; } =
    [
        Flat(6, 0, true),
        Flat(3, 0, true),
        Flat(6, 0, false),
        Flat(3, 0, false),
        new("Bloom filter of the seen", 0, (ids, key, begins) => new BloomSide(ids, key, begins)),
        new("Golomb-coded seen", 0, (ids, key, begins) => new CodedFilterSide(ids, key, begins)),
        new("Golomb-coded offers, 24 bits", 0, (ids, key, begins) => new CodedOfferSide(ids, key, begins, 24)),
        new("IBLT, from 8 cells", 0, (ids, key, begins) => new CellSide(ids, key, begins, 8)),
        Ranges(3, 6, 6),
        Ranges(4, 6, 6),
        Ranges(3, 4, 4),
    ];

    public static IReadOnlyList<Method> ForGateways { get; } =
    [
        Flat(6, 5, true),
        Flat(6, 0, true),
        Flat(6, 0, false),
        Flat(4, 0, false),
        new("Bloom filter of the seen", 0, (ids, key, begins) => new BloomSide(ids, key, begins)),
        new("Golomb-coded seen", 0, (ids, key, begins) => new CodedFilterSide(ids, key, begins)),
        new("Golomb-coded offers, 32 bits", 0, (ids, key, begins) => new CodedOfferSide(ids, key, begins, 32)),
        new("IBLT, from 16 cells", 0, (ids, key, begins) => new CellSide(ids, key, begins, 16)),
        Ranges(3, 6, 6),
        Ranges(4, 6, 6),
        Ranges(4, 4, 6),
        Ranges(4, 4, 4),
    ];

    private static Method Flat(int nameSize, int everySeconds, bool atOnce)
    {
        string how = everySeconds != 0 ? $"an offer every {everySeconds} s" : atOnce ? "both at once" : "one after the other";
        return new($"flat, names of {nameSize}, {how}", everySeconds, (ids, key, begins) =>
        {
            NamingSide side = new(ids, key, begins, nameSize);
            side.NameAll();
            if (!begins && !atOnce)
            {
                side.WaitForOffer();
            }

            return side;
        });
    }

    /// <summary>A range is cut as long as that is shorter than naming what is in it.</summary>
    private static Method Ranges(int cutBits, int sumSize, int nameSize) => new(
        $"ranges cut in {1 << cutBits}, sums of {sumSize}, names of {nameSize}",
        0,
        (ids, key, begins) => new RangeSide(ids, key, begins, cutBits, 1 << cutBits, sumSize, nameSize));
}
