using System;
using System.Threading;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Programs that are right on .NET and wrong on a board.</summary>
    public static class Traps
    {
        private enum Mood
        {
            Calm = 3,
        }

        /// <summary>A sum, a difference and a product that leave their ranges.</summary>
        public static string Overflow(int start)
        {
            try
            {
                int sum = start + start;
                uint difference = 0u - (uint)start;
                long product = start * long.MaxValue;
                return sum + " " + difference + " " + product;
            }
            catch (Exception)
            {
                return "caught";
            }
        }

        /// <summary>Divides by zero and names what it caught.</summary>
        public static string Divide(int divisor)
        {
            try
            {
                return (10 / divisor).ToString();
            }
            catch (Exception exception)
            {
                return exception.GetType().FullName;
            }
        }

        /// <summary>Divides by zero on a thread that catches nothing.</summary>
        public static void DivideUncaught()
        {
            new Thread(() => Divided(0)).Start();
        }

        /// <summary>Prints enums: alone, in a text and boxed.</summary>
        public static string Enums()
        {
            Mood mood = Mood.Calm;
            object boxed = mood;
            return mood.ToString() + " " + mood + " " + boxed + " " + (Mood)boxed + " " + DayOfWeek.Friday;
        }

        /// <summary>The year of the earliest time.</summary>
        public static int EarliestYear()
        {
            return DateTime.MinValue.Year;
        }

        /// <summary>Draws below a limit that half of all draws exceed; returns how often the lower half came.</summary>
        public static int Bias(int draws)
        {
            Random random = new Random();
            int low = 0;
            for (int i = 0; i < draws; i++)
            {
                low += random.Next(0x60000000) < 0x20000000 ? 1 : 0;
            }

            return low;
        }

        /// <summary>Makes its key as soon as it is called.</summary>
        public static string EarlyKey()
        {
            byte[] key = new byte[16];
            new Random().NextBytes(key);
            return BitConverter.ToString(key);
        }

        /// <summary>Makes an identifier.</summary>
        public static string Identifier()
        {
            return Guid.NewGuid().ToString();
        }

        /// <summary>Ends with an exception and leaves no other thread.</summary>
        public static void Die()
        {
            throw new InvalidOperationException("the last one");
        }

        private static int Divided(int divisor)
        {
            return 10 / divisor;
        }
    }
}
