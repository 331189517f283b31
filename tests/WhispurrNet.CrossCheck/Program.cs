using System;

namespace WhispurrNet.CrossCheck
{
    /// <summary>Checks every primitive on the runtime that runs this program.</summary>
    public static class Program
    {
        /// <summary>Prints a table; the last line says whether all of it agrees.</summary>
        public static void Main()
        {
            Primitive[] primitives = PrimitiveList.All();
            string[] expected = PrimitiveList.Expected();
            bool all = true;
            Console.WriteLine("primitive | rounds | SHA-256 of all outputs");
            for (int i = 0; i < primitives.Length; i++)
            {
                string hash = Hex(Chain.Run(primitives[i], PrimitiveList.Rounds));
                bool agrees = hash == expected[i];
                all &= agrees;
                Console.WriteLine(
                    primitives[i].Name + " | " + PrimitiveList.Rounds.ToString() + " | " + hash
                    + (agrees ? "" : " instead of " + expected[i]));
            }

            Console.WriteLine(all ? "Cross-check done." : "Cross-check failed.");
        }

        private static string Hex(byte[] bytes)
        {
            const string digits = "0123456789abcdef";
            char[] text = new char[2 * bytes.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                text[2 * i] = digits[bytes[i] >> 4];
                text[(2 * i) + 1] = digits[bytes[i] & 15];
            }

            return new string(text);
        }
    }
}
