namespace WhispurrNet.Monitor.Tests.Support;

/// <summary>
/// What a receiver makes of bytes that were sent at another baud rate: the line level bit by bit (start bit low, 8 bits
/// from the lowest, stop bit high), sampled in the middle of the receiver's own bits. A byte without a stop bit counts as
/// it came, and the receiver waits for the line to be high again.
/// </summary>
internal static class UartLine
{
    private const int FrameBits = 10;

    /// <summary>Sends at one rate and receives at another.</summary>
    public static byte[] Resample(ReadOnlySpan<byte> sent, int sentBaud, int readBaud)
    {
        bool[] levels = new bool[sent.Length * FrameBits];
        for (int i = 0; i < sent.Length; i++)
        {
            levels[i * FrameBits] = false;
            for (int bit = 0; bit < 8; bit++)
            {
                levels[(i * FrameBits) + 1 + bit] = ((sent[i] >> bit) & 1) != 0;
            }

            levels[(i * FrameBits) + 9] = true;
        }

        double bitsPerBit = (double)sentBaud / readBaud;
        bool Level(double at) => at >= levels.Length || levels[(int)at];
        var read = new List<byte>();
        double time = 0;
        double step = Math.Min(bitsPerBit, 1) / 16;
        while (time < levels.Length)
        {
            if (Level(time))
            {
                time += step;
                continue;
            }

            byte value = 0;
            for (int bit = 0; bit < 8; bit++)
            {
                value |= (byte)((Level(time + (bitsPerBit * (bit + 1.5))) ? 1 : 0) << bit);
            }

            read.Add(value);
            time += bitsPerBit * 9.5;
            while (!Level(time))
            {
                time += step;
            }
        }

        return [.. read];
    }
}
