using WhispurrNet.Instrumentation;
namespace WhispurrNet.IlCounter.Tests;

/// <summary>Secrets that code must not show: extremes first, then random ones, the same in every run.</summary>
internal static class Secrets
{
    /// <summary>Bytes of each.</summary>
    public const int Size = 128;

    private const int Seed = 7748;

    public static IEnumerable<byte[]> Many(int count)
    {
        Random random = new(Seed);
        for (int i = 0; i < count; i++)
        {
            byte[] secret = new byte[Size];
            switch (i)
            {
                case 0:
                    break;
                case 1:
                    Array.Fill(secret, (byte)0xFF);
                    break;
                case 2:
                    Array.Fill(secret, (byte)0x01);
                    break;
                case 3:
                    Array.Fill(secret, (byte)0x80);
                    break;
                default:
                    random.NextBytes(secret);
                    break;
            }

            yield return secret;
        }
    }
}
