using nanoFramework.TestFramework;
using WhispurrNet.Board.Provisioning;

namespace WhispurrNet.DeviceTests.Board
{
    /// <summary>Commands and states of provisioning over Bluetooth, on the interpreter.</summary>
    [TestClass]
    public class ImprovTests
    {
        private static readonly byte[] s_wifi = new byte[]
        {
            0x01, 0x1E, 0x0C, 0x4D, 0x79, 0x57, 0x69, 0x72, 0x65, 0x6C, 0x65, 0x73, 0x73, 0x41, 0x50, 0x10, 0x6D, 0x79, 0x73,
            0x65, 0x63, 0x75, 0x72, 0x65, 0x70, 0x61, 0x73, 0x73, 0x77, 0x6F, 0x72, 0x64, 0x00,
        };

        [TestMethod]
        public void TheExampleOfTheSpecificationIsReadInOneWriteAndInPieces()
        {
            for (int most = 1; most <= s_wifi.Length; most++)
            {
                ImprovSession session = Authorized();
                ImprovAction action = ImprovAction.None;
                byte[] command = WithSum(s_wifi);
                byte[] piece = new byte[most];
                for (int at = 0; at < command.Length; at += most)
                {
                    Assert.AreEqual((int)ImprovAction.None, (int)action);
                    int count = command.Length - at < most ? command.Length - at : most;
                    System.Array.Copy(command, at, piece, 0, count);
                    action = session.Receive(piece, count, at);
                }

                Assert.AreEqual((int)ImprovAction.Connect, (int)action);
                Assert.AreEqual("MyWirelessAP", session.First);
                Assert.AreEqual("mysecurepassword", session.Second);
                Assert.AreEqual((int)ImprovState.Provisioning, (int)session.State);
            }
        }

        [TestMethod]
        public void EveryLengthAndEveryWrongSumIsRefusedWithoutHarm()
        {
            byte[] right = WithSum(s_wifi);
            for (int wrong = 1; wrong < 256; wrong += 7)
            {
                ImprovSession session = Authorized();
                byte[] command = (byte[])right.Clone();
                command[command.Length - 1] = (byte)(command[command.Length - 1] + wrong);
                Assert.AreEqual((int)ImprovAction.None, (int)session.Receive(command, command.Length, 0));
                Assert.AreEqual((int)ImprovError.InvalidPacket, (int)session.Error);
                Assert.AreEqual((int)ImprovAction.Connect, (int)session.Receive(right, right.Length, 0));
            }
        }

        [TestMethod]
        public void WithoutAuthorisationNothingIsTakenAndItEndsAfterAMinute()
        {
            ImprovSession session = new ImprovSession(new string[] { "a", "b", "c", "d" });
            byte[] wifi = WithSum(s_wifi);
            Assert.AreEqual((int)ImprovAction.None, (int)session.Receive(wifi, wifi.Length, 0));
            Assert.AreEqual((int)ImprovError.NotAuthorized, (int)session.Error);
            session.Authorize(true, 1000);
            session.HandleTimeout(1000 + ImprovSession.AuthorizedMs - 1);
            Assert.AreEqual((int)ImprovState.Authorized, (int)session.State);
            session.HandleTimeout(1000 + ImprovSession.AuthorizedMs);
            Assert.AreEqual((int)ImprovState.AuthorizationRequired, (int)session.State);
        }

        [TestMethod]
        public void RandomBytesNeitherThrowNorConnect()
        {
            ImprovSession session = Authorized();
            byte[] bytes = new byte[40];
            uint draw = 7;
            for (int round = 0; round < 2000; round++)
            {
                for (int i = 0; i < bytes.Length; i++)
                {
                    draw = (draw * 1103515245u) + 12345u;
                    bytes[i] = (byte)(draw >> 16);
                }

                // Commands that change nothing; what is left to refuse is everything else.
                bytes[0] = (byte)(2 + (bytes[0] & 1));
                session.Receive(bytes, 1 + (round % bytes.Length), round * 20000L);
                Assert.AreEqual((int)ImprovState.Authorized, (int)session.State);
            }
        }

        [TestMethod]
        public void TheResultHasItsLengthsAndItsSum()
        {
            ImprovSession session = Authorized();
            byte[] ask = new byte[] { 3, 0, 3 };
            session.Receive(ask, 3, 0);
            byte[] result = session.Result;
            Assert.AreEqual(3, (int)result[0]);
            Assert.AreEqual(session.ResultCount - 3, (int)result[1]);
            Assert.AreEqual(1, (int)result[2]);
            Assert.AreEqual((byte)'a', result[3]);
            Assert.AreEqual(Improv.Sum(result, session.ResultCount - 1), result[session.ResultCount - 1]);
        }

        private static ImprovSession Authorized()
        {
            ImprovSession session = new ImprovSession(new string[] { "a", "b", "c", "d" });
            session.Authorize(false, 0);
            return session;
        }

        private static byte[] WithSum(byte[] command)
        {
            byte[] all = (byte[])command.Clone();
            all[all.Length - 1] = Improv.Sum(all, all.Length - 1);
            return all;
        }
    }
}
