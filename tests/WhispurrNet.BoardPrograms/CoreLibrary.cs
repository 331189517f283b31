using System;
using System.Collections;
using System.Text;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Members of the device's core library that .NET does not have, each used once.</summary>
    public static class CoreLibrary
    {
        public static string Run()
        {
            StringBuilder text = new StringBuilder();
            char lower = 'q';
            text.Append(lower.ToUpper());
            text.Append('R'.ToLower());
            DateTime day = new DateTime(2026, 1, 2);
            text.Append(' ').Append(day.ToUnixTimeSeconds());
            text.Append(' ').Append(DateTime.FromUnixTimeSeconds(86400).Day);
            text.Append(' ').Append(TimeSpan.FromDays(2).Ticks / TimeSpan.TicksPerDay);
            text.Append(' ').Append(TimeSpan.FromHours(3).Ticks / TimeSpan.TicksPerHour);
            text.Append(' ').Append(TimeSpan.FromMilliseconds(4).Ticks / TimeSpan.TicksPerMillisecond);
            text.Append(' ').Append(BitConverter.IsLittleEndian);
            IEnumerator letters = "xy".GetEnumerator();
            letters.MoveNext();
            text.Append(' ').Append((char)letters.Current);
            Guid guid;
#pragma warning disable CS0612, CS0618 // Obsolete, and still the only one there is.
            text.Append(' ').Append(Guid.TryParseGuidWithDashes("6f1c0001-5a3e-4d7b-9c21-0e8f4b6a2d10", out guid));
#pragma warning restore CS0612, CS0618
            Hashtable table = new Hashtable();
            table["key"] = 5;
            foreach (DictionaryEntry entry in table)
            {
                text.Append(' ').Append((string)entry.Key).Append(entry.Value);
            }

            return text.ToString();
        }

        /// <summary>Seconds since 1970 by the wall clock.</summary>
        public static long WallSeconds()
        {
            return DateTime.UtcNow.ToUnixTimeSeconds();
        }

        public static void SetWallSeconds(long seconds)
        {
            nanoFramework.Runtime.Native.Rtc.SetSystemTime(DateTime.FromUnixTimeSeconds(seconds));
        }
    }
}
