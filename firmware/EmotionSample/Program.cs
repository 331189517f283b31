using System;
using System.Threading;
using WhispurrNet.Board;

namespace EmotionSample
{
    /// <summary>
    /// Sends how the board feels every five minutes and prints what others send. Settings come from I:\whispurr.cfg;
    /// the key "every" there changes the period in seconds, 0 for never.
    /// </summary>
    public static class Program
    {
        private const string Intent = "emotion_data";
        private const string Calm = "{\"emotion_label\":\"calm\",\"confidence\":0.93,\"intensity\":0.4}";

        /// <summary>Starts the board and then sends for ever.</summary>
        public static void Main()
        {
            BoardSettings settings = BoardSettings.Load("every");
            int everySeconds = settings.GetNumber("every", 300);

            WhispurrBoard board = new WhispurrBoard(settings);
            board.OnWhisper += Heard;
            board.Start();

            // Main must not end: the runtime takes that for the end of the program.
            while (true)
            {
                try
                {
                    Speak(board, everySeconds);
                }
                catch (OutOfMemoryException)
                {
                    // Every call takes memory, so there is none in here. A board without goes on when it has some again.
                }

                try
                {
                    Thread.Sleep(1000);
                }
                catch (OutOfMemoryException)
                {
                }
            }
        }

        private static void Speak(WhispurrBoard board, int everySeconds)
        {
            while (everySeconds > 0)
            {
                board.Whisper(Intent, Calm);
                Thread.Sleep(everySeconds * 1000);
            }

            Thread.Sleep(Timeout.Infinite);
        }

        private static void Heard(ReceivedWhisper whisper)
        {
            string what = whisper.Intent != null ? whisper.Intent : whisper.KindName;
            Console.WriteLine("heard " + what + " from " + whisper.From + ": " + whisper.Text);
        }
    }
}
