using System;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.SelfTest
{
    /// <summary>
    /// Tests every primitive before a key exists that it could spoil: wrong arithmetic in a cipher, from a bad flash or
    /// a bad build, would otherwise send whispers that anybody can read, and nobody would notice.
    /// </summary>
    internal static class PowerOnTest
    {
        /// <summary>Runs one test.</summary>
        /// <returns>Null if it passed, else why it did not.</returns>
        internal static string Run(int test)
        {
            try
            {
                return KnownAnswers.Holds(test) ? null : "it computes a wrong result";
            }
            catch (Exception exception)
            {
                return exception.GetType().Name + ", " + exception.Message;
            }
        }

        /// <summary>Runs every test there is, on a board or elsewhere.</summary>
        /// <returns>A line for each: <c>name;passed;ms</c> or <c>name;failed: why;ms</c>.</returns>
        internal static string[] Report()
        {
            string[] lines = new string[KnownAnswers.FullCount];
            for (int i = 0; i < lines.Length; i++)
            {
                // Not the board's own clock: a desk has none.
                long start = DateTime.UtcNow.Ticks;
                string reason = Run(i);
                long ms = (DateTime.UtcNow.Ticks - start) / TimeSpan.TicksPerMillisecond;
                lines[i] = KnownAnswers.NameOf(i) + (reason == null ? ";passed;" : ";failed: " + reason + ";")
                    + ms.ToString();
            }

            return lines;
        }

        /// <summary>Runs all tests of the start and says how long they took.</summary>
        /// <returns>Null if all passed, else a sentence about the first that did not.</returns>
        internal static string RunAll()
        {
            long startMs = BoardClock.NowMs;
            for (int i = 0; i < KnownAnswers.Count; i++)
            {
                string reason = Run(i);
                if (reason != null)
                {
                    return "the self-test of " + KnownAnswers.NameOf(i) + " failed: " + reason;
                }
            }

            SerialLog.Line("selftest passed count=" + KnownAnswers.Count.ToString()
                + " ms=" + (BoardClock.NowMs - startMs).ToString());
            return null;
        }
    }
}
