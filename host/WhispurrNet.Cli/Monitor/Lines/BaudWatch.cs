using System.Numerics;

namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>
/// Notices that a port runs at another baud rate than the board. A chip that starts writes at 115200 whatever comes
/// later, so a burst of noise is no sign; noise that goes on without a line of text or a packet is.
/// </summary>
internal sealed class BaudWatch
{
    /// <summary>How long noise must have gone on.</summary>
    public const int NoiseMs = 1_500;

    /// <summary>How many bytes of noise at least.</summary>
    public const int MinNoise = 64;

    /// <summary>How many bytes of noise are enough at any time: more than a chip writes while it starts.</summary>
    public const int EnoughNoise = 16_384;

    private const int CleanLine = 8;

    // Of a board that writes faster than it is read, every fifth byte is no text; of one that is read right, none is.
    private const int SuspiciousPart = 8;

    // Of 7 places between the bits of a byte, chance changes the bit at 3.5. A slower line holds each bit for longer.
    private const double ChangesOfSlowLine = 2.9;

    /// <summary>The rates that boards use, the commonest first.</summary>
    public static readonly int[] Rates = [921_600, 115_200, 460_800, 230_400, 57_600, 9_600];

    private readonly HashSet<int> _tried = [];
    private long _noise;
    private long _bytes;
    private long _changes;
    private long _sinceMs;
    private bool _told;

    /// <summary>A line that came between packets.</summary>
    /// <param name="line">The line.</param>
    /// <param name="baudRate">The rate of the port.</param>
    /// <param name="nowMs">When it came.</param>
    /// <returns>The rate to try instead; null while nothing is wrong, or that was said before.</returns>
    public int? OnLine(in SerialLine line, int baudRate, long nowMs)
    {
        if (line.NonText == 0 && line.Length >= CleanLine)
        {
            OnPacket();
            return null;
        }

        if (line.NonText == 0 || line.NonText * SuspiciousPart < line.Length)
        {
            return null;
        }

        if (_noise == 0)
        {
            _sinceMs = nowMs;
        }

        _noise += line.NonText;
        foreach (byte b in line.Bytes!)
        {
            _changes += BitOperations.PopCount((uint)((b ^ (b >> 1)) & 0x7F));
        }

        _bytes += line.Length;
        if (_told || _noise < MinNoise || (nowMs - _sinceMs < NoiseMs && _noise < EnoughNoise))
        {
            return null;
        }

        _told = true;
        return Suggest(baudRate);
    }

    /// <summary>A packet came, or text: the rate is right.</summary>
    public void OnPacket()
    {
        _tried.Clear();
        Restart();
    }

    /// <summary>The port has another rate from now on.</summary>
    public void Restart()
    {
        _noise = 0;
        _bytes = 0;
        _changes = 0;
        _told = false;
    }

    private int Suggest(int baudRate)
    {
        _tried.Add(baudRate);
        if (Rates.All(_tried.Contains))
        {
            _tried.Clear();
            _tried.Add(baudRate);
        }

        bool slower = (double)_changes / _bytes < ChangesOfSlowLine;
        return Rates.Where(rate => !_tried.Contains(rate))
            .OrderBy(rate => slower == rate < baudRate ? 0 : 1)
            .First();
    }
}
