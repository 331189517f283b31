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
/// The chip's random generator (<c>esp_random</c>): a stream of 32-bit draws that no program can seed, random only while a radio
/// is on (facts 5). With a
/// host seed it repeats, for reproducible runs; without one it is the operating system's generator. The host may break
/// it at any time.
/// </summary>
public sealed class BoardRandom
{
    private readonly object _lock = new();
    private readonly Dictionary<string, Random> _streams = [];
    private readonly int? _seed;
    private Random _early = new(0);
    private Func<bool>? _isRadioOn;
    private long _earlyBytes;

    /// <summary>Makes the generator; a seed makes it repeatable and therefore unfit for keys.</summary>
    public BoardRandom(int? seed) => _seed = seed;

    /// <summary>
    /// Bytes drawn in this power cycle while neither Bluetooth nor Wi-Fi was on. They come from a plain generator and
    /// are the same after every start of the board: unfit for keys (facts 5).
    /// </summary>
    public long EarlyBytes => Interlocked.Read(ref _earlyBytes);

    /// <summary>What is wrong with it.</summary>
    public RandomFault Fault { get; set; }

    /// <summary>Starts a power cycle.</summary>
    /// <param name="chip">A number of the chip's own, which decides what it draws early.</param>
    /// <param name="isRadioOn">Whether Bluetooth or Wi-Fi is on now.</param>
    public void PowerOn(ulong chip, Func<bool> isRadioOn)
    {
        lock (_lock)
        {
            _early = new Random((int)(chip ^ (chip >> 32)));
            _isRadioOn = isRadioOn;
            _earlyBytes = 0;
        }
    }

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
        bool isEarly = _isRadioOn is { } isRadioOn && !isRadioOn();
        if (isEarly)
        {
            Interlocked.Add(ref _earlyBytes, buffer.Length);
        }

        if (_seed is null && !isEarly)
        {
            RandomNumberGenerator.Fill(buffer);
            return;
        }

        lock (_lock)
        {
            (_seed is { } seed ? StreamOf(seed) : _early).NextBytes(buffer);
        }
    }

    // A stream for each thread: which of two draws first is for the host's scheduler to say, and must not matter.
    private Random StreamOf(int seed)
    {
        string key = BoardThread.Current?.Key ?? "";
        if (!_streams.TryGetValue(key, out Random? stream))
        {
            uint hash = 2_166_136_261;
            foreach (char c in key)
            {
                hash = (hash ^ c) * 16_777_619;
            }

            _streams[key] = stream = new Random(seed ^ (int)hash);
        }

        return stream;
    }
}
