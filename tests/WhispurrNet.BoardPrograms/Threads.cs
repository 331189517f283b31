using System;
using System.Threading;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Programs about threads, waiting and the end of things.</summary>
    public static class Threads
    {
        private static readonly object s_lock = new object();
        private static readonly AutoResetEvent s_never = new AutoResetEvent(false);
        private static readonly AutoResetEvent s_ping = new AutoResetEvent(false);
        private static readonly AutoResetEvent s_pong = new AutoResetEvent(false);
        private static string s_passed;
        private static int s_ticks;
        private static int s_spins;

        /// <summary>One thread throws; Main counts on.</summary>
        public static void OneThrows()
        {
            Thread thread = new Thread(Throw);
            thread.Start();
            thread.Join();
            Console.WriteLine("main lives, thread alive " + thread.IsAlive);
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>
        /// Every way of hanging: a busy loop, a lock held elsewhere, an event nobody sets, a catch-all in a loop.
        /// </summary>
        public static void Hang()
        {
            new Thread(Spin).Start();
            new Thread(HoldLock).Start();
            Thread.Sleep(50);
            new Thread(WantLock).Start();
            new Thread(CatchAll).Start();
            new Thread(SwallowInFinally).Start();
            Console.WriteLine("hanging");
            s_never.WaitOne();
        }

        /// <summary>Timer ticks, one timeout and one signal.</summary>
        public static void Wait()
        {
            using (new Timer(Tick, null, 100, 100))
            {
                Thread.Sleep(1050);
            }

            Console.WriteLine("ticks " + s_ticks);
            long start = Environment.TickCount64;
            bool signaled = s_never.WaitOne(300, false);
            Console.WriteLine("timeout " + signaled + " " + (Environment.TickCount64 - start));
            ManualResetEvent first = new ManualResetEvent(false);
            ManualResetEvent second = new ManualResetEvent(true);
            Console.WriteLine("any " + WaitHandle.WaitAny(new WaitHandle[] { first, second }));
            Console.WriteLine("all " + WaitHandle.WaitAll(new WaitHandle[] { first, second }, 50, false));
        }

        /// <summary>A timer whose callback throws, and a second one that must go on.</summary>
        public static void TimerThrows()
        {
            new Timer(ThrowInTimer, null, 50, Timeout.Infinite);
            new Timer(Tick, null, 100, 100);
            while (s_ticks < 3)
            {
                Thread.Sleep(20);
            }

            Console.WriteLine("ticking");
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>Aborts a thread that loops, and suspends and resumes another.</summary>
        public static void Abort()
        {
            Thread spinner = new Thread(Spin);
            spinner.Start();
            spinner.Suspend();
            Thread.Sleep(100);
            int before = s_spins;
            Thread.Sleep(200);
            Console.WriteLine("suspended " + (before == s_spins));
            spinner.Resume();
            Thread.Sleep(100);
            Console.WriteLine("resumed " + (before != s_spins));
            spinner.Abort();
            Console.WriteLine("aborted " + spinner.Join(2000));
        }

        /// <summary>Waits some hours.</summary>
        public static void WaitAnHour(int hours)
        {
            for (int i = 0; i < hours; i++)
            {
                Thread.Sleep(3600000);
            }
        }

        /// <summary>Three threads hold one lock for a minute each.</summary>
        public static void PassLock()
        {
            s_passed = "";
            for (int i = 0; i < 3; i++)
            {
                new Thread(HoldLockForAMinute).Start();
            }

            Thread.Sleep(600000);
            Console.WriteLine("got it after" + s_passed);
        }

        private static void HoldLockForAMinute()
        {
            lock (s_lock)
            {
                Thread.Sleep(60000);
                s_passed += " " + Environment.TickCount64;
            }
        }

        /// <summary>Two threads wake each other until a second has passed.</summary>
        public static void PingPong()
        {
            long start = Environment.TickCount64;
            Thread other = new Thread(Pong);
            other.Start();
            while (Environment.TickCount64 - start < 1000)
            {
                s_ping.Set();
                s_pong.WaitOne();
            }

            Console.WriteLine("a second has passed");
        }

        private static void Pong()
        {
            while (true)
            {
                s_ping.WaitOne();
                s_pong.Set();
            }
        }

        private static void Tick(object state) => s_ticks++;

        private static void ThrowInTimer(object state) => throw new InvalidOperationException("timer");

        private static void Throw() => throw new InvalidOperationException("on purpose");

        private static void Spin()
        {
            while (true)
            {
                s_spins++;
            }
        }

        private static void HoldLock()
        {
            lock (s_lock)
            {
                s_never.WaitOne();
            }
        }

        private static void WantLock()
        {
            lock (s_lock)
            {
                Console.WriteLine("never");
            }
        }

        private static void CatchAll()
        {
            while (true)
            {
                try
                {
                    Thread.Sleep(1000);
                }
                catch (Exception)
                {
                    Console.WriteLine("caught what nobody may catch");
                }
            }
        }

        private static void SwallowInFinally()
        {
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            finally
            {
                while (s_ticks == 0)
                {
                    s_spins++;
                }
            }
        }
    }
}
