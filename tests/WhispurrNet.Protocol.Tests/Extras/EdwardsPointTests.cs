using System.Numerics;
using System.Reflection;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Tests.Crypto;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Extras;

/// <summary>Encodings of points and arithmetic of scalars, against big integers.</summary>
public class EdwardsPointTests
{
    /// <summary>The nineteen y that have a second encoding of 255 bits, with both signs.</summary>
    [Fact]
    public void OnlyTheSmallestEncodingIsRead()
    {
        for (int y = 0; y < 19; y++)
        {
            for (int sign = 0; sign < 2; sign++)
            {
                byte[] first = EdwardsReference.Bytes(y), second = EdwardsReference.Bytes(EdwardsReference.P + y);
                first[31] |= (byte)(sign << 7);
                second[31] |= (byte)(sign << 7);

                Assert.Equal(IsPoint(y, sign), Decodes(first));
                Assert.False(Decodes(second));
            }
        }
    }

    [Fact]
    public void TheOneWithoutSignHasOneEncoding()
    {
        foreach (BigInteger y in new[] { BigInteger.One, EdwardsReference.P - 1 })
        {
            byte[] encoded = EdwardsReference.Bytes(y);
            Assert.True(Decodes(encoded));
            encoded[31] |= 0x80;
            Assert.False(Decodes(encoded));
        }
    }

    [Fact]
    public void PointsAreReadAndWrittenUnchanged()
    {
        var sample = new Sample(41);
        for (int round = 0; round < 100; round++)
        {
            byte[] encoded = sample.Bytes(32), written = new byte[32];
            object point = Make("EdwardsPoint"), encoding = Make("EdwardsEncoding");
            bool decodes = (bool)Call(encoding, "Decode", point, encoded, 0)!;
            BigInteger y = EdwardsReference.Number(encoded) & (BigInteger.Pow(2, 255) - 1);

            Assert.Equal(y < EdwardsReference.P && IsPoint(y, encoded[31] >> 7), decodes);
            if (decodes)
            {
                Call(encoding, "Encode", point, written, 0);
                Assert.Equal(encoded, written);
            }
        }
    }

    [Fact]
    public void SmallOrdersAreFound()
    {
        for (int multiple = 0; multiple < 8; multiple++)
        {
            Assert.True(IsOfSmallOrder(EdwardsReference.Multiply(multiple, EdwardsReference.Torsion)));
            Assert.False(IsOfSmallOrder(EdwardsReference.Add(
                EdwardsReference.Base, EdwardsReference.Multiply(multiple, EdwardsReference.Torsion))));
        }
    }

    [Fact]
    public void ScalarsAreReducedAndMultiplied()
    {
        var sample = new Sample(42);
        foreach (byte[] wide in Wide(sample))
        {
            byte[] reduced = new byte[32], product = new byte[40], a = wide[..32], b = wide[32..], c = sample.Bytes(32);
            object scalars = Make("EdwardsScalar");
            Call(scalars, "Reduce", wide, reduced);
            Assert.Equal(EdwardsReference.Number(wide) % EdwardsReference.L, EdwardsReference.Number(reduced));

            Call(scalars, "MultiplyAdd", a, b, c, product, 8);
            BigInteger expected = (EdwardsReference.Number(a) * EdwardsReference.Number(b)) + EdwardsReference.Number(c);
            Assert.Equal(expected % EdwardsReference.L, EdwardsReference.Number(product.AsSpan(8)));
        }
    }

    /// <summary>Any number below 2^255, odd or even, below the order or not: so also clamped ones.</summary>
    [Fact]
    public void MultiplesOfTheBasePointAreThoseOfTheCurve()
    {
        var sample = new Sample(43);
        BigInteger most = BigInteger.Pow(2, 255) - 1;
        foreach (BigInteger scalar in new[]
            {
                0, 1, 2, 8, EdwardsReference.L - 1, EdwardsReference.L, EdwardsReference.L + 1, (2 * EdwardsReference.L) - 1,
                most, most - 1, BigInteger.Pow(2, 254), BigInteger.Pow(2, 192), BigInteger.Pow(2, 64) - 1,
            }
            .Concat(Enumerable.Range(0, 30).Select(_ => EdwardsReference.Number(sample.Bytes(32)) & most)))
        {
            byte[] encoded = new byte[32];
            object point = Make("EdwardsPoint");
            Call(point, "MultiplyBase", EdwardsReference.Bytes(scalar));
            Call(Make("EdwardsEncoding"), "Encode", point, encoded, 0);

            Assert.Equal(
                EdwardsReference.Encode(EdwardsReference.Multiply(scalar % EdwardsReference.L, EdwardsReference.Base)),
                encoded);
        }
    }

    /// <summary>All constants in the code, from nothing but the curve's equation.</summary>
    [Fact]
    public void TheTablesHoldMultiplesOfTheBasePoint()
    {
        for (int row = 0; row < 2; row++)
        {
            for (int number = 0; number < 8; number++)
            {
                object[] arguments = [new ulong[12], .. Enumerable.Range(0, 8).Select(i => (object)(i == number ? ulong.MaxValue : 0))];
                Invoke("EdwardsBaseTable", row == 0 ? "SelectLow" : "SelectHigh", arguments);
                BigInteger multiple = BigInteger.Pow(2, 192);
                for (int tooth = 0; tooth < 3; tooth++)
                {
                    multiple += ((number >> tooth) & 1) == 0 ? -BigInteger.Pow(2, 64 * tooth) : BigInteger.Pow(2, 64 * tooth);
                }

                Assert.Equal(EntryOf(multiple << (32 * row)), (ulong[])arguments[0]);
            }
        }

        for (int number = 0; number < 8; number++)
        {
            object[] arguments = [new ulong[12], number];
            Invoke("EdwardsOddMultiples", "Read", arguments);
            Assert.Equal(EntryOf((2 * number) + 1), (ulong[])arguments[0]);
        }
    }

    [Fact]
    public void ScratchIsOverwritten()
    {
        byte[] secret = new Sample(44).Bytes(64), result = new byte[32];
        object scalars = Make("EdwardsScalar");
        Call(scalars, "Reduce", secret, result);
        WipeTests.AssertFresh(Make("EdwardsScalar"), scalars);
        Call(scalars, "MultiplyAdd", secret[..32], secret[32..], result, result, 0);
        WipeTests.AssertFresh(Make("EdwardsScalar"), scalars);

        object point = Make("EdwardsPoint"), encoding = Make("EdwardsEncoding");
        Call(point, "MultiplyBase", result);
        Call(encoding, "Encode", point, new byte[32], 0);
        Assert.ThrowsAny<Exception>(() => WipeTests.AssertFresh(Make("EdwardsPoint"), point));
        Assert.ThrowsAny<Exception>(() => WipeTests.AssertFresh(Make("EdwardsEncoding"), encoding));
        Call(point, "Wipe");
        Call(encoding, "Wipe");
        WipeTests.AssertFresh(Make("EdwardsPoint"), point);
        WipeTests.AssertFresh(Make("EdwardsEncoding"), encoding);
    }

    private static IEnumerable<byte[]> Wide(Sample sample)
    {
        yield return new byte[64];
        yield return [.. Enumerable.Repeat((byte)0xFF, 64)];
        for (int limb = 0; limb < 64; limb++)
        {
            byte[] one = new byte[64];
            one[limb] = 0xFF;
            yield return one;
        }

        // Around the multiples of L, where one step too many or too few shows.
        for (int power = 0; power < 256; power += 5)
        {
            BigInteger multiple = EdwardsReference.L << power;
            foreach (BigInteger near in new[] { multiple - 1, multiple, multiple + 1 })
            {
                var bytes = new byte[64];
                near.TryWriteBytes(bytes, out _, isUnsigned: true);
                yield return bytes;
            }
        }

        for (int round = 0; round < 500; round++)
        {
            yield return sample.Bytes(64);
        }
    }

    private static bool IsPoint(BigInteger y, int sign)
    {
        try
        {
            var point = EdwardsReference.Decode(y, sign);
            return point.X != 0 || sign == 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // (y+x)/2, (y-x)/2 and d x y of a multiple of the base point, 256 bits each.
    private static ulong[] EntryOf(BigInteger multiple)
    {
        BigInteger p = EdwardsReference.P, half = (p + 1) / 2;
        var (x, y) = EdwardsReference.Multiply(multiple % EdwardsReference.L, EdwardsReference.Base);
        return
        [
            .. new[] { (y + x) * half % p, (y - x + p) * half % p, EdwardsReference.D * x % p * y % p }
                .SelectMany(part => Enumerable.Range(0, 4).Select(word => (ulong)((part >> (64 * word)) & ulong.MaxValue))),
        ];
    }

    private static bool Decodes(byte[] encoded) =>
        (bool)Call(Make("EdwardsEncoding"), "Decode", Make("EdwardsPoint"), encoded, 0)!;

    private static bool IsOfSmallOrder((BigInteger X, BigInteger Y) reference)
    {
        object point = Make("EdwardsPoint"), encoding = Make("EdwardsEncoding");
        Assert.True((bool)Call(encoding, "Decode", point, EdwardsReference.Encode(reference), 0)!);
        return (bool)Call(encoding, "IsOfSmallOrder", point)!;
    }

    private static object Make(string type) => Activator.CreateInstance(TypeOf(type), true)!;

    private static Type TypeOf(string type) =>
        typeof(X25519).Assembly.GetType("WhispurrNet.Protocol.Crypto." + type)
            ?? typeof(Ed25519).Assembly.GetType("WhispurrNet.Protocol.Extras.Crypto." + type, throwOnError: true)!;

    private static object? Call(object target, string method, params object[] arguments)
    {
        return target.GetType().GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!
            .Invoke(target, arguments);
    }

    private static void Invoke(string type, string method, object[] arguments) =>
        TypeOf(type).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, arguments);
}
