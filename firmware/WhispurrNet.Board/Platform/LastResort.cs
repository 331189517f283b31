using System;
using System.IO;
using nanoFramework.Runtime.Native;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// Reboots the board when nothing else is left, and not in a loop: the chip does not say how often it has rebooted
    /// since power on, so a file counts, and with every reboot that did not help the next one has to wait twice as long.
    /// </summary>
    internal static class LastResort
    {
        /// <summary>As many bytes as reboots that did not help; no file is none.</summary>
        internal const string Path = "I:\\whispurr.boots";

        /// <summary>A board runs at least this long before it reboots itself.</summary>
        internal const long WaitMinMs = 10 * 60 * 1000;

        /// <summary>Reboots after which the wait grows no more: 5 h 20 min.</summary>
        private const int CountMax = 5;

        /// <summary>A board that works for so long has recovered.</summary>
        private const long HealthyMs = 60 * 60 * 1000;

        private static int s_count;
        private static long s_startedMs;
        private static bool s_announced;

        /// <summary>To be called once, at the start.</summary>
        internal static void Begin(long nowMs)
        {
            s_startedMs = nowMs;
            try
            {
                s_count = File.Exists(Path) ? File.ReadAllBytes(Path).Length : 0;
            }
            catch (Exception)
            {
                // A drive that fails must not keep the board from starting. Reboots are WaitMinMs apart then.
                s_count = 0;
            }
        }

        /// <summary>Reboots if the board has run for long enough; returns if it has not.</summary>
        /// <param name="reason">Why, for the serial port.</param>
        /// <param name="nowMs">Now.</param>
        internal static void Demand(string reason, long nowMs)
        {
            long waitMs = WaitMinMs;
            for (int i = 0; i < s_count && i < CountMax; i++)
            {
                waitMs *= 2;
            }

            if (nowMs - s_startedMs < waitMs)
            {
                if (!s_announced)
                {
                    s_announced = true;
                    SerialLog.Error(reason + ", rebooting if that lasts");
                }

                return;
            }

            SerialLog.Error(reason + ", rebooting");
            Write(s_count < CountMax ? s_count + 1 : CountMax);
            Power.RebootDevice();
        }

        /// <summary>To be called now and then while the board works: after an hour of that, reboots count anew.</summary>
        internal static void Healthy(long nowMs)
        {
            s_announced = false;
            if (s_count > 0 && nowMs - s_startedMs >= HealthyMs)
            {
                Write(0);
            }
        }

        private static void Write(int count)
        {
            s_count = count;
            try
            {
                if (count == 0)
                {
                    File.Delete(Path);
                    return;
                }

                File.WriteAllBytes(Path, new byte[count]);
            }
            catch (Exception exception)
            {
                SerialLog.Error("reboots cannot be counted", exception);
            }
        }
    }
}
