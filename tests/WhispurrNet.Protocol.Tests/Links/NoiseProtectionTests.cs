using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Links;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links;

public class NoiseProtectionTests
{
    private const int Overhead = NoiseProtection.Overhead;

    private readonly byte[] _keys = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];
    private readonly NoiseProtection _sender;
    private readonly NoiseProtection _receiver;

    public NoiseProtectionTests()
    {
        // One workspace for both, as in a node with two links.
        ChaCha20Poly1305 cipher = new();
        _sender = new NoiseProtection(cipher);
        _receiver = new NoiseProtection(cipher);
        Start();
    }

    [Fact]
    public void EveryLengthRoundTripsAtAnyOffset()
    {
        Random random = new(13);
        for (int length = 1; length < 400; length++)
        {
            byte[] record = new byte[length];
            random.NextBytes(record);
            byte[] guarded = [7, 7, 7, .. Protect(record), 7, 7, 7];

            Assert.Equal(length, _receiver.Unprotect(guarded, 3, length + Overhead));
            Assert.Equal(record, guarded[3..(3 + length)]);
            Assert.Equal([7, 7, 7], guarded[..3]);
            Assert.Equal([7, 7, 7], guarded[^3..]);
        }
    }

    /// <summary>Against .NET's cipher, over two changes of the key by the Noise specification, section 4.2.</summary>
    [Fact]
    public void ARecordIsANoiseTransportMessageAndTheKeyChangesAfter256()
    {
        byte[] key = _keys[..32];
        for (int number = 0; number < 600; number++)
        {
            if (number is 256 or 512)
            {
                key = Seal(key, ulong.MaxValue, new byte[32])[..32];
            }

            byte[] record = [(byte)number, 1, 2, 3];
            byte[] whole = Protect(record);

            Assert.Equal(Seal(key, (ulong)number, record), whole);
            Assert.Equal(4, _receiver.Unprotect(whole, 0, whole.Length));
        }
    }

    [Fact]
    public void EveryFlippedBitIsFound()
    {
        byte[] whole = Protect([1, 2, 3, 4, 5]);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] copy = [.. whole];
            copy[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal(-1, _receiver.Unprotect(copy, 0, copy.Length));
        }

        Assert.Equal(5, _receiver.Unprotect(whole, 0, whole.Length));
    }

    [Fact]
    public void EveryTruncationIsFound()
    {
        byte[] whole = Protect([1, 2, 3, 4, 5]);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(-1, _receiver.Unprotect(whole[..length], 0, length));
        }
    }

    [Fact]
    public void AReplayIsFound()
    {
        byte[] whole = Protect([1]);
        _receiver.Unprotect([.. whole], 0, whole.Length);

        Assert.Equal(-1, _receiver.Unprotect([.. whole], 0, whole.Length));
    }

    [Fact]
    public void ALossIsFound()
    {
        Protect([1]);
        byte[] second = Protect([2]);

        Assert.Equal(-1, _receiver.Unprotect(second, 0, second.Length));
    }

    [Fact]
    public void ASwapIsFound()
    {
        byte[] first = Protect([1]);
        byte[] second = Protect([2]);

        Assert.Equal(-1, _receiver.Unprotect([.. second], 0, second.Length));
        Assert.Equal(1, _receiver.Unprotect(first, 0, first.Length));
        Assert.Equal(1, _receiver.Unprotect(second, 0, second.Length));
    }

    [Fact]
    public void WhatASideSendsIsNotForItself()
    {
        byte[] whole = Protect([1]);

        Assert.Equal(-1, _sender.Unprotect(whole, 0, whole.Length));
    }

    [Fact]
    public void NewKeysStartTheNumbersAgain()
    {
        byte[] whole = Protect([1]);
        _receiver.Unprotect([.. whole], 0, whole.Length);
        Start();

        Assert.Equal(whole, Protect([1]));
        Assert.Equal(1, _receiver.Unprotect(whole, 0, whole.Length));
    }

    private void Start()
    {
        _sender.SetKeys(_keys, 0, 32);
        _receiver.SetKeys(_keys, 32, 0);
    }

    private byte[] Protect(byte[] record)
    {
        byte[] whole = new byte[record.Length + Overhead];
        record.CopyTo(whole, 0);
        Assert.Equal(whole.Length, _sender.Protect(whole, 0, record.Length));
        return whole;
    }

    private static byte[] Seal(byte[] key, ulong counter, byte[] record)
    {
        byte[] whole = new byte[record.Length + Overhead];
        using System.Security.Cryptography.ChaCha20Poly1305 cipher = new(key);
        cipher.Encrypt(
            [0, 0, 0, 0, .. BitConverter.GetBytes(counter)], record, whole.AsSpan(0, record.Length),
            whole.AsSpan(record.Length));
        return whole;
    }
}
