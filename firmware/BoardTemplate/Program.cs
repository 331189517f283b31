using System;
using System.Threading;
using WhispurrNet.Board;

namespace BoardTemplate
{
    /// <summary>Says hello to the network and prints what others send. Settings come from I:\whispurr.cfg.</summary>
    public class Program
    {
        /// <summary>Starts the board; the program never ends.</summary>
        public static void Main()
        {
            WhispurrBoard board = new WhispurrBoard(BoardSettings.Load());
            board.OnWhisper += Heard;
            board.Start();

            board.Whisper("greeting", "hello");

            // Main must not return: the runtime takes that for the end of the program.
            Thread.Sleep(Timeout.Infinite);
        }

        private static void Heard(ReceivedWhisper whisper)
        {
            Console.WriteLine("heard " + whisper.Intent + " from " + whisper.From + ": " + whisper.Text);
        }
    }
}
