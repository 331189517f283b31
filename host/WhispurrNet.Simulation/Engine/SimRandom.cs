using System.Numerics;

namespace WhispurrNet.Simulation.Engine;

/// <summary>
/// xoshiro256** (Blackman and Vigna), seeded by SplitMix64: integers only, so that a seed means the same on every machine
/// and every version of .NET.
/// </summary>
internal sealed class SimRandom
{
    /// <summary>Denominator of <see cref="Chance"/>.</summary>
    public const uint Million = 1_000_000;

    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>A stream of its own for each seed.</summary>
    public SimRandom(ulong seed)
    {
        _a = Mix(ref seed);
        _b = Mix(ref seed);
        _c = Mix(ref seed);
        _d = Mix(ref seed);
    }

    /// <summary>A stream for one concern of a world, so that what one draws does not shift the others.</summary>
    public static SimRandom For(int seed, uint concern, uint index = 0)
    {
        return new SimRandom(((ulong)(uint)seed << 32) ^ ((ulong)concern << 56) ^ (index * 0x9E3779B97F4A7C15UL));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number below <paramref name="bound"/>, which is 1 or more; biased by less than one in 2^32.</summary>
    public uint NextBelow(uint bound)
    {
        return (uint)(((NextUInt64() >> 32) * bound) >> 32);
    }

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public long Between(long min, long max)
    {
        return min + NextBelow((uint)(max - min + 1));
    }

    /// <summary>True so many times in a million.</summary>
    public bool Chance(uint partsPerMillion)
    {
        return partsPerMillion != 0 && NextBelow(Million) < partsPerMillion;
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
