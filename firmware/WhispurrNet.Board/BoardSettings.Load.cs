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
#if !BLUETOOTH_ONLY
                else
                {
                    settings.IsBlank = true;
                }
#endif
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

        /// <summary>
        /// Writes all settings to <see cref="Path"/>. Power may fail at any moment: the next start finds the old
        /// settings or these, whole. Comments in the file are not kept.
        /// </summary>
        /// <exception cref="IOException">The drive is full or broken; the old settings still count.</exception>
        /// <exception cref="InvalidOperationException">The text is above 4096 bytes.</exception>
        public void Save()
        {
            byte[] text = Encoding.UTF8.GetBytes(ToText());
            if (text.Length > FileSizeMax - FileSeal.Size)
            {
                throw new InvalidOperationException("The settings are above 4096 bytes.");
            }

            try
            {
                SafeFile.Write(Path, text);
            }
            finally
            {
                CryptoBytes.Wipe(text);
            }
        }

        private static string ReadFile()
        {
            byte[] bytes = SafeFile.Read(Path, FileSizeMax);
            if (bytes == null)
            {
                SerialLog.Error("there is no " + Path + ", so this board only relays; to make it a member put a line "
                    + "join=CODE into that file, with the code of your network or the word public");
                return null;
            }

            if (FileSeal.IsSealed(bytes) && !FileSeal.IsWhole(bytes))
            {
                SerialLog.Error(Path + " was changed by hand after a board had written it; remove its last line");
            }

            // The join code is in there; its string cannot be wiped, but this copy can.
            string text = bytes.Length == 0 ? "" : Encoding.UTF8.GetString(bytes, 0, bytes.Length);
            CryptoBytes.Wipe(bytes);
            return text;
        }
    }
}
