using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

/// <summary>Stores of every size that is kept in another way: ids are found, slots are free, and who goes is who should.</summary>
public class StoreSizeTests
{
    private const int StrangerPart = 4;
    private const long LifetimeMs = 3_600_000;

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(1024)]
    public void AStoreIsWhatAModelOfItIs(int capacity)
    {
        Random random = new(capacity);
        FrameStore store = new(capacity, FrameLayout.StandardFrameSize, 3);
        Dictionary<ulong, (int Slot, bool Own)> model = [];
        int strangersMax = Math.Max(capacity / StrangerPart, 1);
        for (int step = 0; step < capacity * 8; step++)
        {
            ulong id = (ulong)random.NextInt64();
            bool own = random.Next(2) == 0;
            int slot = store.ChooseSlot(own, strangersMax, LifetimeMs + step, 1, step);
            if (slot != FrameStore.None)
            {
                Empty(store, model, slot, own);
                byte flags = own ? FrameStore.Own : (byte)0;
                store.Commit(slot, id, flags, LifetimeMs + step, LifetimeMs + step, 1, step);
                model.Add(id, (slot, own));
            }

            if (random.Next(4) == 0)
            {
                KeyValuePair<ulong, (int Slot, bool Own)> gone = model.ElementAt(random.Next(model.Count));
                store.Remove(gone.Value.Slot);
                model.Remove(gone.Key);
                Assert.Equal(FrameStore.None, store.Find(gone.Key));
            }

            Assert.Equal((model.Count, model.Values.Count(f => !f.Own)), (store.Count, store.Strangers));
        }

        Assert.All(model, f => Assert.Equal(f.Value.Slot, store.Find(f.Key)));
        Assert.Equal(model.Count, model.Values.Select(f => f.Slot).Distinct().Count());
        Assert.InRange(store.Strangers, 0, strangersMax);
    }

    [Theory]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(3000)]
    public void ACacheOfAnySizeKnowsWhatItWasTold(int capacity)
    {
        Random random = new(capacity);
        SeenCache cache = new(capacity, null);
        Queue<ulong> model = [];
        for (int i = 0; i < capacity * 3; i++)
        {
            ulong id = (ulong)random.NextInt64();
            cache.Add(id);
            model.Enqueue(id);
            if (model.Count > capacity)
            {
                Assert.Equal(SeenCache.None, cache.Find(model.Dequeue()));
            }
        }

        Assert.All(model, id => Assert.NotEqual(SeenCache.None, cache.Find(id)));
    }

    /// <summary>Of a large store some are looked at: whoever goes is among those that end soonest, if not the first.</summary>
    [Fact]
    public void WhatGoesFromALargeStoreEndsSoon()
    {
        const int capacity = 1024;
        const int evictions = 500;
        FrameStore store = new(capacity, FrameLayout.StandardFrameSize, 3);
        long[] deadlines = new long[capacity];
        Random random = new(1);
        void Commit(int slot, ulong id)
        {
            deadlines[slot] = random.NextInt64(1, LifetimeMs);
            store.Commit(slot, id, FrameStore.Own | FrameStore.Shared, deadlines[slot], deadlines[slot], 1, 0);
        }

        for (int slot = 0; slot < capacity; slot++)
        {
            Commit(slot, (ulong)slot + 1);
        }

        double places = 0;
        for (int i = 0; i < evictions; i++)
        {
            int slot = store.ChooseSlot(true, 0, LifetimeMs, 1, 0);
            places += (double)deadlines.Count(d => d < deadlines[slot]) / capacity;
            store.Remove(slot);
            Commit(slot, (ulong)(capacity + i + 1));
        }

        // The first of a share of 32 stands at one in 33 of all on average.
        Assert.InRange(places / evictions, 0, 0.05);
    }

    /// <summary>What nobody else has is given up only for the frame that ends soonest of all.</summary>
    [Fact]
    public void BeforeALastCopyGoesAllAreLookedAt()
    {
        const int capacity = 1024;
        FrameStore store = new(capacity, FrameLayout.StandardFrameSize, 3);
        for (int slot = 0; slot < capacity; slot++)
        {
            long deadlineMs = slot == 777 ? 1 : LifetimeMs;
            store.Commit(slot, (ulong)slot + 1, FrameStore.Own, deadlineMs, deadlineMs, 1, 0);
        }

        Assert.Equal(777, store.ChooseSlot(true, 0, LifetimeMs, 1, 0));
    }

    /// <summary>A slot that was chosen is emptied, and is one that had to be emptied first.</summary>
    private static void Empty(FrameStore store, Dictionary<ulong, (int Slot, bool Own)> model, int slot, bool own)
    {
        if (!store.Has(slot, FrameStore.Used))
        {
            Assert.DoesNotContain(model.Values, f => f.Slot == slot);
            return;
        }

        KeyValuePair<ulong, (int Slot, bool Own)> gone = model.Single(f => f.Value.Slot == slot);
        Assert.True(!gone.Value.Own || (own && store.Strangers == 0), "the network's own go after strangers'");
        store.Remove(slot);
        model.Remove(gone.Key);
    }
}
