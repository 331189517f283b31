using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>What the operations take on the runtime that runs this program: one line each, a last one that says that all are done.</summary>
    public static class Program
    {
        private const int RunsMax = 200;
        private const long EnoughTicks = 300 * TimeSpan.TicksPerMillisecond;

        /// <summary>Preparing can take far longer than running.</summary>
        private const long WithPreparingTicks = 3 * TimeSpan.TicksPerSecond;

        private const long TicksPerUs = TimeSpan.TicksPerMillisecond / 1000;

        /// <summary>Measures one operation after the other; one that fails is named, and the next one comes.</summary>
        public static void Main()
        {
            for (int i = 0; i < OperationList.Count; i++)
            {
                try
                {
                    Print(OperationList.Create(i, new HmacSha256()));
                }
                catch (Exception exception)
                {
                    // Out of memory, as a rule: the next one may have room.
                    Console.WriteLine(
                        "cost name=" + OperationList.NameOf(i) + " failed=" + exception.GetType().Name);
                }
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

            Console.WriteLine(
                "cost name=" + operation.Name + " runs=" + runs.ToString() + " us=" + (ticks / (TicksPerUs * runs)).ToString()
                + " fastest=" + (fastest / TicksPerUs).ToString());
        }
    }
}
