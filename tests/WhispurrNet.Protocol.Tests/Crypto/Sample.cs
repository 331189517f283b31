namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>Seeded test data: the seed is the test's own and part of its name in a failure.</summary>
internal sealed class Sample(int seed)
{
    private readonly Random _random = new(seed);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    public int Below(int exclusiveMax)
    {
        return _random.Next(exclusiveMax);
    }

    /// <summary>The bytes inside a larger random buffer, with guard bytes on both sides.</summary>
    public (byte[] Buffer, int Offset) Embed(byte[] bytes)
    {
        int offset = 1 + Below(20);
        byte[] buffer = Bytes(offset + bytes.Length + 1 + Below(20));
        bytes.CopyTo(buffer, offset);
        return (buffer, offset);
    }
}
