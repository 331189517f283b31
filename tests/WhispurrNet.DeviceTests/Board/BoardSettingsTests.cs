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
                + "ssid=my network\r\n"
                + "password=correct horse\r\n"
                + "led=2\r\n"
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
            Assert.AreEqual("my network", settings.WifiName);
            Assert.AreEqual("correct horse", settings.Password);
            Assert.AreEqual(2, settings.LedPin);
            Assert.IsFalse(settings.Stealth);
            Assert.IsTrue(settings.Trace);
            Assert.AreEqual(30, settings.GetNumber("every", 300));
        }

        [TestMethod]
        public void WhatIsWrittenReadsTheSame()
        {
            BoardSettings settings = new BoardSettings("every");
            settings.Parse("name=kitchen\njoin=public\ngateway=wss://desk/mesh\nintents=a,b\nsize=small\nframe=512\n"
                + "ssid=my network\npassword=correct = horse\nled=0\nstealth=on\ntrace=on\nevery=30\n");
            string text = settings.ToText();
            BoardSettings again = new BoardSettings("every");
            again.Parse(text);

            Assert.AreEqual(0, settings.Errors.Length);
            Assert.AreEqual(0, again.Errors.Length);
            Assert.AreEqual(text, again.ToText());
            Assert.AreEqual("correct = horse", again.Password);
            Assert.AreEqual(0, again.LedPin);
            Assert.AreEqual(2, again.Intents.Length);
        }

        [TestMethod]
        public void StealthMeansLargeFrames()
        {
            BoardSettings settings = new BoardSettings();
            settings.Parse("stealth=on\nframe=256");
            Assert.AreEqual(512, settings.FrameSize);
            settings.Parse("stealth=off");
            Assert.AreEqual(256, settings.FrameSize);
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
        [DataRow("ssid=a network with a name of 33 bytes.")]
        [DataRow("password=7 char")]
        [DataRow("led=")]
        [DataRow("led=-1")]
        [DataRow("led=49")]
        [DataRow("stealth=1")]
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
            Assert.ThrowsException(typeof(System.ArgumentException), SetPasswordOfTwoLines);
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

        private static void SetPasswordOfTwoLines()
        {
            new BoardSettings().WifiPassword = "password\njoin=public";
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
