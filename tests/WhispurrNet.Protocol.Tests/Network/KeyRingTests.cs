using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Network;

public class KeyRingTests
{
    private readonly FrameMaker _maker = new(1);

    [Fact]
    public void AMemberHoldsTheBroadcastEntry()
    {
        KeyRing ring = Ring(16);

        Assert.Equal(1, ring.Count);
        Assert.Null(ring.IntentOf(KeyRing.BroadcastEntry));
        Assert.Equal(KeyRing.BroadcastEntry, ring.Match(_maker.Broadcast(), 0));
    }

    [Fact]
    public void AFrameMatchesItsIntentAtAnyOffset()
    {
        KeyRing ring = Ring(16);
        ring.Tune("a");
        ring.Tune("b");
        byte[] buffer = [1, 2, 3, .. _maker.Resonance("b", [])];

        Assert.Equal("b", ring.IntentOf(ring.Match(buffer, 3)));
    }

    [Fact]
    public void AFrameOfAnUntunedIntentMatchesNothing()
    {
        KeyRing ring = Ring(16);
        ring.Tune("a");

        Assert.Equal(KeyRing.NoMatch, ring.Match(_maker.Resonance("b", []), 0));
    }

    [Fact]
    public void AFrameOfAnotherNetworkMatchesNothing()
    {
        KeyRing ring = Ring(16);
        ring.Tune("a");

        Assert.Equal(KeyRing.NoMatch, ring.Match(new FrameMaker(2, TestNetwork.Foreign).Resonance("a", []), 0));
    }

    [Fact]
    public void AFullRingRefusesAFurtherIntentAndKeepsTheOthers()
    {
        KeyRing ring = Ring(3);

        Assert.True(ring.Tune("a"));
        Assert.True(ring.Tune("b"));
        Assert.False(ring.Tune("c"));
        Assert.True(ring.Tune("a"));
        Assert.Equal(3, ring.Count);
        Assert.Equal(KeyRing.NoMatch, ring.Find("c"));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(" a", false)]
    [InlineData("a b", false)]
    [InlineData("\u00e9", false)]
    [InlineData("a\n", false)]
    [InlineData("\u007f", false)]
    [InlineData("!~", true)]
    [InlineData("emotion_data", true)]
    public void AnIntentIsPrintableAsciiWithoutBlank(string? name, bool expected)
    {
        Assert.Equal(expected, Ring(16).Tune(name));
    }

    [Fact]
    public void AnIntentHasAtMostSixtyFourCharacters()
    {
        Assert.True(Ring(16).Tune(new string('x', 64)));
        Assert.False(Ring(16).Tune(new string('x', 65)));
    }

    [Fact]
    public void AKeylessRelayHoldsNothing()
    {
        KeyRing ring = new(new NetworkKeys(null, new HmacSha256()), new MacWorkspace(new HmacSha256()), 16);

        Assert.False(ring.Tune("a"));
        Assert.Equal(0, ring.Count);
        Assert.Equal(KeyRing.NoMatch, ring.Match(_maker.Broadcast(), 0));
    }

    [Fact]
    public void ASealKeyIsDerivedFromTheNetworkAndTheIntent()
    {
        HmacSha256 hmac = new();
        NetworkKeys keys = new(TestNetwork.Key(TestNetwork.Home), hmac);
        KeyRing ring = new(keys, new MacWorkspace(hmac), 16);
        ring.Tune("a");
        byte[] key = new byte[33];
        ring.DeriveSealKey(1, key);
        Assert.Equal([.. keys.Derive(Labels.IntentSeal("a")), 0], key);
        ring.DeriveSealKey(KeyRing.BroadcastEntry, key);
        Assert.Equal([.. keys.Derive(Labels.BroadcastSeal()), 0], key);
    }

    [Fact]
    public void WipeEmptiesTheRingAndItsKeys()
    {
        KeyRing ring = Ring(16);
        ring.Tune("a");
        byte[] tagKeys = (byte[])ObjectGraph.Walk(ring).Single(e => e.Path == ".tagKeys").Value;
        Assert.Contains(tagKeys, b => b != 0);

        ring.Wipe();

        Assert.Equal(0, ring.Count);
        Assert.Equal(new byte[64], tagKeys);
    }

    [Fact]
    public void NetworkKeysSayNothingOfThemselves()
    {
        NetworkKey key = TestNetwork.Key(TestNetwork.Home)!;

        Assert.Equal("network key", key.ToString());
    }

    [Fact]
    public void AKeyOfAnotherSizeIsTheCallersMistake()
    {
        Assert.Throws<ArgumentException>(() => NetworkKey.FromBytes(new byte[31]));
    }

    private static KeyRing Ring(int capacity)
    {
        HmacSha256 hmac = new();
        return new KeyRing(new NetworkKeys(TestNetwork.Key(TestNetwork.Home), hmac), new MacWorkspace(hmac), capacity);
    }
}
