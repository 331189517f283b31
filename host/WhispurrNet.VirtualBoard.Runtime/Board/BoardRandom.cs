using System.Security.Cryptography;

namespace WhispurrNet.Virtual;

/// <summary>How a random generator can be broken.</summary>
public enum RandomFault
{
    /// <summary>It is well.</summary>
    None = 0,

    /// <summary>Every byte is the same.</summary>
    Stuck = 1,

    /// <summary>Three bytes in four are the same.</summary>
    Lopsided = 2,
}

/// <summary>
/// The chip's random generator (<c>esp_random</c>): a stream of 32-bit draws that no program can seed (facts 5). With a
/// host seed it repeats, for reproducible runs; without one it is the operating system's generator. The host may break
/// it at any time.
/// </summary>
public sealed class BoardRandom
{
    private readonly Random? _seeded;

    /// <summary>Makes the generator; a seed makes it repeatable and therefore unfit for keys.</summary>
    public BoardRandom(int? seed) => _seeded = seed is { } value ? new Random(value) : null;

    /// <summary>What is wrong with it.</summary>
    public RandomFault Fault { get; set; }

    /// <summary>One 32-bit draw.</summary>
    public uint NextUInt32()
    {
        Span<byte> draw = stackalloc byte[4];
        Fill(draw);
        return BitConverter.ToUInt32(draw);
    }

    /// <summary>Fills a buffer.</summary>
    public void Fill(Span<byte> buffer)
    {
        FillWell(buffer);
        for (int i = 0; i < buffer.Length && Fault != RandomFault.None; i++)
        {
            buffer[i] = Fault == RandomFault.Stuck || buffer[i] < 192 ? (byte)0x5A : buffer[i];
        }
    }

    private void FillWell(Span<byte> buffer)
    {
        if (_seeded is null)
        {
            RandomNumberGenerator.Fill(buffer);
            return;
        }

        lock (_seeded)
        {
            _seeded.NextBytes(buffer);
        }
    }
}
