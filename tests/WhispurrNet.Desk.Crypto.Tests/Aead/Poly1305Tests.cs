using System.Runtime.Intrinsics.X86;
using WhispurrNet.Desk.Crypto.Aead;
using WhispurrNet.Protocol.Tests.Crypto;
using DeviceMac = WhispurrNet.Protocol.Crypto.Poly1305;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Aead;

/// <summary>The MAC, in words and in vectors, against that of boards: also where carries are largest.</summary>
public sealed class Poly1305Tests
{
    [Fact]
    public void WordsAgreeWithBoards() => AssertAgrees((ref Poly1305 mac, ReadOnlySpan<byte> data) => mac.UpdateBlocks(data));

    [Fact]
    public void VectorsAgreeWithBoards()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor has no AVX2.");
        AssertAgrees((ref Poly1305 mac, ReadOnlySpan<byte> data) => mac.UpdateVectors(data));
    }

    [Fact]
    public void WhatIsNoWholeBlockIsFilledUpWithZeros()
    {
        var sample = new Sample(3);
        for (int size = 0; size < 300; size++)
        {
            byte[] key = sample.Bytes(32), data = sample.Bytes(size);
            byte[] whole = [.. data, .. new byte[(16 - (size % 16)) % 16]];
            Assert.Equal(
                Device(key, [.. new byte[16], .. whole]),
                Desk(key, (ref Poly1305 mac, ReadOnlySpan<byte> bytes) =>
                {
                    mac.Update(new byte[16]);
                    mac.Update(bytes);
                }, data));
        }
    }

    private delegate void Updater(ref Poly1305 mac, ReadOnlySpan<byte> data);

    private static void AssertAgrees(Updater update)
    {
        var sample = new Sample(2);
        for (int blocks = 1; blocks < 70; blocks++)
        {
            foreach (int fill in new[] { -1, 0, 0xFF })
            {
                byte[] key = fill < 0 ? sample.Bytes(32) : [.. Enumerable.Repeat((byte)0xFF, 32)];
                byte[] data = fill < 0 ? sample.Bytes(16 * blocks) : [.. Enumerable.Repeat((byte)fill, 16 * blocks)];
                Assert.Equal(Device(key, data), Desk(key, update, data));

                // Also on top of what came before.
                Assert.Equal(
                    Device(key, [.. data, .. data]),
                    Desk(key, (ref Poly1305 mac, ReadOnlySpan<byte> bytes) =>
                    {
                        update(ref mac, bytes);
                        update(ref mac, bytes);
                    }, data));
            }
        }
    }

    private static byte[] Device(byte[] key, byte[] data)
    {
        var tag = new byte[16];
        var mac = new DeviceMac();
        mac.Init(key, 0);
        mac.Update(data, 0, data.Length);
        mac.Finish(tag, 0);
        return tag;
    }

    private static byte[] Desk(byte[] key, Updater update, byte[] data)
    {
        var tag = new byte[16];
        Poly1305 mac = default;
        mac.Begin(key);
        update(ref mac, data);
        mac.Finish(tag);
        return tag;
    }
}
