using System.Buffers.Binary;
using System.Numerics;
using WhispurrNet.Protocol.Crypto;
using Xunit;
using BouncyPoly1305 = Org.BouncyCastle.Crypto.Macs.Poly1305;
using ChaChaEngine = Org.BouncyCastle.Crypto.Engines.ChaCha7539Engine;
using KeyParameter = Org.BouncyCastle.Crypto.Parameters.KeyParameter;
using NetAead = System.Security.Cryptography.ChaCha20Poly1305;
using ParametersWithIV = Org.BouncyCastle.Crypto.Parameters.ParametersWithIV;

namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>ChaCha20, Poly1305 and both AEADs against other implementations.</summary>
public class CipherPropertyTests
{
    private const int MaxCount = 300;

    [Fact]
    public void ChaCha20AgreesForEveryLengthAlsoInPlace()
    {
        var sample = new Sample(1);
        var cipher = new ChaCha20();
        for (int count = 0; count <= MaxCount; count++)
        {
            byte[] key = sample.Bytes(32), nonce = sample.Bytes(12), text = sample.Bytes(count);
            var engine = new ChaChaEngine();
            engine.Init(true, new ParametersWithIV(new KeyParameter(key), nonce));
            var expected = new byte[count];
            engine.ProcessBytes(text, 0, count, expected, 0);

            var (buffer, offset) = sample.Embed(text);
            var output = new byte[count + 2];
            cipher.SetKey(key, 0);
            cipher.Xor(nonce, 0, 0, buffer, offset, output, 1, count);
            Assert.Equal(expected, output[1..^1]);
            Assert.Equal(0, output[0] | output[^1]);

            byte before = buffer[offset - 1], behind = buffer[offset + count];
            cipher.Xor(nonce, 0, 0, buffer, offset, buffer, offset, count);
            Assert.Equal(expected, buffer[offset..(offset + count)]);
            Assert.Equal((before, behind), (buffer[offset - 1], buffer[offset + count]));
        }
    }

    [Fact]
    public void ChaCha20CounterContinuesTheKeystream()
    {
        byte[] key = new Sample(2).Bytes(32), nonce = new Sample(3).Bytes(12);
        var cipher = new ChaCha20();
        cipher.SetKey(key, 0);
        var whole = new byte[5 * 64];
        cipher.Xor(nonce, 0, 0xFFFFFFFB, whole, 0, whole, 0, whole.Length);
        for (uint i = 0; i < 5; i++)
        {
            var block = new byte[64];
            cipher.Block(nonce, 0, 0xFFFFFFFB + i, block, 0);
            Assert.Equal(whole[(int)(64 * i)..(int)((64 * i) + 64)], block);
        }

        Assert.Throws<ArgumentOutOfRangeException>(
            () => cipher.Xor(nonce, 0, 0xFFFFFFFC, whole, 0, whole, 0, whole.Length));
    }

    [Fact]
    public void Poly1305AgreesForEveryLength()
    {
        var sample = new Sample(4);
        for (int count = 0; count <= MaxCount; count++)
        {
            CheckPoly1305(sample.Bytes(32), sample.Bytes(count));
        }
    }

    /// <summary>Keys and messages of extreme bytes drive the limbs to their bounds.</summary>
    [Fact]
    public void Poly1305AgreesAtTheExtremes()
    {
        var sample = new Sample(5);
        byte[] extremes = [0x00, 0x01, 0x7F, 0x80, 0xFB, 0xFC, 0xFE, 0xFF];
        for (int i = 0; i < 3000; i++)
        {
            byte[] key = new byte[32], message = new byte[sample.Below(100)];
            Array.Fill(key, extremes[sample.Below(8)], 0, 16);
            Array.Fill(key, extremes[sample.Below(8)], 16, 16);
            for (int at = 0; at < message.Length; at += 16)
            {
                Array.Fill(message, extremes[sample.Below(8)], at, Math.Min(16, message.Length - at));
            }

            CheckPoly1305(key, message);
        }
    }

    [Fact]
    public void Poly1305DoesNotDependOnHowAMessageIsSplit()
    {
        var sample = new Sample(6);
        byte[] key = sample.Bytes(32), message = sample.Bytes(100);
        byte[] expected = BouncyTag(key, message);
        var mac = new Poly1305();
        for (int first = 0; first <= message.Length; first++)
        {
            int second = first + sample.Below(message.Length - first + 1);
            var tag = new byte[16];
            mac.Init(key, 0);
            mac.Update(message, 0, first);
            mac.Update(message, first, second - first);
            mac.Update(message, second, message.Length - second);
            mac.Finish(tag, 0);
            Assert.Equal(expected, tag);
        }
    }

    [Fact]
    public void AeadAgreesForEveryLengthAlsoInPlace()
    {
        var sample = new Sample(7);
        var aead = new ChaCha20Poly1305();
        for (int count = 0; count <= MaxCount; count++)
        {
            byte[] key = sample.Bytes(32), nonce = sample.Bytes(12), text = sample.Bytes(count);
            byte[] ad = sample.Bytes(sample.Below(70));
            byte[] expected = NetSeal(key, nonce, ad, text);
            aead.SetKey(key, 0);
            var buffer = new byte[count + 16 + 5];
            text.CopyTo(buffer, 5);
            aead.Seal(nonce, 0, ad, 0, ad.Length, buffer, 5, count, buffer, 5);
            Assert.Equal(expected, buffer[5..]);
            Assert.True(aead.Open(nonce, 0, ad, 0, ad.Length, buffer, 5, count + 16, buffer, 5));
            Assert.Equal(text, buffer[5..^16]);
        }
    }

    [Fact]
    public void XAeadAgreesForEveryLengthAlsoInPlace()
    {
        var sample = new Sample(8);
        var aead = new XChaCha20Poly1305();
        for (int count = 0; count <= MaxCount; count++)
        {
            byte[] key = sample.Bytes(32), nonce = sample.Bytes(24), text = sample.Bytes(count);
            byte[] ad = sample.Bytes(sample.Below(70));
            byte[] expected = NetSeal(PlainHChaCha20(key, nonce), [0, 0, 0, 0, .. nonce[16..]], ad, text);
            aead.SetKey(key, 0);
            var buffer = new byte[count + 16 + 5];
            text.CopyTo(buffer, 5);
            aead.Seal(nonce, 0, ad, 0, ad.Length, buffer, 5, count, buffer, 5);
            Assert.Equal(expected, buffer[5..]);
            Assert.True(aead.Open(nonce, 0, ad, 0, ad.Length, buffer, 5, count + 16, buffer, 5));
            Assert.Equal(text, buffer[5..^16]);
        }
    }

    [Fact]
    public void OneChangedBitAnywhereIsRefusedAndTheOutputUntouched()
    {
        var sample = new Sample(9);
        byte[] key = sample.Bytes(32), nonce = sample.Bytes(24), ad = sample.Bytes(20), text = sample.Bytes(33);
        var sealedBytes = new byte[text.Length + 16];
        var aead = new XChaCha20Poly1305();
        aead.SetKey(key, 0);
        aead.Seal(nonce, 0, ad, 0, ad.Length, text, 0, text.Length, sealedBytes, 0);
        var untouched = new byte[text.Length];
        Array.Fill(untouched, (byte)0xAA);
        var output = (byte[])untouched.Clone();
        foreach (byte[] part in new[] { nonce, ad, sealedBytes })
        {
            for (int bit = 0; bit < 8 * part.Length; bit++)
            {
                part[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(aead.Open(nonce, 0, ad, 0, ad.Length, sealedBytes, 0, sealedBytes.Length, output, 0));
                Assert.Equal(untouched, output);
                part[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        Assert.False(aead.Open(nonce, 0, ad, 0, ad.Length - 1, sealedBytes, 0, sealedBytes.Length, output, 0));
        Assert.True(aead.Open(nonce, 0, ad, 0, ad.Length, sealedBytes, 0, sealedBytes.Length, output, 0));
        Assert.Equal(text, output);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        var sample = new Sample(10);
        var aead = new ChaCha20Poly1305();
        aead.SetKey(sample.Bytes(32), 0);
        byte[] nonce = sample.Bytes(12), sealedBytes = new byte[50 + 16], output = new byte[50];
        aead.Seal(nonce, 0, null, 0, 0, new byte[50], 0, 50, sealedBytes, 0);
        for (int count = 0; count < sealedBytes.Length; count++)
        {
            Assert.False(aead.Open(nonce, 0, null, 0, 0, sealedBytes, 0, count, output, 0));
        }
    }

    [Fact]
    public void ACallersMistakeThrows()
    {
        var aead = new ChaCha20Poly1305();
        byte[] nonce = new byte[12], output = new byte[16];
        Assert.Throws<InvalidOperationException>(() => aead.Seal(nonce, 0, null, 0, 0, [], 0, 0, output, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => aead.SetKey(new byte[32], 1));
        aead.SetKey(new byte[32], 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => aead.Seal(nonce, 1, null, 0, 0, [], 0, 0, output, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => aead.Seal(nonce, 0, null, 0, 0, [], 0, 0, output, 1));
        Assert.Throws<ArgumentNullException>(() => aead.Seal(nonce, 0, null, 0, 1, [], 0, 0, output, 0));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => aead.Open(nonce, 0, null, 0, 0, new byte[20], 0, 20, new byte[3], 0));
    }

    private static void CheckPoly1305(byte[] key, byte[] message)
    {
        var mac = new Poly1305();
        var tag = new byte[16];
        mac.Init(key, 0);
        mac.Update(message, 0, message.Length);
        mac.Finish(tag, 0);
        Assert.Equal(BouncyTag(key, message), tag);
    }

    private static byte[] BouncyTag(byte[] key, byte[] message)
    {
        var oracle = new BouncyPoly1305();
        oracle.Init(new KeyParameter(key));
        oracle.BlockUpdate(message, 0, message.Length);
        var tag = new byte[16];
        oracle.DoFinal(tag, 0);
        return tag;
    }

    private static byte[] NetSeal(byte[] key, byte[] nonce, byte[] ad, byte[] text)
    {
        using var oracle = new NetAead(key);
        byte[] ciphertext = new byte[text.Length], tag = new byte[16];
        oracle.Encrypt(nonce, text, ciphertext, tag, ad);
        return [.. ciphertext, .. tag];
    }

    // The rounds as RFC 8439 section 2.1 states them, with nothing done for speed.
    internal static byte[] PlainHChaCha20(byte[] key, byte[] nonce)
    {
        uint[] x = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, .. Words(key), .. Words(nonce[..16])];
        for (int round = 0; round < 20; round++)
        {
            int shift = round % 2;
            for (int i = 0; i < 4; i++)
            {
                int a = i, b = 4 + ((i + shift) % 4), c = 8 + ((i + (2 * shift)) % 4), d = 12 + ((i + (3 * shift)) % 4);
                x[a] += x[b];
                x[d] = BitOperations.RotateLeft(x[d] ^ x[a], 16);
                x[c] += x[d];
                x[b] = BitOperations.RotateLeft(x[b] ^ x[c], 12);
                x[a] += x[b];
                x[d] = BitOperations.RotateLeft(x[d] ^ x[a], 8);
                x[c] += x[d];
                x[b] = BitOperations.RotateLeft(x[b] ^ x[c], 7);
            }
        }

        return [.. x[..4].Concat(x[12..]).SelectMany(BitConverter.GetBytes)];
    }

    private static IEnumerable<uint> Words(byte[] bytes)
    {
        return bytes.Chunk(4).Select(word => BinaryPrimitives.ReadUInt32LittleEndian(word));
    }
}
