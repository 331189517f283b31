using System;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>A program whose stack trace is read. The comments mark its lines.</summary>
    public static class Stacks
    {
        private static int s_steps;

        /// <summary>Falls, through a loop and a handler.</summary>
        public static void Fall()
        {
            for (int i = 0; i < 3; i++)
            {
                s_steps += i;
                if (i == 2)
                {
                    Pass(new object()); // Begun here
                }
            }
        }

        private static void Pass(object baggage)
        {
            try
            {
                Throw(baggage.ToString().Length); // Called here
            }
            catch (ArgumentException)
            {
                Console.WriteLine("never");
            }
        }

        private static void Throw(int length)
        {
            byte[] heap = new byte[length];
            while (s_steps < 10)
            {
                s_steps += heap.Length;
            }

            throw new InvalidOperationException("on purpose"); // Thrown here
        }
    }
}
