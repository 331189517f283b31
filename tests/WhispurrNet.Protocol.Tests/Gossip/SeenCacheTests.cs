using WhispurrNet.Protocol.Gossip;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

public class SeenCacheTests
{
    private readonly FrameStore _held = new(8, 256, 1);

    [Fact]
    public void ANewIdIsFound()
    {
        SeenCache cache = new(4, _held);
        cache.Add(77);

        Assert.Equal(77ul, cache.IdAt(cache.Find(77)));
        Assert.Equal(SeenCache.None, cache.Find(78));
        Assert.Equal(SeenCache.None, cache.Find(0));
    }

    [Fact]
    public void TheOldestIsForgottenFirst()
    {
        SeenCache cache = new(3, null);
        for (ulong id = 1; id <= 5; id++)
        {
            cache.Add(id);
        }

        Assert.Equal([false, false, true, true, true], Known(cache, 1, 2, 3, 4, 5));
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void AnIdWhoseFrameIsHeldIsNotForgotten()
    {
        SeenCache cache = new(3, _held);
        Hold(0, 1);
        Hold(1, 2);
        for (ulong id = 1; id <= 50; id++)
        {
            cache.Add(id);
        }

        Assert.Equal([true, true, true, false], Known(cache, 1, 2, 50, 49));
    }

    [Fact]
    public void AnIdStaysWhenItsFrameIsGoneAndIsThenForgottenInTurn()
    {
        SeenCache cache = new(3, _held);
        Hold(0, 1);
        cache.Add(1);
        cache.Add(2);
        cache.Add(3);
        _held.Remove(0);
        Assert.Equal([true], Known(cache, 1));
        cache.Add(4);

        Assert.Equal([false, true, true, true], Known(cache, 1, 2, 3, 4));
    }

    [Fact]
    public void TheNewestComesFirstByAge()
    {
        SeenCache cache = new(4, null);
        for (ulong id = 1; id <= 6; id++)
        {
            cache.Add(id);
            Assert.Equal(id, cache.IdAt(cache.PositionByAge(0)));
        }

        Assert.Equal([6ul, 5, 4, 3], Enumerable.Range(0, 4).Select(age => cache.IdAt(cache.PositionByAge(age))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(192)]
    public void AgreesWithAModelOverRandomOperations(int capacity)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            FrameStore held = new(capacity, 4, 1);
            SeenCache cache = new(capacity, held);
            List<ulong> model = [];
            for (int step = 0; step < 1000; step++)
            {
                ulong id = (uint)random.Next(capacity * 3);
                int slot = held.Find(id);
                if (slot != FrameStore.None)
                {
                    held.Remove(slot);
                }
                else if (cache.Find(id) == SeenCache.None)
                {
                    if (model.Count == capacity)
                    {
                        Forget(model, held);
                    }

                    cache.Add(id);
                    model.Add(id);
                    if (held.Count < capacity / 2 && random.Next(2) == 0)
                    {
                        held.Commit(held.ChooseSlot(true, capacity, 0, 0, 0), id, FrameStore.Own, 0, 0, 0, 0);
                    }
                }

                Assert.Equal(model.Count, cache.Count);
                Assert.All(model, known => Assert.NotEqual(SeenCache.None, cache.Find(known)));
                Assert.Equal(model.Contains(id), cache.Find(id) != SeenCache.None);
            }
        }
    }

    /// <summary>The ring skips what is held, and what was skipped counts as new from then on.</summary>
    private static void Forget(List<ulong> model, FrameStore held)
    {
        while (held.Find(model[0]) != FrameStore.None)
        {
            model.Add(model[0]);
            model.RemoveAt(0);
        }

        model.RemoveAt(0);
    }

    private void Hold(int slot, ulong id)
    {
        _held.Commit(slot, id, FrameStore.Own, 0, 0, 0, 0);
    }

    private static bool[] Known(SeenCache cache, params ulong[] ids)
    {
        return [.. ids.Select(id => cache.Find(id) != SeenCache.None)];
    }
}
