using WhispurrNet.ReconcileStudy.Device;

namespace WhispurrNet.ReconcileStudy;

/// <summary>What the two sides hold and have seen.</summary>
internal sealed class Situation
{
    private const ulong IdBits = 0xFFFFFFFFFFFF;

    /// <summary>Draws one.</summary>
    /// <param name="scale">How much each side holds and has seen.</param>
    /// <param name="differences">Frames of one side that the other has not seen; the first has one more if they are odd.</param>
    /// <param name="gone">Frames of each side that the other has seen and holds no more.</param>
    /// <param name="random">Draws.</param>
    public Situation(Scale scale, int differences, int gone, Random random)
    {
        random.NextBytes(Key);
        int[] lacking = [(differences + 1) / 2, differences / 2];
        ulong[] both = Ids(random, scale.Held - lacking[0] - gone);
        ulong[] old = Ids(random, scale.Seen);
        ulong[][] only = [Ids(random, lacking[0]), Ids(random, scale.Held - both.Length - gone)];
        ulong[][] fading = [Ids(random, gone), Ids(random, gone)];

        // With an odd number the second side holds one more that the first has seen, so that both hold equally many.
        ulong[] spare = only[1][lacking[1]..];
        only[1] = only[1][..lacking[1]];
        for (int i = 0; i < 2; i++)
        {
            ulong[] held = [.. both, .. only[i], .. fading[i], .. i == 1 ? spare : []];
            ulong[] seen = [.. held, .. fading[1 - i], .. i == 0 ? spare : []];
            Sides[i] = new IdSets(Shuffled(held, random), Shuffled([.. seen, .. old[seen.Length..]], random));
            HashSet<ulong> wanted = [.. only[i]];
            Wanted[i] = [.. Enumerable.Range(0, held.Length).Where(place => wanted.Contains(Sides[i].Held[place]))];
        }
    }

    /// <summary>Key of the link.</summary>
    public byte[] Key { get; } = new byte[16];

    /// <summary>The side that begins, and the other.</summary>
    public IdSets[] Sides { get; } = new IdSets[2];

    /// <summary>Places of the frames that the other side has not seen.</summary>
    public HashSet<int>[] Wanted { get; } = new HashSet<int>[2];

    private static ulong[] Ids(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64() & IdBits)];

    private static ulong[] Shuffled(ulong[] ids, Random random)
    {
        random.Shuffle(ids);
        return ids;
    }
}
