using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Extras.Identity;
using WhispurrNet.Protocol.Extras.Noise;
using WhispurrNet.Protocol.Tests.Crypto;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Extras;

/// <summary>After wiping, the hashes and identities of the extras hold nothing that came from a key or a message.</summary>
public class ExtraWipeTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)(0xA0 + i))];

    [Fact]
    public void Sha512IsEmptyAlsoAfterFinish()
    {
        var used = new Sha512();
        used.Update(new byte[200], 0, 200);
        used.Update(Key, 0, 32);
        used.Wipe();
        WipeTests.AssertFresh(new Sha512(), used);

        used.Update(Key, 0, 32);
        used.Finish(new byte[64], 0);
        WipeTests.AssertFresh(new Sha512(), used);
    }

    [Fact]
    public void Blake2sIsEmptyAndHasNoKey()
    {
        var used = new Blake2s(Blake2s.HashSize, Key);
        used.Update(Key, 0, 32);
        used.Update(new byte[100], 0, 100);
        used.Wipe();
        WipeTests.AssertFresh(new Blake2s(), used);

        used.Update(Key, 0, 32);
        used.Finish(new byte[32], 0);
        WipeTests.AssertFresh(new Blake2s(), used);
    }

    [Fact]
    public void NoiseBlake2sIsEmptyAlsoAfterAMac()
    {
        var used = new NoiseBlake2s();
        used.Hmac(Key, Key, 0, 32, new byte[32], 0);
        WipeTests.AssertFresh(new NoiseBlake2s(), used);

        used.Update(Key, 0, 32);
        used.Wipe();
        WipeTests.AssertFresh(new NoiseBlake2s(), used);
    }

    [Fact]
    public void AWipedIdentityHoldsNoSeed()
    {
        var user = new UserIdentity(Key);
        Assert.NotEqual(-1, AllBytes(user).AsSpan().IndexOf(Key.AsSpan(0, 8)));
        user.Wipe();

        Assert.Equal(-1, AllBytes(user).AsSpan().IndexOf(Key.AsSpan(0, 8)));
        Assert.Throws<InvalidOperationException>(() => user.Sign(Key, 0, 32, new byte[64], 0));
    }

    private static byte[] AllBytes(object owner) =>
        [.. ObjectGraph.Walk(owner).Select(found => found.Value).OfType<byte[]>().SelectMany(bytes => bytes)];
}
