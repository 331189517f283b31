using nanoFramework.TestFramework;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>The wall clock that neighbours set, in numbers of 32 bits that turn over.</summary>
    [TestClass]
    public class ClockTests
    {
        private const uint T = 4294960000;
        private const long HourMs = 3600 * 1000;

        [TestMethod]
        public void ThreeWhoAgreeSetItAndTheirMedianMovesIt()
        {
            NodeStatistics statistics = new NodeStatistics();
            PeerClock clock = new PeerClock(16, statistics, 5000);
            uint[] off = new uint[] { 0, 17, 0xFFFFFFFF - 9 };
            for (long nowMs = 5000; nowMs < 5000 + HourMs; nowMs += 60000)
            {
                Hear(clock, off, nowMs);
                Assert.AreEqual(0u, clock.UnixSeconds(nowMs));
            }

            Hear(clock, off, 5000 + HourMs);
            Assert.AreEqual(T + 3600, clock.UnixSeconds(5000 + HourMs));
            Assert.IsTrue(clock.Source == ClockSource.Neighbours);
            Assert.AreEqual(0u, clock.UnixSecondsToTell(5000 + HourMs));

            off[0] = 20;
            for (int minute = 1; minute <= 60; minute++)
            {
                Hear(clock, off, 5000 + HourMs + (minute * 60000L));
            }

            uint seconds = clock.UnixSeconds(5000 + (2 * HourMs));
            Assert.IsTrue(seconds >= T + 7200 && seconds <= T + 7202);
        }

        [TestMethod]
        public void ItIsGivenUpWhenMostSaySomethingElse()
        {
            NodeStatistics statistics = new NodeStatistics();
            PeerClock clock = new PeerClock(16, statistics, 0);
            Assert.IsFalse(clock.Heard(3, true, 1790000000, 0));
            Assert.IsFalse(clock.Heard(3, true, 1790003599, HourMs - 1000));
            Assert.IsTrue(clock.Heard(3, true, 1790003600, HourMs));
            Assert.AreEqual(1790003600u, clock.UnixSeconds(HourMs));

            Assert.IsFalse(clock.Heard(4, true, 77, HourMs));
            Assert.AreEqual(1u, statistics.ClocksRefused);
            Assert.IsFalse(clock.Heard(5, false, 1800000000, HourMs));
            Assert.IsFalse(clock.Heard(-1, true, 1800000000, HourMs));
            Assert.IsTrue(clock.Heard(5, true, 1800000000, HourMs));
            Assert.AreEqual(0u, clock.UnixSeconds(HourMs));

            clock.Set(1790000000, HourMs);
            Assert.IsFalse(clock.Heard(5, true, 1800000000, HourMs));
            Assert.AreEqual(1790000001u, clock.UnixSecondsToTell(HourMs + 1000));
        }

        private static void Hear(PeerClock clock, uint[] off, long nowMs)
        {
            for (int i = 0; i < off.Length; i++)
            {
                clock.Heard(i, true, T + (uint)((nowMs - 5000) / 1000) + off[i], nowMs);
            }
        }
    }
}
