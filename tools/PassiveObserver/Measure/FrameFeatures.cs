using System.Numerics;
using WhispurrNet.PassiveObserver.Capture;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>What can be measured of the bytes and counters of frames; nothing of when they came.</summary>
internal static class FrameFeatures
{
    private const int Earlier = 32;
    private const int LeastMatch = 2;

    // Fields as an observer knows them: tag, admission MAC, nonce, ciphertext, seal's tag.
    private static readonly (int From, int To)[] Fields = [(2, 10), (10, 18), (18, 42), (42, 237), (237, 253)];

    /// <summary>
    /// Of one frame: every byte; of each field the bits set and how often bytes repeat; the counters; how like it is to the
    /// frames that came before it.
    /// </summary>
    public static double[] Of(Sighting sighting, IReadOnlyList<Sighting> before)
    {
        byte[] frame = sighting.Bytes;

        // The expiry hour is taken by its distance from now, among the counters: by itself it is the time of day.
        List<double> features =
            [.. frame[FrameLayout.TagOffset..FrameLayout.ImmutableSize(frame.Length)].Select(b => b / 255.0)];
        foreach ((int from, int to) in Fields)
        {
            features.Add(Bits(frame.AsSpan(from, to - from)));
            features.Add(frame[from..to].Distinct().Count());
            features.Add(frame[from..to].GroupBy(b => b).Max(g => g.Count()));
        }

        Counters(sighting, features);
        foreach ((int from, int to) in Fields)
        {
            int nearest = int.MaxValue;
            int equal = 0;
            foreach (Sighting other in before)
            {
                nearest = Math.Min(nearest, Distance(frame, other.Bytes, from, to));
                equal += Equal(frame, other.Bytes, from, to) >= LeastMatch ? 1 : 0;
            }

            features.Add(before.Count == 0 ? (to - from) * 4 : nearest);
            features.Add(equal);
        }

        return [.. features];
    }

    /// <summary>Of two frames: each byte's equality, distances field by field, differences of the counters.</summary>
    public static double[] OfPair(Sighting one, Sighting other)
    {
        List<double> features = [];
        for (int i = 0; i < FrameLayout.ImmutableSize(one.Bytes.Length); i++)
        {
            features.Add(one.Bytes[i] == other.Bytes[i] ? 1 : 0);
        }

        foreach ((int from, int to) in Fields)
        {
            features.Add(Distance(one.Bytes, other.Bytes, from, to));
            features.Add(Equal(one.Bytes, other.Bytes, from, to));
            features.Add(one.Bytes[from..to].Intersect(other.Bytes[from..to]).Count());
        }

        List<double> first = [];
        List<double> second = [];
        Counters(one, first);
        Counters(other, second);
        features.AddRange(first.Zip(second, (a, b) => Math.Abs(a - b)));
        features.AddRange(first.Zip(second, (a, b) => a + b));
        return [.. features];
    }

    /// <summary>The frames that came before one, as many as are looked at.</summary>
    public static IReadOnlyList<Sighting> Before(IReadOnlyList<Sighting> all, int index)
    {
        return [.. all.Skip(Math.Max(0, index - Earlier)).Take(Math.Min(index, Earlier))];
    }

    private static void Counters(Sighting sighting, List<double> features)
    {
        byte[] frame = sighting.Bytes;
        int hops = FrameCodec.ReadHopBudget(frame, 0, frame.Length);
        int units = FrameCodec.ReadLifetimeUnits(frame, 0, frame.Length);
        byte hour = frame[FrameLayout.ExpiryHourOffset];

        // By whole hours: the minute at which a frame came is a time, and boards that were switched on together renew
        // their cards together.
        uint now = (ObservedMesh.Epoch + (uint)(sighting.AtMs / 1000)) / 3600 * 3600;
        uint left = ExpiryHour.SecondsLeft(hour, now);
        features.Add(hops);
        features.Add(units);
        features.Add(units % 256);
        features.Add(units / 256);
        features.Add(hour == ExpiryHour.Unknown ? 1 : 0);
        features.Add(left == uint.MaxValue ? -1 : left / 3600.0);
        features.Add(left == uint.MaxValue ? -1 : (left / 3600.0) - (units / 900.0));
    }

    private static int Bits(ReadOnlySpan<byte> bytes)
    {
        int bits = 0;
        foreach (byte b in bytes)
        {
            bits += BitOperations.PopCount(b);
        }

        return bits;
    }

    private static int Distance(byte[] one, byte[] other, int from, int to)
    {
        int bits = 0;
        for (int i = from; i < to; i++)
        {
            bits += BitOperations.PopCount((uint)(one[i] ^ other[i]));
        }

        return bits;
    }

    private static int Equal(byte[] one, byte[] other, int from, int to)
    {
        int equal = 0;
        for (int i = from; i < to; i++)
        {
            equal += one[i] == other[i] ? 1 : 0;
        }

        return equal;
    }
}
