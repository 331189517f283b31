using nanoFramework.TestFramework;
using WhispurrNet.Board.Gateway;

namespace WhispurrNet.DeviceTests.Board
{
    /// <summary>What keeps a board from overwhelming its gateway, the WebSocket library, or itself.</summary>
    [TestClass]
    public class GatewayPacingTests
    {
        [TestMethod]
        public void WaitsDoubleFromOneSecondToAMinute()
        {
            ReconnectBackoff backoff = new ReconnectBackoff();
            int baseMs = 1000;
            for (int i = 0; i < 10; i++)
            {
                int waitMs = backoff.NextMs(i * 7919);
                Assert.IsTrue(waitMs >= baseMs / 2 && waitMs <= baseMs, waitMs.ToString());
                baseMs = baseMs * 2 > 60000 ? 60000 : baseMs * 2;
            }

            Assert.IsTrue(backoff.NextMs(int.MaxValue) <= 60000);
            Assert.IsTrue(backoff.NextMs(0) == 30000);
            backoff.Ended(ReconnectBackoff.ProvenMs);
            Assert.AreEqual(500, backoff.NextMs(0));
        }

        [TestMethod]
        public void ConnectionsThatDoNotLastAreMadeFewerAndFewer()
        {
            ReconnectBackoff backoff = new ReconnectBackoff();
            int baseMs = 1000;
            for (int i = 0; i < 12; i++)
            {
                backoff.Ended(ReconnectBackoff.ProvenMs - 1);
                Assert.AreEqual(baseMs / 2, backoff.NextMs(0));
                baseMs = baseMs * 2 > ReconnectBackoff.ShortMaxMs ? ReconnectBackoff.ShortMaxMs : baseMs * 2;
            }

            Assert.AreEqual(ReconnectBackoff.ShortMaxMs, baseMs);
            backoff.Ended(ReconnectBackoff.ProvenMs);
            Assert.AreEqual(500, backoff.NextMs(0));
        }

        [TestMethod]
        public void CreditBoundsWhatASilentGatewayIsSent()
        {
            SendCredit credit = new SendCredit();
            credit.Reset(5000);
            int sent = 0;
            for (long nowMs = 5000; nowMs < 65000; nowMs += 10)
            {
                while (credit.TryTake(nowMs))
                {
                    sent++;
                }
            }

            Assert.AreEqual(SendCredit.Burst + 59, sent);
            Assert.AreEqual(65000L, credit.NextMs);
        }

        [TestMethod]
        public void CreditGrowsWithWhatIsHeardButNotBeyondTheBurst()
        {
            SendCredit credit = new SendCredit();
            credit.Reset(0);
            for (int i = 0; i < SendCredit.Burst; i++)
            {
                Assert.IsTrue(credit.TryTake(0));
            }

            Assert.IsFalse(credit.TryTake(0));
            credit.Received();
            Assert.IsTrue(credit.TryTake(0));
            credit.GiveBack();
            for (int i = 0; i < 10; i++)
            {
                credit.Received();
            }

            int left = 0;
            while (credit.TryTake(0))
            {
                left++;
            }

            Assert.AreEqual(SendCredit.Burst, left);
        }

        [TestMethod]
        public void MessagesQueueInOrderUpToTheBound()
        {
            MessageQueue queue = new MessageQueue(3);
            for (int round = 0; round < 10; round++)
            {
                Assert.IsTrue(queue.TryEnqueue(new byte[1]));
                Assert.IsTrue(queue.TryEnqueue(new byte[2]));
                Assert.IsTrue(queue.TryEnqueue(new byte[3]));
                Assert.IsFalse(queue.TryEnqueue(new byte[4]));
                Assert.AreEqual(1, queue.TryDequeue().Length);
                Assert.IsTrue(queue.TryEnqueue(new byte[5]));
                Assert.AreEqual(2, queue.TryDequeue().Length);
                Assert.AreEqual(3, queue.TryDequeue().Length);
                Assert.AreEqual(5, queue.TryDequeue().Length);
                Assert.IsNull(queue.TryDequeue());
            }

            Assert.AreEqual(10, (int)queue.Refused);
            queue.TryEnqueue(new byte[1]);
            queue.Clear();
            Assert.IsNull(queue.TryDequeue());
        }
    }
}
