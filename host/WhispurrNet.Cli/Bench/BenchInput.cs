namespace WhispurrNet.Cli.Bench;

/// <summary>What all providers work on: the same sizes as the operations of the device build have.</summary>
internal sealed class BenchInput
{
    /// <summary>Bytes of associated data.</summary>
    public const int AssociatedSize = 18;

    /// <summary>Bytes that a tag adds.</summary>
    public const int TagSize = 16;

    private const int Longest = 1024;

    /// <summary>A key, a scalar or a seed of 32 bytes.</summary>
    public byte[] Key { get; } = Bytes(32, 1);

    /// <summary>A point of 32 bytes.</summary>
    public byte[] Point { get; } = Bytes(32, 2);

    /// <summary>24 bytes, of which the short nonce has the first 12.</summary>
    public byte[] Nonce { get; } = Bytes(24, 3);

    /// <summary>The short nonce.</summary>
    public byte[] ShortNonce { get; } = Bytes(24, 3)[..12];

    /// <summary>Associated data.</summary>
    public byte[] Associated { get; } = Bytes(AssociatedSize, 4);

    /// <summary>1,024 bytes to seal, to hash or to sign from.</summary>
    public byte[] Plain { get; } = Bytes(Longest, 5);

    /// <summary>Room for what comes out.</summary>
    public byte[] Output { get; } = new byte[Longest + TagSize];

    /// <summary>A copy of the first bytes of <see cref="Plain"/>.</summary>
    public byte[] Message(int count) => Plain[..count];

    private static byte[] Bytes(int count, int use)
    {
        byte[] bytes = new byte[count];
        new Random(use).NextBytes(bytes);
        return bytes;
    }
}
