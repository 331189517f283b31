using System.Reflection;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;
using NetAead = System.Security.Cryptography.ChaCha20Poly1305;

namespace WhispurrNet.Protocol.Tests.Noise;

/// <summary>One direction of a channel: strict counters, nonces that never wrap, new keys.</summary>
public class CipherStateTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 5))];

    private readonly ChaCha20Poly1305 _workspace = new();

    [Fact]
    public void TheNonceIsFourZeroBytesAndTheCounterLittleEndian()
    {
        CipherState state = Keyed();
        SetCounter(state, 0x0102030405060708);
        byte[] message = Seal(state, [1, 2, 3], [9, 9]);

        using NetAead other = new(Key);
        byte[] expected = new byte[3];
        byte[] tag = new byte[16];
        byte[] nonce = [0, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1];
        byte[] plain = [1, 2, 3];
        byte[] associated = [9, 9];
        other.Encrypt(nonce, plain, expected, tag, associated);
        Assert.Equal([.. expected, .. tag], message);
        Assert.Equal(0x0102030405060709ul, state.Counter);
    }

    [Fact]
    public void AMessageThatDoesNotVerifyChangesNothing()
    {
        CipherState from = Keyed();
        CipherState to = Keyed();
        byte[] message = Seal(from, [1, 2, 3]);
        byte[] spoilt = [.. message];
        spoilt[0] ^= 1;
        byte[] read = new byte[19];

        Assert.False(to.DecryptWithAd(null, spoilt, 0, 19, read, 0));
        Assert.False(to.DecryptWithAd(null, message, 0, 18, read, 0));
        Assert.False(to.DecryptWithAd(null, message, 0, 0, read, 0));
        Assert.Equal(new byte[19], read);
        Assert.Equal(0ul, to.Counter);
        Assert.True(to.DecryptWithAd(null, message, 0, 19, read, 0));
        Assert.Equal([1, 2, 3], read[..3]);
    }

    [Fact]
    public void NeitherOldNorLaterMessagesAreTaken()
    {
        CipherState from = Keyed();
        CipherState to = Keyed();
        byte[][] messages = [Seal(from, [1]), Seal(from, [2]), Seal(from, [3])];
        byte[] read = new byte[17];

        Assert.False(to.DecryptWithAd(null, messages[1], 0, 17, read, 0));
        Assert.True(to.DecryptWithAd(null, messages[0], 0, 17, read, 0));
        Assert.False(to.DecryptWithAd(null, messages[0], 0, 17, read, 0));
        Assert.False(to.DecryptWithAd(null, messages[2], 0, 17, read, 0));
        Assert.True(to.DecryptWithAd(null, messages[1], 0, 17, read, 0));
        Assert.True(to.DecryptWithAd(null, messages[2], 0, 17, read, 0));
    }

    [Fact]
    public void TheLastNonceIsNeverUsed()
    {
        CipherState from = Keyed();
        CipherState to = Keyed();
        SetCounter(from, ulong.MaxValue - 1);
        SetCounter(to, ulong.MaxValue - 1);
        byte[] last = Seal(from, [1]);
        byte[] read = new byte[17];

        Assert.True(to.DecryptWithAd(null, last, 0, 17, read, 0));
        Assert.Equal(ulong.MaxValue, from.Counter);
        for (int i = 0; i < 3; i++)
        {
            Assert.Throws<InvalidOperationException>(() => Seal(from, [1]));
            Assert.False(to.DecryptWithAd(null, last, 0, 17, read, 0));
        }

        Assert.Equal((ulong.MaxValue, ulong.MaxValue), (from.Counter, to.Counter));
    }

    [Fact]
    public void RekeyTakesTheFirstBytesSealedUnderTheReservedNonce()
    {
        CipherState state = Keyed();
        Seal(state, [1]);
        state.Rekey();

        using NetAead old = new(Key);
        byte[] next = new byte[32];
        byte[] nonce = [0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255];
        old.Encrypt(nonce, new byte[32], next, new byte[16]);
        using NetAead renewed = new(next);
        byte[] expected = new byte[1];
        byte[] tag = new byte[16];
        byte[] second = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        byte[] plain = [7];
        renewed.Encrypt(second, plain, expected, tag);
        Assert.Equal([.. expected, .. tag], Seal(state, [7]));
        Assert.Throws<InvalidOperationException>(() => new CipherState(_workspace).Rekey());
    }

    [Fact]
    public void ChannelsMayShareAWorkspaceAndWorkInPlace()
    {
        byte[] other = [.. Enumerable.Reverse(Key)];
        CipherState[] states = [Keyed(), Keyed(), new(_workspace), new(_workspace)];
        states[2].InitializeKey(other);
        states[3].InitializeKey(other);
        byte[] buffer = new byte[300];
        for (int i = 0; i < 20; i++)
        {
            int at = 2 * (i % 2);
            buffer[5] = (byte)i;
            Assert.Equal(216, states[at].EncryptWithAd(null, buffer, 5, 200, buffer, 5));
            Assert.True(states[at + 1].DecryptWithAd(null, buffer, 5, 216, buffer, 5));
            Assert.Equal(i, buffer[5]);
        }
    }

    [Fact]
    public void WithoutAKeyNothingIsEncrypted()
    {
        CipherState state = new(_workspace);

        Assert.Equal([1, 2, 3], Seal(state, [1, 2, 3]));
        Assert.False(state.HasKey);
    }

    [Fact]
    public void WipeLeavesNothing()
    {
        CipherState state = Keyed();
        Seal(state, [1, 2, 3]);
        state.Rekey();
        state.Wipe();

        Assert.False(state.HasKey);
        foreach ((string path, object value) in ObjectGraph.Walk(state))
        {
            Assert.True(value is not Array array || array.Cast<object>().All(e => Convert.ToUInt64(e) == 0), path);
        }
    }

    private static void SetCounter(CipherState state, ulong counter)
    {
        typeof(CipherState).GetField("_counter", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(state, counter);
    }

    private static byte[] Seal(CipherState state, byte[] plaintext, byte[]? ad = null)
    {
        byte[] message = new byte[plaintext.Length + CipherState.TagSize];
        return message[..state.EncryptWithAd(ad, plaintext, 0, plaintext.Length, message, 0)];
    }

    private CipherState Keyed()
    {
        CipherState state = new(_workspace);
        state.InitializeKey(Key);
        return state;
    }
}
