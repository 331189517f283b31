using nanoFramework.TestFramework;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.DeviceTests.Board
{
    /// <summary>The ring between a library's threads and a pump.</summary>
    [TestClass]
    public class UnitQueueTests
    {
        [TestMethod]
        public void UnitsComeOutInOrderAroundTheRing()
        {
            // 50 bytes with units of 1 to 20: every position of the ring's end falls into every part of a unit.
            UnitQueue queue = new UnitQueue(50);
            byte[] unit = new byte[20];
            byte[] taken = new byte[20];
            byte kind;
            for (int round = 0; round < 1000; round++)
            {
                int first = 1 + (round % 20);
                int second = 1 + ((round * 7) % 20);
                Fill(unit, round);
                Assert.IsTrue(queue.TryEnqueue(1, unit, first));
                Fill(unit, round + 1);
                Assert.IsTrue(queue.TryEnqueue(2, unit, second));

                Assert.AreEqual(first, queue.TryDequeue(taken, out kind));
                Assert.AreEqual(1, (int)kind);
                CheckFilled(taken, first, round);
                Assert.AreEqual(second, queue.TryDequeue(taken, out kind));
                Assert.AreEqual(2, (int)kind);
                CheckFilled(taken, second, round + 1);
                Assert.IsTrue(queue.IsEmpty);
            }

            Assert.AreEqual(0, (int)queue.Refused);
        }

        [TestMethod]
        public void AFullQueueRefusesAndCountsAndStaysWhole()
        {
            UnitQueue queue = new UnitQueue(46);
            byte[] unit = new byte[20];
            byte[] taken = new byte[20];
            byte kind;
            Fill(unit, 1);
            Assert.IsTrue(queue.TryEnqueue(0, unit, 20));
            Assert.IsTrue(queue.TryEnqueue(0, unit, 20));
            Assert.IsFalse(queue.TryEnqueue(0, unit, 1));
            Assert.IsFalse(queue.TryEnqueue(0, null, 0));
            Assert.AreEqual(2, (int)queue.Refused);

            Assert.AreEqual(20, queue.TryDequeue(taken, out kind));
            CheckFilled(taken, 20, 1);
            Assert.IsTrue(queue.TryEnqueue(7, null, 0));
            Assert.AreEqual(20, queue.TryDequeue(taken, out kind));
            CheckFilled(taken, 20, 1);
            Assert.AreEqual(0, queue.TryDequeue(taken, out kind));
            Assert.AreEqual(7, (int)kind);
            Assert.AreEqual(-1, queue.TryDequeue(taken, out kind));
        }

        [TestMethod]
        public void ALongUnitIsCutToTheTargetAndTheNextIsWhole()
        {
            UnitQueue queue = new UnitQueue(700);
            byte[] unit = new byte[600];
            byte[] taken = new byte[20];
            byte kind;
            Fill(unit, 3);
            Assert.IsTrue(queue.TryEnqueue(0, unit, 600));
            Assert.IsTrue(queue.TryEnqueue(0, unit, 20));
            Assert.AreEqual(20, queue.TryDequeue(taken, out kind));
            CheckFilled(taken, 20, 3);
            Assert.AreEqual(20, queue.TryDequeue(taken, out kind));
            CheckFilled(taken, 20, 3);
            Assert.IsTrue(queue.IsEmpty);
        }

        [TestMethod]
        public void ClearDropsEverything()
        {
            UnitQueue queue = new UnitQueue(46);
            byte[] unit = new byte[20];
            byte kind;
            Assert.IsTrue(queue.TryEnqueue(0, unit, 20));
            queue.Clear();
            Assert.AreEqual(-1, queue.TryDequeue(unit, out kind));
            Assert.IsTrue(queue.TryEnqueue(0, unit, 20));
            Assert.IsTrue(queue.TryEnqueue(0, unit, 20));
        }

        private static void Fill(byte[] unit, int seed)
        {
            for (int i = 0; i < unit.Length; i++)
            {
                unit[i] = (byte)(seed + (i * 3));
            }
        }

        private static void CheckFilled(byte[] unit, int count, int seed)
        {
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual((int)(byte)(seed + (i * 3)), (int)unit[i]);
            }
        }
    }
}
