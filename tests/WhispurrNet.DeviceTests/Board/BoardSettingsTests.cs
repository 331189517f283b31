using nanoFramework.TestFramework;
using WhispurrNet.Board;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.DeviceTests.Board
{
    /// <summary>The settings file: what it understands, and that a bad line costs that line only.</summary>
    [TestClass]
    public class BoardSettingsTests
    {
        [TestMethod]
        public void EveryKeyIsUnderstood()
        {
            BoardSettings settings = new BoardSettings("every");
            settings.Parse("# a board in the kitchen\r\n"
                + "name=kitchen\r\n"
                + "\r\n"
                + " join = public \r\n"
                + "gateway=ws://192.168.1.10:8765/mesh\r\n"
                + "intents=emotion_data, door ,,\r\n"
                + "size=full\r\n"
                + "frame=512\r\n"
                + "trace=on\r\n"
                + "every=30");

            Assert.AreEqual(0, settings.Errors.Length);
            Assert.AreEqual("kitchen", settings.Name);
            Assert.IsTrue(settings.IsMember);
            Assert.AreEqual("ws://192.168.1.10:8765/mesh", settings.Gateway);
            Assert.AreEqual(2, settings.Intents.Length);
            Assert.AreEqual("emotion_data", settings.Intents[0]);
            Assert.AreEqual("door", settings.Intents[1]);
            Assert.IsTrue(settings.Size == BoardSize.Full);
            Assert.AreEqual(512, settings.FrameSize);
            Assert.IsTrue(settings.Trace);
            Assert.AreEqual(30, settings.GetNumber("every", 300));
        }

        [TestMethod]
        public void NothingSaidMeansARelay()
        {
            BoardSettings settings = new BoardSettings("every");
            settings.Parse("");

            Assert.AreEqual(0, settings.Errors.Length);
            Assert.IsFalse(settings.IsMember);
            Assert.AreEqual("", settings.Gateway);
            Assert.AreEqual(0, settings.Intents.Length);
            Assert.IsTrue(settings.Size == BoardSize.Auto);
            Assert.AreEqual(256, settings.FrameSize);
            Assert.IsFalse(settings.Trace);
            Assert.AreEqual(300, settings.GetNumber("every", 300));
        }

        [DataRow("name=")]
        [DataRow("name=two words")]
        [DataRow("name=a-name-that-is-longer-than-thirty-two")]
        [DataRow("join=")]
        [DataRow("join=0000-0000")]
        [DataRow("gateway=http://192.168.1.10")]
        [DataRow("gateway=ws://")]
        [DataRow("intents=two words")]
        [DataRow("size=medium")]
        [DataRow("frame=300")]
        [DataRow("frame=")]
        [DataRow("trace=yes")]
        [DataRow("gatway=ws://192.168.1.10")]
        [DataRow("just words")]
        [DataRow("=value")]
        public void ABadLineIsOneErrorAndChangesNothing(string line)
        {
            BoardSettings settings = new BoardSettings();
            settings.Parse("trace=on\nname=kitchen\n" + line + "\nintents=door");

            Assert.AreEqual(1, settings.Errors.Length, line);
            Assert.IsTrue(settings.Errors[0].StartsWith("line 3 of the settings "), settings.Errors[0]);
            Assert.AreEqual("kitchen", settings.Name);
            Assert.IsTrue(settings.Trace);
            Assert.IsFalse(settings.IsMember);
            Assert.AreEqual("", settings.Gateway);
            Assert.AreEqual(256, settings.FrameSize);
            Assert.AreEqual(1, settings.Intents.Length);
        }

        [TestMethod]
        public void AnErrorNeverQuotesAJoinCode()
        {
            const string Code = "0000-0000-0000-0000-0000-0000-0000";
            BoardSettings settings = new BoardSettings();
            settings.Parse("join=" + Code);

            Assert.AreEqual(1, settings.Errors.Length);
            Assert.IsTrue(settings.Errors[0].IndexOf("0000") < 0);
        }

        [TestMethod]
        public void AByteOrderMarkIsSkipped()
        {
            BoardSettings settings = new BoardSettings();
            settings.Parse(new string((char)0xFEFF, 1) + "name=kitchen");

            Assert.AreEqual(0, settings.Errors.Length);
            Assert.AreEqual("kitchen", settings.Name);
        }

        [TestMethod]
        public void TheSixteenthIntentIsRefused()
        {
            BoardSettings settings = new BoardSettings();
            for (int i = 0; i < BoardSettings.IntentsMax; i++)
            {
                settings.Parse("intents=intent" + i.ToString());
            }

            Assert.AreEqual(0, settings.Errors.Length);
            settings.Parse("intents=intent0");
            Assert.AreEqual(0, settings.Errors.Length);
            settings.Parse("intents=one_more");
            Assert.AreEqual(1, settings.Errors.Length);
            Assert.AreEqual(BoardSettings.IntentsMax, settings.Intents.Length);
        }

        [TestMethod]
        public void ABadSettingInCodeThrows()
        {
            Assert.ThrowsException(typeof(System.ArgumentException), SetBadJoinCode);
            Assert.ThrowsException(typeof(System.ArgumentException), SetBadGateway);
            Assert.ThrowsException(typeof(System.ArgumentException), ListenToNothing);
            Assert.ThrowsException(typeof(System.ArgumentException), AskForAnUnknownKey);

            BoardSettings settings = new BoardSettings();
            settings.JoinCode = NetworkKey.PublicJoinCode;
            Assert.IsTrue(settings.IsMember);
        }

        private static void SetBadJoinCode()
        {
            new BoardSettings().JoinCode = "no code";
        }

        private static void SetBadGateway()
        {
            new BoardSettings().Gateway = "192.168.1.10";
        }

        private static void ListenToNothing()
        {
            new BoardSettings().Listen("");
        }

        private static void AskForAnUnknownKey()
        {
            new BoardSettings().GetText("every", "");
        }
    }
}
