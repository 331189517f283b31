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

        /// <summary>Runs all tests and says how long they took.</summary>
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
