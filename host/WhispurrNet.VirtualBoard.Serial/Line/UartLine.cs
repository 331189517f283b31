namespace WhispurrNet.Virtual.Serial.Line;

/// <summary>What a UART reads of another one that sends at another rate: 8 data bits, no parity, one stop bit.</summary>
public static class UartLine
{
    private const int BitsPerByte = 10;

    /// <summary>Sends bytes at one rate and reads them at another.</summary>
    /// <param name="sent">The bytes.</param>
    /// <param name="sentBaud">Bits a second of the sender.</param>
    /// <param name="readBaud">Bits a second of the reader.</param>
    /// <returns>What the reader takes for bytes; the bytes themselves at the same rate.</returns>
    public static byte[] Resample(ReadOnlySpan<byte> sent, int sentBaud, int readBaud)
    {
        if (sentBaud == readBaud)
        {
            return sent.ToArray();
        }

        bool[] levels = Levels(sent);
        double ratio = (double)sentBaud / readBaud;
        var read = new List<byte>();
        double at = 0;
        while (at < levels.Length)
        {
            if (Level(levels, at))
            {
                // Idle, or a one: the reader waits for the line to fall, which it does only where a bit begins.
                at = Math.Floor(at) + 1;
                continue;
            }

            int value = 0;
            for (int bit = 0; bit < 8; bit++)
            {
                if (Level(levels, at + ((bit + 1.5) * ratio)))
                {
                    value |= 1 << bit;
                }
            }

            // Without a stop bit it is a framing error, which most drivers pass on as a byte like any other.
            read.Add((byte)value);
            at += (BitsPerByte - 0.5) * ratio;
        }

        return [.. read];
    }

    private static bool Level(bool[] levels, double at) => at >= levels.Length || levels[(int)at];

    private static bool[] Levels(ReadOnlySpan<byte> sent)
    {
        bool[] levels = new bool[sent.Length * BitsPerByte];
        for (int i = 0; i < sent.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                levels[(i * BitsPerByte) + 1 + bit] = (sent[i] & (1 << bit)) != 0;
            }

            levels[(i * BitsPerByte) + 9] = true;
        }

        return levels;
    }
}
