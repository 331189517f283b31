using System;
using System.Threading;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>The smallest program: text, time and waiting.</summary>
    public static class Program
    {
        public static void Main()
        {
            long start = Environment.TickCount64;
            Console.WriteLine("hello");
            Thread.Sleep(500);
            long waited = Environment.TickCount64 - start;
            Console.WriteLine("waited " + waited);
        }
    }
}
