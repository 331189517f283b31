using WhispurrNet.Desk.Crypto.Aead;
using WhispurrNet.Desk.Crypto.Providers;
using WhispurrNet.Desk.Crypto.Tests.Support;
using WhispurrNet.Protocol.Tests.Crypto;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Aead;

/// <summary>Both AEADs against those of boards, and the short one against .NET's.</summary>
public sealed class AeadCrossCheckTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EverySizeAgreesWithBoards(bool isExtended)
    {
        var device = new DeviceProvider();
        using IKeyedAead expected = isExtended ? device.CreateXChaCha20Poly1305() : device.CreateChaCha20Poly1305();
        var sample = new Sample(1);
        for (int size = 0; size < 1700; size += size < 900 ? 1 : 61)
        {
            byte[] key = sample.Bytes(32), nonce = sample.Bytes(expected.NonceSize), ad = sample.Bytes(sample.Below(200));
            byte[] plaintext = sample.Bytes(size), sealedBytes = new byte[size + 16], output = new byte[size + 16];
            expected.SetKey(key);
            expected.Seal(nonce, ad, plaintext, sealedBytes);
            if (isExtended)
            {
                DeskXChaCha20Poly1305.Seal(key, nonce, ad, plaintext, output);
            }
            else
            {
                DeskChaCha20Poly1305.Seal(key, nonce, ad, plaintext, output);
            }

            Assert.Equal(sealedBytes, output);
            Assert.True(isExtended
                ? DeskXChaCha20Poly1305.Open(key, nonce, ad, output, output.AsSpan(0, size))
                : DeskChaCha20Poly1305.Open(key, nonce, ad, output, output.AsSpan(0, size)));
            Assert.Equal(plaintext, output[..size]);
        }
    }

    [Fact]
    public void LongMessagesAreTheSameWhoeverSealsThem()
    {
        using IKeyedAead aead = new ManagedProvider().CreateChaCha20Poly1305();
        var sample = new Sample(2);
        foreach (int size in new[] { ManagedAead.PlatformSize - 1, ManagedAead.PlatformSize, 65_000, 200_000 })
        {
            // The same key twice, then another: what is kept for a key must not outlive it.
            byte[] key = sample.Bytes(32), ad = sample.Bytes(13), plaintext = sample.Bytes(size);
            for (int round = 0; round < 3; round++)
            {
                key[0] ^= (byte)(round / 2);
                byte[] nonce = sample.Bytes(12), expected = new byte[size + 16], output = new byte[size + 16];
                DeskChaCha20Poly1305.Seal(key, nonce, ad, plaintext, expected);
                aead.SetKey(key);
                aead.Seal(nonce, ad, plaintext, output);
                Assert.Equal(expected, output);
            }
        }
    }

    [Fact]
    public void BuffersThatOverlapOtherwiseAreRefused()
    {
        byte[] buffer = new byte[100], key = new byte[32], nonce = new byte[12];
        Assert.Throws<ArgumentException>(
            () => DeskChaCha20Poly1305.Seal(key, nonce, default, buffer.AsSpan(1, 50), buffer));
        Assert.Throws<ArgumentException>(
            () => DeskChaCha20Poly1305.Open(key, nonce, default, buffer.AsSpan(1, 50), buffer));
    }
}
