using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.NoiseFuzz.Handshakes;

/// <summary>Makes messages that nobody wrote.</summary>
internal static class Spoiler
{
    /// <summary>
    /// Points of small order, RFC 7748 section 7 and what equals them modulo 2^255 - 19: a shared secret with them is zero.
    /// </summary>
    public static readonly byte[][] SmallOrder =
    [
        new byte[32],
        [1, .. new byte[31]],
        Convert.FromHexString("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
        Convert.FromHexString("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];

    /// <summary>Spoils a message, or makes one up.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="message">A message.</param>
    /// <param name="other">Another one.</param>
    /// <returns>The spoilt message, and how it was spoilt.</returns>
    public static (byte[] Message, string How) Spoil(Random random, byte[] message, byte[] other)
    {
        byte[] spoilt = [.. message];
        switch (random.Next(8))
        {
            case 0 when message.Length > 0:
                spoilt[random.Next(spoilt.Length)] ^= (byte)(1 << random.Next(8));
                return (spoilt, "a bit flipped");
            case 1 when message.Length > 0:
                return (message[..random.Next(message.Length)], "truncated");
            case 2:
                return ([.. message, .. Bytes(random, random.Next(1, 40))], "lengthened");
            case 3:
                return (Bytes(random, random.Next(200)), "random bytes");
            case 4:
                return (Bytes(random, message.Length), "random bytes of the length");
            case 5 when message.Length >= X25519.KeySize:
                SmallOrder[random.Next(SmallOrder.Length)].CopyTo(spoilt, 0);
                return (spoilt, "a point of small order");
            case 6:
                int cut = random.Next(Math.Min(message.Length, other.Length) + 1);
                return ([.. message[..cut], .. other[cut..]], "two messages spliced");
            default:
                for (int i = random.Next(1, 20); i > 0 && spoilt.Length > 0; i--)
                {
                    spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                }

                return (spoilt, "bytes overwritten");
        }
    }

    public static bool IsSmallOrder(byte[] point) => SmallOrder.Any(p => p.AsSpan().SequenceEqual(point));

    public static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
