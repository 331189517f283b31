using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Programs about randomness and rebooting.</summary>
    public static class Runtime
    {
        /// <summary>Two generators with one seed.</summary>
        public static void Randomness()
        {
            byte[] first = new byte[16];
            byte[] second = new byte[16];
            new Random(42).NextBytes(first);
            new Random(42).NextBytes(second);
            bool same = true;
            for (int i = 0; i < first.Length; i++)
            {
                same = same && first[i] == second[i];
            }

            Console.WriteLine("same " + same);
            Console.WriteLine("first " + BitConverter.ToString(first));
        }

        /// <summary>Reboots once it was told to by a second thread.</summary>
        public static void Reboot()
        {
            Console.WriteLine("up " + (Environment.TickCount64 < 1000));
            Thread.Sleep(500);
            Power.RebootDevice();
            Console.WriteLine("never");
        }
    }
}
