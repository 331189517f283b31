using System;
using System.IO;
using System.Text;
using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Board
{
    /// <content>Reading the settings file.</content>
    public sealed partial class BoardSettings
    {
        /// <summary>Where the settings are.</summary>
        public const string Path = "I:\\whispurr.cfg";

        /// <summary>Most bytes of the file.</summary>
        private const int FileSizeMax = 4096;

        /// <summary>
        /// Reads <see cref="Path"/>. What is missing or wrong keeps its default and becomes an error line on the serial
        /// port; a board with a bad file still starts and still carries frames for others.
        /// </summary>
        /// <param name="applicationKeys">Further keys, for <see cref="GetText"/> and <see cref="GetNumber"/>.</param>
        public static BoardSettings Load(params string[] applicationKeys)
        {
            BoardSettings settings = new BoardSettings(applicationKeys);
            try
            {
                string text = ReadFile();
                if (text != null)
                {
                    settings.Parse(text);
                }
            }
            catch (Exception exception)
            {
                SerialLog.Error("the settings in " + Path + " cannot be read", exception);
            }

            string[] errors = settings.Errors;
            for (int i = 0; i < errors.Length; i++)
            {
                SerialLog.Error(errors[i]);
            }

            return settings;
        }

        private static string ReadFile()
        {
            if (!File.Exists(Path))
            {
                SerialLog.Error("there is no " + Path + ", so this board only relays; to make it a member put a line "
                    + "join=CODE into that file, with the code of your network or the word public");
                return null;
            }

            byte[] bytes = File.ReadAllBytes(Path);
            if (bytes.Length > FileSizeMax)
            {
                SerialLog.Error(Path + " is above 4096 bytes and is ignored");
                return null;
            }

            if (bytes.Length == 0)
            {
                return null;
            }

            // The join code is in there; its string cannot be wiped, but this copy can.
            string text = Encoding.UTF8.GetString(bytes, 0, bytes.Length);
            CryptoBytes.Wipe(bytes);
            return text;
        }
    }
}
