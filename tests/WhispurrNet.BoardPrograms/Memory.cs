using System;
using System.Collections;
using System.Threading;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Programs that use up the managed heap, one way each, and some that do not.</summary>
    public static class Memory
    {
        private static readonly ArrayList s_kept = new ArrayList();
        private static byte[] s_array;

        /// <summary>Says when every static is made, and waits to be called.</summary>
        public static void Run()
        {
            Console.WriteLine("ready");
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>Keeps everything it makes.</summary>
        public static void Leak()
        {
            while (true)
            {
                s_kept.Add(new byte[256]);
            }
        }

        /// <summary>Makes as much and keeps nothing; returns the bytes.</summary>
        public static int Litter(int arrays)
        {
            int sum = 0;
            for (int i = 0; i < arrays; i++)
            {
                s_array = new byte[1000];
                sum += s_array.Length;
            }

            return sum;
        }

        /// <summary>Makes texts and keeps nothing; returns how long the last was.</summary>
        public static int LitterText(int texts)
        {
            string text = "";
            for (int i = 0; i < texts; i++)
            {
                text = "number " + i + " of " + texts;
            }

            return text.Length;
        }

        /// <summary>One array of a length.</summary>
        public static void TakeArray(int length)
        {
            s_array = new byte[length];
        }

        /// <summary>Calls itself without end.</summary>
        public static int Recurse(int depth)
        {
            return Recurse(depth + 1) + 1;
        }

        /// <summary>Calls itself so often and comes back.</summary>
        public static int Descend(int depth)
        {
            return depth == 0 ? 0 : Descend(depth - 1) + 1;
        }

        /// <summary>Starts threads that stay.</summary>
        public static void StartThreads()
        {
            while (true)
            {
                new Thread(Stay).Start();
            }
        }

        /// <summary>Starts threads that end, one after the other.</summary>
        public static int RunThreads(int threads)
        {
            int ran = 0;
            for (int i = 0; i < threads; i++)
            {
                Thread thread = new Thread(() => ran++);
                thread.Start();
                thread.Join();
            }

            return ran;
        }

        /// <summary>Free heap before, with and after one array that an empty board has room for.</summary>
        public static string Free(int length)
        {
            uint before = nanoFramework.Runtime.Native.GC.Run(true);
            s_array = new byte[length];
            uint with = nanoFramework.Runtime.Native.GC.Run(true);
            s_array = null;
            uint after = nanoFramework.Runtime.Native.GC.Run(true);
            return (before - with) + " " + (after - with);
        }

        /// <summary>What each kind of thing takes, in bytes.</summary>
        public static string Sizes()
        {
            uint start = nanoFramework.Runtime.Native.GC.Run(true);
            object[] kept = new object[4];
            uint array = nanoFramework.Runtime.Native.GC.Run(true);
            kept[0] = new Pair();
            uint pair = nanoFramework.Runtime.Native.GC.Run(true);
            kept[1] = array;
            uint boxed = nanoFramework.Runtime.Native.GC.Run(true);
            kept[2] = new string('x', 30);
            uint text = nanoFramework.Runtime.Native.GC.Run(true);
            kept[3] = new Action(Stay);
            uint handler = nanoFramework.Runtime.Native.GC.Run(true);
            s_kept.Add(kept);
            return (start - array) + " " + (array - pair) + " " + (pair - boxed) + " " + (boxed - text) + " "
                + (text - handler);
        }

        /// <summary>Lets go of what a handler caught while it was out of memory, and goes on.</summary>
        public static string Recover()
        {
            try
            {
                Leak();
            }
            catch (OutOfMemoryException)
            {
                s_kept.Clear();
            }

            return "went on with " + (Litter(100) / 1000);
        }

        private static void Stay()
        {
            Thread.Sleep(Timeout.Infinite);
        }

        private sealed class Pair
        {
            public int First { get; set; }

            public Pair Second { get; set; }
        }
    }
}
