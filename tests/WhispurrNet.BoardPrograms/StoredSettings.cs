using System;
using System.IO;
using System.Threading;
using WhispurrNet.Board;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Programs that read and write the board's settings.</summary>
    public static class StoredSettings
    {
        /// <summary>Prints the settings.</summary>
        public static void Print()
        {
            Print(BoardSettings.Load("every"));
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>Changes name, Wi-Fi and one value, and saves.</summary>
        public static void Change()
        {
            BoardSettings settings = BoardSettings.Load("every");
            settings.Name = "new";
            settings.WifiName = "new network";
            try
            {
                settings.Save();
                Console.WriteLine("saved");
            }
            catch (IOException exception)
            {
                Console.WriteLine("not saved: " + exception.Message);
            }

            Print(settings);
            Thread.Sleep(Timeout.Infinite);
        }

        private static void Print(BoardSettings settings)
        {
            Console.WriteLine("settings " + settings.Name + "|" + settings.WifiName + "|" + settings.Gateway
                + "|" + settings.LedPin.ToString() + "|" + settings.FrameSize.ToString()
                + "|" + settings.GetText("every", "-") + "|" + (settings.IsMember ? "member" : "relay"));
        }
    }
}
