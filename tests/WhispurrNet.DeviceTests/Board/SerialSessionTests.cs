using nanoFramework.TestFramework;
using WhispurrNet.Board.Platform;
using WhispurrNet.Board.Serial;

namespace WhispurrNet.DeviceTests.Board
{
    /// <summary>Both ends of a serial line on the interpreter: frames, and a session over a line that loses some.</summary>
    [TestClass]
    public class SerialSessionTests
    {
        private const int MessageMax = 292;

        [TestMethod]
        public void TheSumIsThatOfIeee8023()
        {
            byte[] digits = new byte[] { 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39 };
            Assert.AreEqual("CBF43926", Crc32.Of(digits, 0, digits.Length).ToString("X8"));
        }

        [TestMethod]
        public void FramesOfEveryFillComeOutAsTheyWentIn()
        {
            SerialFrameWriter writer = new SerialFrameWriter(MessageMax);
            SerialFrameReader reader = new SerialFrameReader(MessageMax);
            byte[] line = new byte[SerialFrame.LineSizeMax(MessageMax)];
            for (int size = 0; size <= MessageMax; size += 13)
            {
                for (int step = 0; step < 3; step++)
                {
                    int count = SerialFrame.HeadSize + size;
                    for (int i = 0; i < count; i++)
                    {
                        writer.Frame[i] = (byte)(step * i);
                    }

                    int length = writer.Finish(count, line);
                    int at = 0;
                    Assert.IsTrue(reader.TryRead(line, ref at, length));
                    Assert.AreEqual(count, reader.Count);
                    for (int i = 0; i < count; i++)
                    {
                        Assert.AreEqual((byte)(step * i), reader.Frame[i]);
                    }
                }
            }

            Assert.AreEqual(0, (int)reader.Damaged);
        }

        [TestMethod]
        public void NoChangedBytePasses()
        {
            SerialFrameWriter writer = new SerialFrameWriter(MessageMax);
            byte[] line = new byte[SerialFrame.LineSizeMax(MessageMax)];
            int length = writer.Finish(SerialFrame.HeadSize + 20, line);
            for (int i = 1; i < length - 1; i++)
            {
                SerialFrameReader reader = new SerialFrameReader(MessageMax);
                byte before = line[i];
                line[i] = (byte)(before ^ 0x41);
                int at = 0;
                Assert.IsFalse(reader.TryRead(line, ref at, length));
                line[i] = before;
            }
        }

        [TestMethod]
        public void MessagesAreExchangedOnceAndInOrderOverALineThatLosesFrames()
        {
            SerialSession board = new SerialSession(true, MessageMax, 4, 3);
            SerialSession bridge = new SerialSession(false, MessageMax, 8, 8);
            byte[] line = new byte[SerialFrame.LineSizeMax(MessageMax)];
            byte[] message = new byte[MessageMax];
            long nowMs = 1000;
            board.Open(0xFEDCBA98u, nowMs);
            int sent = 0;
            int taken = 0;
            uint draw = 1;
            while (taken < 60)
            {
                Assert.IsTrue(nowMs < 600000);
                draw = Carry(board, bridge, line, nowMs, draw);
                bridge.Accept(nowMs);
                draw = Carry(bridge, board, line, nowMs, draw);
                message[0] = (byte)sent;
                if (sent < 60 && board.TrySend(message, 0, 1 + sent, nowMs))
                {
                    sent++;
                }

                int count;
                while ((count = bridge.TryReceive(message)) >= 0)
                {
                    Assert.AreEqual(1 + taken, count);
                    Assert.AreEqual((byte)taken, message[0]);
                    taken++;
                }

                nowMs += 50;
            }

            Assert.IsTrue(board.Counters.Resent > 0u);
            Assert.AreEqual((int)SerialSessionState.Open, (int)board.State);
        }

        // One frame of five is lost.
        private static uint Carry(SerialSession from, SerialSession to, byte[] line, long nowMs, uint draw)
        {
            int count;
            while ((count = from.PollTransmit(line, nowMs)) > 0)
            {
                draw = (draw * 1103515245u) + 12345u;
                if (((draw >> 16) % 5u) != 0u)
                {
                    to.Receive(line, 0, count, nowMs);
                }
            }

            return draw;
        }
    }
}
