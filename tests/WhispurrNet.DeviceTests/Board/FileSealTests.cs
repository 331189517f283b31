using nanoFramework.TestFramework;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.DeviceTests.Board
{
    /// <summary>The last line by which a whole file is told from one that the power cut short.</summary>
    [TestClass]
    public class FileSealTests
    {
        [TestMethod]
        public void TheSumIsTheCrc32OfTheText()
        {
            // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
            byte[] all = FileSeal.Add(Ascii("123456789"));

            byte[] expected = Ascii("123456789#sum=CBF43926\n");
            CollectionAssert.AreEqual(expected, all);
        }

        [TestMethod]
        public void OnlyTheWholeFileIsWhole()
        {
            byte[] all = FileSeal.Add(Ascii("name=kitchen\n"));
            Assert.IsTrue(FileSeal.IsWhole(all));
            for (int count = 0; count < all.Length; count++)
            {
                byte[] part = new byte[count];
                System.Array.Copy(all, 0, part, 0, count);
                Assert.IsFalse(FileSeal.IsWhole(part));
            }
        }

        [TestMethod]
        public void AChangedByteIsNotWholeButStillSealed()
        {
            byte[] all = FileSeal.Add(Ascii("name=kitchen\n"));
            all[5] ^= 1;

            Assert.IsFalse(FileSeal.IsWhole(all));
            Assert.IsTrue(FileSeal.IsSealed(all));
        }

        [TestMethod]
        public void AFileWrittenByHandHasNoSeal()
        {
            byte[] text = Ascii("name=kitchen\njoin=public\n");

            Assert.IsFalse(FileSeal.IsWhole(text));
            Assert.IsFalse(FileSeal.IsSealed(text));
        }

        private static byte[] Ascii(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }
    }
}
