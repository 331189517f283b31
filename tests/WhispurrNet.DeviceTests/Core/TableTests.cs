using nanoFramework.TestFramework;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>Seen ids, held frames, neighbours, budgets.</summary>
    [TestClass]
    public class TableTests
    {
        [TestMethod]
        public void SeenIdsAreForgottenOldestFirstButThoseHeld()
        {
            FrameStore held = new FrameStore(2, 256, 1);
            SeenCache cache = new SeenCache(5, held);
            held.Commit(0, 0x0000800000000001, FrameStore.Own, 1000, 1000, 0, 0);
            for (ulong i = 1; i <= 20; i++)
            {
                cache.Add(0x0000800000000000 + i);
            }

            // The highest two bytes of an id are not remembered; bit 47 is, and a comparison of signed numbers would show.
            Assert.AreEqual(5, cache.Count);
            Assert.IsTrue(cache.Find(0x0000800000000001) != SeenCache.None);
            Assert.IsTrue(cache.Find(0x0000800000000014) != SeenCache.None);
            Assert.AreEqual(SeenCache.None, cache.Find(0x0000800000000010));
            Assert.AreEqual(SeenCache.None, cache.Find(0x000000000000000F));
            Assert.AreEqual(0x0000800000000014, cache.IdAt(cache.PositionByAge(0)));
        }

        [TestMethod]
        public void LargeTablesFindWhatTheyHold()
        {
            // Places above 254 take two bytes in the index, and frames of a store above 64 are kept by their kind.
            SeenCache cache = new SeenCache(300, null);
            for (ulong i = 0; i < 600; i++)
            {
                cache.Add(0x0000F00000000000 + (i * 0x10001));
            }

            Assert.AreEqual(SeenCache.None, cache.Find(0x0000F00000000000 + (299UL * 0x10001)));
            Assert.AreEqual(0, cache.Find(0x0000F00000000000 + (300UL * 0x10001)));
            Assert.AreEqual(299, cache.Find(0x0000F00000000000 + (599UL * 0x10001)));
            cache.Forget(0x0000F00000000000 + (400UL * 0x10001));
            Assert.AreEqual(SeenCache.None, cache.Find(0x0000F00000000000 + (400UL * 0x10001)));

            FrameStore store = new FrameStore(66, 256, 1);
            for (int i = 0; i < 66; i++)
            {
                byte flags = i == 40 ? (byte)0 : (byte)(FrameStore.Own | FrameStore.Shared);
                store.Commit(i, (ulong)i + 1, flags, 9000 - i, 9000 - i, 0, 0);
            }

            Assert.AreEqual(40, store.ChooseSlot(true, 1, 9000, 0, 0));
            store.Remove(40);
            Assert.AreEqual(40, store.ChooseSlot(true, 1, 9000, 0, 0));
            store.Commit(40, 99, FrameStore.Own | FrameStore.Shared, 9, 9, 0, 0);

            // Of 66 frames every third is looked at, in turn.
            int first = store.ChooseSlot(true, 1, 9000, 0, 0);
            int second = store.ChooseSlot(true, 1, 9000, 0, 0);
            int third = store.ChooseSlot(true, 1, 9000, 0, 0);
            Assert.IsTrue(first == 40 || second == 40 || third == 40);
            Assert.IsTrue(first != second && second != third);
            Assert.AreEqual(65, store.Find(66));
            Assert.AreEqual(FrameStore.None, store.Find(41));
        }

        [TestMethod]
        public void FramesAreEvictedByRank()
        {
            FrameStore store = new FrameStore(4, 256, 1);
            store.Commit(0, 10, FrameStore.Own | FrameStore.Mine, 500, 500, 0, 0);
            store.Commit(1, 11, FrameStore.Own, 4000, 4000, 0, 0);
            store.Commit(2, 12, FrameStore.Own, 3000, 3000, 0, 0);
            store.Commit(3, 13, 0, 9000, 9000, 0, 0);

            Assert.AreEqual(3, store.ChooseSlot(true, 1, 1000, 0, 0));
            Assert.AreEqual(3, store.ChooseSlot(false, 1, 9000, 0, 0));
            Assert.AreEqual(FrameStore.None, store.ChooseSlot(false, 1, 8999, 0, 0));
            store.Remove(3);
            Assert.AreEqual(3, store.ChooseSlot(true, 1, 1000, 0, 0));
            store.Commit(3, 14, FrameStore.Own, 9000, 9000, 0, 0);
            Assert.AreEqual(2, store.ChooseSlot(true, 1, 1000, 0, 0));
            store.Set(3, FrameStore.Shared);
            Assert.AreEqual(3, store.ChooseSlot(true, 1, 1000, 0, 0));
            store.Set(3, FrameStore.Emergency);
            Assert.AreEqual(2, store.ChooseSlot(true, 1, 1000, 0, 0));
        }

        [TestMethod]
        public void AFrameIsUpgradedWithinItsClamp()
        {
            FrameStore store = new FrameStore(1, 256, 1);
            store.Commit(0, 10, FrameStore.Own, 5000000000, 5000060000, 0, 0);

            Assert.IsFalse(store.Upgrade(0, 0, 4999999999));
            Assert.IsTrue(store.Upgrade(0, 3, 5000030000));
            Assert.AreEqual(5000030000, store.DeadlineAt(0));
            Assert.IsTrue(store.Upgrade(0, 3, 9000000000));
            Assert.AreEqual(5000060000, store.DeadlineAt(0));
            Assert.AreEqual(3, store.HopsAt(0));
        }

        [TestMethod]
        public void NeighboursAreKeptAcrossTheTurnOfTheirClock()
        {
            // Two seconds before milliseconds leave 32 bits.
            const long start = 0x100000000 - 2000;
            NeighbourTable table = new NeighbourTable(2, new NodeStatistics());
            int place = table.Heard(0xA1A2A3A4A5A6, start);
            table.Met(0xA1A2A3A4A5A6, start);
            Assert.AreEqual(5000L, table.SinceMet(place, start + 5000));
            Assert.AreEqual(1, table.CountLately(start + 5000));
            Assert.AreEqual(0, table.CountLately(start + NeighbourTable.ForgetMs));

            table.Failed(0xA1A2A3A4A5A6, start + 1000);
            Assert.IsTrue(table.IsAvoided(place, start + 2999));
            Assert.IsFalse(table.IsAvoided(place, start + 3000));
        }

        [TestMethod]
        public void AFullNeighbourTableRefuses()
        {
            NodeStatistics statistics = new NodeStatistics();
            NeighbourTable table = new NeighbourTable(2, statistics);
            table.Heard(1, 0);
            table.Heard(2, 0);
            Assert.AreEqual(NeighbourTable.None, table.Heard(3, 1000));
            Assert.AreEqual(1u, statistics.NeighboursRefused);
            Assert.IsTrue(table.SinceMet(0, 1000) == long.MaxValue);
        }

        [TestMethod]
        public void ABudgetRefillsWithTime()
        {
            long fullMs = TokenBucket.Full;
            for (int i = 0; i < 2; i++)
            {
                Assert.IsTrue(TokenBucket.CanTake(fullMs, 2, 30000, 5000000000));
                fullMs = TokenBucket.Take(fullMs, 30000, 5000000000);
            }

            Assert.IsFalse(TokenBucket.CanTake(fullMs, 2, 30000, 5000029999));
            Assert.IsTrue(TokenBucket.CanTake(fullMs, 2, 30000, 5000030000));
        }
    }
}
