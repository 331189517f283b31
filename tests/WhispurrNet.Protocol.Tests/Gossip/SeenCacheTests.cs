using WhispurrNet.Protocol.Gossip;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

public class SeenCacheTests
{
    /// <summary>With this secret the home of an id in the index is its bits from 40 on.</summary>
    private const ulong PlainSecret = 1;

    [Fact]
    public void ANewIdIsFoundWithItsSlot()
    {
        SeenCache cache = new(4, PlainSecret);
        cache.Add(77, 3);

        Assert.Equal(3, cache.SlotAt(cache.Find(77)));
        Assert.Equal(77ul, cache.IdAt(cache.Find(77)));
        Assert.Equal(SeenCache.None, cache.Find(78));
    }

    [Fact]
    public void ReleaseKeepsTheId()
    {
        SeenCache cache = new(4, PlainSecret);
        cache.Add(77, 3);
        cache.Release(77);
        cache.Release(78);

        Assert.Equal(SeenCache.None, cache.SlotAt(cache.Find(77)));
    }

    [Fact]
    public void TheOldestIsForgottenFirst()
    {
        SeenCache cache = new(3, PlainSecret);
        for (ulong id = 1; id <= 5; id++)
        {
            cache.Add(id, SeenCache.None);
        }

        Assert.Equal([false, false, true, true, true], Known(cache, 1, 2, 3, 4, 5));
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void AnIdWhoseFrameIsHeldIsNotForgotten()
    {
        SeenCache cache = new(3, PlainSecret);
        cache.Add(1, 0);
        cache.Add(2, 1);
        for (ulong id = 3; id <= 50; id++)
        {
            cache.Add(id, SeenCache.None);
        }

        Assert.Equal([true, true, true, false], Known(cache, 1, 2, 50, 49));
        Assert.Equal(0, cache.SlotAt(cache.Find(1)));
        Assert.Equal(1, cache.SlotAt(cache.Find(2)));
    }

    [Fact]
    public void TheNewestComesFirstByAge()
    {
        SeenCache cache = new(4, PlainSecret);
        for (ulong id = 1; id <= 6; id++)
        {
            cache.Add(id, SeenCache.None);
            Assert.Equal(id, cache.IdAt(cache.PositionByAge(0)));
        }

        Assert.Equal([6ul, 5, 4, 3], Enumerable.Range(0, 4).Select(age => cache.IdAt(cache.PositionByAge(age))));
    }

    /// <summary>Ids with one home form one run in the index; each is taken out of its front, middle and end.</summary>
    [Fact]
    public void ForgettingOutOfARunOfCollisionsLosesNoOther()
    {
        const int capacity = 8;
        for (int homes = 1; homes <= 4; homes++)
        {
            SeenCache cache = new(capacity, PlainSecret);
            List<ulong> added = [];
            for (ulong i = 0; i < 200; i++)
            {
                // Homes at the end of the index, so that runs wrap around.
                ulong home = 15 - (i * 7 % (ulong)homes);
                ulong id = (home << 40) | (i + 1);
                cache.Add(id, SeenCache.None);
                added.Add(id);

                Assert.All(added[^Math.Min(capacity, added.Count)..], k => Assert.NotEqual(SeenCache.None, cache.Find(k)));
                Assert.All(added[..^Math.Min(capacity, added.Count)], k => Assert.Equal(SeenCache.None, cache.Find(k)));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(192)]
    public void AgreesWithAModelOverRandomOperations(int capacity)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            SeenCache cache = new(capacity, seed % 2 == 0 ? PlainSecret : (ulong)random.NextInt64());
            Model model = new(capacity);
            for (int step = 0; step < 1500; step++)
            {
                ulong id = ((ulong)random.Next(3) << 40) | (uint)random.Next(capacity * 3);
                if (random.Next(3) == 0)
                {
                    cache.Release(id);
                    model.Release(id);
                }
                else if (cache.Find(id) == SeenCache.None)
                {
                    int slot = model.Held < capacity / 2 && random.Next(2) == 0 ? random.Next(100) : SeenCache.None;
                    cache.Add(id, slot);
                    model.Add(id, slot);
                }

                Assert.Equal(model.Count, cache.Count);
                foreach (ulong any in model.Ids)
                {
                    Assert.Equal(model.SlotOf(any), cache.SlotAt(cache.Find(any)));
                }

                Assert.Equal(model.Knows(id), cache.Find(id) != SeenCache.None);
            }
        }
    }

    [Fact]
    public void TheLargestCapacityWorks()
    {
        const int capacity = 32_768;
        SeenCache cache = new(capacity, 0x123456789ABCDEF1);
        for (ulong id = 0; id < capacity + 100; id++)
        {
            cache.Add(id * 0x10001, (int)(id % 32_767));
            cache.Release(id * 0x10001);
        }

        Assert.Equal(capacity, cache.Count);
        Assert.Equal(SeenCache.None, cache.Find(99 * 0x10001));
        for (ulong id = 100; id < capacity + 100; id++)
        {
            Assert.NotEqual(SeenCache.None, cache.Find(id * 0x10001));
        }
    }

    private static bool[] Known(SeenCache cache, params ulong[] ids)
    {
        return [.. ids.Select(id => cache.Find(id) != SeenCache.None)];
    }

    /// <summary>A ring of pairs searched from end to end.</summary>
    private sealed class Model(int capacity)
    {
        private readonly List<(ulong Id, int Slot)> _ring = [];
        private int _next;

        public int Count => _ring.Count;

        public int Held => _ring.Count(e => e.Slot != SeenCache.None);

        public IEnumerable<ulong> Ids => _ring.Select(e => e.Id);

        public bool Knows(ulong id)
        {
            return _ring.Any(e => e.Id == id);
        }

        public int SlotOf(ulong id)
        {
            return _ring.Single(e => e.Id == id).Slot;
        }

        public void Release(ulong id)
        {
            int at = _ring.FindIndex(e => e.Id == id);
            if (at >= 0)
            {
                _ring[at] = (id, SeenCache.None);
            }
        }

        public void Add(ulong id, int slot)
        {
            if (_ring.Count < capacity)
            {
                _ring.Add((id, slot));
                _next = _ring.Count % capacity;
                return;
            }

            while (_ring[_next].Slot != SeenCache.None)
            {
                _next = (_next + 1) % capacity;
            }

            _ring[_next] = (id, slot);
            _next = (_next + 1) % capacity;
        }
    }
}
