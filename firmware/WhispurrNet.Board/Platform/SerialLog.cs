using System;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// The lines a board writes to its serial port, one per event, each starting with <c>wn</c>. Programs read them,
    /// so the format is fixed. Nothing here throws, since it is called from catch blocks.
    /// </summary>
    internal static class SerialLog
    {
        private const string Prefix = "wn ";

        private static readonly object s_gate = new object();

        /// <summary>One event.</summary>
        internal static void Line(string text)
        {
            try
            {
                // One call a line under a lock: two threads must not mix their characters.
                lock (s_gate)
                {
                    Console.WriteLine(Prefix + text);
                }
            }
            catch (Exception)
            {
                // Out of memory or no port. There is no better place to say so.
            }
        }

        /// <summary>Something that a person should know, as one sentence.</summary>
        internal static void Error(string sentence)
        {
            try
            {
                Line("error " + sentence);
            }
            catch (Exception)
            {
                // Out of memory while joining the text.
            }
        }

        /// <summary>An exception, with what was being done.</summary>
        internal static void Error(string doing, Exception exception)
        {
            try
            {
                string message = exception.Message;
                Line("error " + doing + ": " + exception.GetType().Name
                    + (string.IsNullOrEmpty(message) ? "" : ", " + OneLine(message)));
            }
            catch (Exception)
            {
                // Out of memory while joining the text.
            }
        }

        /// <summary>
        /// A name for a place that ends at a blank: blanks and control characters become underscores.
        /// </summary>
        internal static string Word(string text)
        {
            if (string.IsNullOrEmpty(text))
            {
                return "-";
            }

            return Replace(text, ' ');
        }

        private static string OneLine(string text)
        {
            return Replace(text, (char)31);
        }

        private static string Replace(string text, char highest)
        {
            char[] characters = null;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] <= highest)
                {
                    characters = characters == null ? text.ToCharArray() : characters;
                    characters[i] = '_';
                }
            }

            return characters == null ? text : new string(characters);
        }
    }
}
