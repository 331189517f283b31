using nanoFramework.TestFramework;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.DeviceTests.Board
{
    /// <summary>When a board goes by its wall clock, and when by none.</summary>
    [TestClass]
    public class WallClockTests
    {
        private const uint Now = 1790000000;
        private const uint Jump = (uint)WallClock.JumpSeconds;

        [TestMethod]
        public void AClockThatWasNeverSetIsNone()
        {
            WallClock clock = new WallClock();
            Assert.AreEqual(0u, clock.Read(0, 1000));
            Assert.AreEqual(Now, clock.Read(Now, 61000));
        }

        [TestMethod]
        public void AClockMayDriftButNotJump()
        {
            WallClock clock = new WallClock();
            Assert.AreEqual(Now, clock.Read(Now, 0));
            Assert.AreEqual(Now + 60 + Jump, clock.Read(Now + 60 + Jump, 60000));
            Assert.AreEqual(0u, clock.Read(Now + 121 + Jump + Jump, 120000));
            Assert.AreEqual(0u, clock.Read(Now + 179 - 1, 180000));
        }

        [TestMethod]
        public void AClockThatJumpsBackIsBelievedAgain()
        {
            WallClock clock = new WallClock();
            Assert.AreEqual(Now, clock.Read(Now, 0));
            Assert.AreEqual(0u, clock.Read(Now - 86400, 60000));
            Assert.AreEqual(0u, clock.Read(uint.MaxValue, 120000));
            Assert.AreEqual(0u, clock.Read(0, 150000));
            Assert.AreEqual(Now + 180, clock.Read(Now + 180, 180000));
        }
    }
}
