using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>What the operations take on the runtime that runs this program.</summary>
    public static class Program
    {
        private const int RunsMax = 200;
        private const long EnoughTicks = 300 * TimeSpan.TicksPerMillisecond;

        /// <summary>Preparing can take far longer than running.</summary>
        private const long WithPreparingTicks = 3 * TimeSpan.TicksPerSecond;

        /// <summary>Prints a table; the last line says that it is whole.</summary>
        public static void Main()
        {
            Console.WriteLine("operation | runs | microseconds each | fastest");
            for (int i = 0; i < OperationList.Count; i++)
            {
                Print(OperationList.Create(i, new HmacSha256()));
            }

            Console.WriteLine("Costs done.");
        }

        private static void Print(Operation operation)
        {
            long begin = DateTime.UtcNow.Ticks;
            long ticks = 0;
            long fastest = long.MaxValue;
            int runs = 0;
            while (ticks < EnoughTicks && runs < RunsMax && DateTime.UtcNow.Ticks - begin < WithPreparingTicks)
            {
                operation.Prepare();
                long start = DateTime.UtcNow.Ticks;
                operation.Run();
                long took = DateTime.UtcNow.Ticks - start;
                fastest = took < fastest ? took : fastest;
                ticks += took;
                runs++;
            }

            long each = ticks / (10 * runs);
            Console.WriteLine(
                operation.Name + " | " + runs.ToString() + " | " + each.ToString() + " | " + (fastest / 10).ToString());
        }
    }
}
