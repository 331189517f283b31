namespace WhispurrNet.Serial;

/// <summary>How to open a port.</summary>
/// <param name="BaudRate">Bits a second, 1 to 4,000,000.</param>
/// <param name="Exclusive">Whether to keep other programs out, where the system can.</param>
/// <param name="AssertLines">
/// Whether to raise DTR and RTS. Many boards reset by them; null leaves them as the system leaves them.
/// </param>
public sealed record SerialPortOptions(int BaudRate = 921_600, bool Exclusive = true, bool? AssertLines = null)
{
    /// <summary>The highest rate, in bits a second: what the fastest common USB bridges do.</summary>
    public const int MaxBaudRate = 4_000_000;

    internal static void CheckBaudRate(int baudRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(baudRate, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(baudRate, MaxBaudRate);
    }
}
