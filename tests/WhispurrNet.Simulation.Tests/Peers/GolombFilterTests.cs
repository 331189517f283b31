using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Nodes.Peers;

namespace WhispurrNet.Simulation.Tests.Peers;

public class GolombFilterTests
{
    [Fact]
    public void WhatIsInItIsAlwaysFound()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<ulong[]>(), ArbMap.Default.ArbFor<ulong>(), (ids, salt) =>
        {
            ids = [.. ids.Take(GolombFilter.IdsMax)];
            byte[] filter = Write(ids, salt);
            uint[] numbers = new uint[ids.Length];
            Assert.True(GolombFilter.TryRead(filter, numbers));
            Assert.All(ids, id =>
                Assert.True(Array.BinarySearch(numbers, GolombFilter.NumberOf(id, salt, ids.Length)) >= 0));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ItIsSmallAndErrsRarely()
    {
        SimRandom random = new(1);
        int hits = 0;
        int asked = 0;
        for (int count = 1; count <= GolombFilter.IdsMax; count++)
        {
            ulong[] ids = [.. Enumerable.Range(0, count).Select(_ => random.NextUInt64())];
            byte[] filter = Write(ids, 5);
            Assert.InRange(filter.Length, count, GolombFilter.SizeMax);
            Assert.InRange(filter.Length * 8, count * 8, (count * 9) + 8);
            uint[] numbers = new uint[count];
            Assert.True(GolombFilter.TryRead(filter, numbers));
            for (int i = 0; i < 100; i++, asked++)
            {
                uint number = GolombFilter.NumberOf(random.NextUInt64(), 5, count);
                hits += Array.BinarySearch(numbers, number) >= 0 ? 1 : 0;
            }
        }

        // One in 128.
        Assert.InRange(hits * 1000 / asked, 5, 10);
    }

    [Fact]
    public void RandomBytesNeverMakeItThrow()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte>(), (bytes, count) =>
        {
            uint[] numbers = new uint[count];
            if (GolombFilter.TryRead(bytes, numbers))
            {
                Assert.Equal(numbers.Order(), numbers);
                Assert.All(numbers, n => Assert.True(n < (uint)count << GolombFilter.RemainderBits));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void OneThatIsCutIsRefused()
    {
        ulong[] ids = [.. Enumerable.Range(1, 20).Select(i => (ulong)i * 0x1234567)];
        byte[] filter = Write(ids, 0);
        for (int count = 0; count < filter.Length; count++)
        {
            Assert.False(GolombFilter.TryRead(filter.AsSpan(0, count), new uint[ids.Length]));
        }
    }

    private static byte[] Write(ulong[] ids, ulong salt)
    {
        byte[] filter = new byte[GolombFilter.SizeMax];
        return filter[..GolombFilter.Write(ids, salt, filter)];
    }
}
