using System.Reflection;
using WhispurrNet.Protocol.Crypto;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>After wiping, no field of an object holds anything that came from a key or a message.</summary>
public class WipeTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)(0xA0 + i))];

    [Fact]
    public void ChaCha20IsEmpty()
    {
        var used = new ChaCha20();
        used.SetKey(Key, 0);
        used.Xor(Key, 0, 1, Key, 0, new byte[32], 0, 32);
        used.Wipe();

        AssertFresh(new ChaCha20(), used);
    }

    [Fact]
    public void Poly1305IsEmptyAlsoAfterFinish()
    {
        var used = new Poly1305();
        used.Init(Key, 0);
        used.Update(Key, 0, 30);
        used.Wipe();
        AssertFresh(new Poly1305(), used);

        used.Init(Key, 0);
        used.Update(Key, 0, 30);
        used.Finish(new byte[16], 0);
        AssertFresh(new Poly1305(), used);
    }

    [Fact]
    public void AeadsAreEmpty()
    {
        var used = new ChaCha20Poly1305();
        used.SetKey(Key, 0);
        used.Seal(Key, 0, Key, 0, 9, Key, 0, 20, new byte[36], 0);
        used.Wipe();
        AssertFresh(new ChaCha20Poly1305(), used);

        var extended = new XChaCha20Poly1305();
        extended.SetKey(Key, 0);
        extended.Seal(Key, 0, Key, 0, 9, Key, 0, 20, new byte[36], 0);
        extended.Wipe();
        AssertFresh(new XChaCha20Poly1305(), extended, "_shortNonce");
    }

    [Fact]
    public void HChaCha20IsEmpty()
    {
        var used = new HChaCha20();
        used.SetKey(Key, 0);
        used.DeriveKey(Key, 0, new byte[32], 0);
        used.Wipe();

        AssertFresh(new HChaCha20(), used);
    }

    [Fact]
    public void HashesAreEmpty()
    {
        var sha = new Sha256();
        sha.Update(Key, 0, 32);
        sha.Wipe();
        AssertFresh(new Sha256(), sha);

        sha.Update(Key, 0, 32);
        sha.Finish(new byte[32], 0);
        AssertFresh(new Sha256(), sha);

        var hmac = new HmacSha256();
        hmac.Compute(Key, Key, 0, 32, new byte[32], 0);
        hmac.Wipe();
        AssertFresh(new HmacSha256(), hmac);

        var sip = new SipHash();
        sip.SetKey(Key, 0);
        sip.Wipe();
        AssertFresh(new SipHash(), sip);
    }

    [Fact]
    public void HkdfIsEmptyAfterEveryExpansion()
    {
        var used = new Hkdf(new HmacSha256());
        used.Expand(Key, Key, new byte[100], 0, 100);

        // The HMAC is the caller's to wipe.
        AssertFresh(new Hkdf(new HmacSha256()), used, "_hmac.");
    }

    [Fact]
    public void X25519IsEmptyAfterEveryMultiplication()
    {
        var used = new X25519();
        used.ScalarMultiply(Key, Key, new byte[32]);
        AssertFresh(new X25519(), used);

        used.ScalarMultiplyBase(Key, new byte[32]);
        Assert.All(Fields(used).SelectMany(field => Flatten(field.Value)), value => Assert.Equal(0, Convert.ToDecimal(value, null)));
    }

    [Fact]
    public void RandomIsEmptyAndRefuses()
    {
        var used = new ChaChaRandom(Key);
        used.NextUInt32();
        used.Wipe();

        AssertFresh(WipedRandom(), used, "_position");
        Assert.Throws<InvalidOperationException>(() => used.NextBytes(new byte[1], 0, 1));
    }

    /// <summary>What a generator has handed out, and the key it came from, is gone from its memory.</summary>
    [Fact]
    public void RandomForgetsWhatItHandedOut()
    {
        var random = new ChaChaRandom(Key);
        var output = new byte[32];
        random.NextBytes(output, 0, 32);
        byte[] memory = [.. Fields(random).Select(f => f.Value).OfType<byte[]>().SelectMany(bytes => bytes)];

        Assert.Equal(-1, memory.AsSpan().IndexOf(output.AsSpan(0, 8)));
        Assert.Equal(-1, memory.AsSpan().IndexOf(Key.AsSpan(0, 8)));
    }

    [Fact]
    public void BuffersAreOverwrittenInTheirRangeOnly()
    {
        byte[] buffer = [1, 2, 3, 4];
        CryptoBytes.Wipe(buffer, 1, 2);
        Assert.Equal([1, 0, 0, 4], buffer);
        CryptoBytes.Wipe(buffer);
        Assert.Equal([0, 0, 0, 0], buffer);
        CryptoBytes.Wipe(null);
    }

    private static ChaChaRandom WipedRandom()
    {
        var random = new ChaChaRandom(new byte[32]);
        random.Wipe();
        return random;
    }

    internal static void AssertFresh(object fresh, object used, params string[] exceptions)
    {
        var expected = Fields(fresh).ToDictionary(f => f.Key, f => f.Value);
        foreach (var (name, value) in Fields(used))
        {
            if (exceptions.Any(name.Contains))
            {
                continue;
            }

            Assert.True(Flatten(expected[name]).SequenceEqual(Flatten(value)), $"{name} is not wiped.");
        }
    }

    // All fields of an object and of the crypto objects it owns, by path.
    private static IEnumerable<KeyValuePair<string, object?>> Fields(object owner, string path = "")
    {
        foreach (FieldInfo field in owner.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
        {
            object? value = field.GetValue(owner);
            if (value?.GetType().Assembly.GetName().Name!.StartsWith("WhispurrNet.Protocol", StringComparison.Ordinal) == true)
            {
                foreach (var inner in Fields(value, path + field.Name + "."))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return new(path + field.Name, value);
            }
        }
    }

    private static IEnumerable<object?> Flatten(object? value)
    {
        return value is Array array ? array.Cast<object?>() : [value];
    }
}
