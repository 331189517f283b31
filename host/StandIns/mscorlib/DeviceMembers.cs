using System;
using System.Collections;

namespace WhispurrNet.Virtual
{
    /// <summary>
    /// Members of the device's mscorlib that .NET's types lack, or that must not see the host's clock.
    /// </summary>
    public static class DeviceMembers
    {
        public static char Char_ToUpper(ref char value) => value >= 'a' && value <= 'z' ? (char)(value - 32) : value;

        public static char Char_ToLower(ref char value) => value >= 'A' && value <= 'Z' ? (char)(value + 32) : value;

        public static DateTime DateTime_get_UtcNow()
        {
            Gate.Check();
            return Gate.Board.UtcNow;
        }

        /// <summary>The device's calendar begins in 1601 (facts 7.1).</summary>
        public static DateTime DateTime_MinValue() => new DateTime(1601, 1, 1);

        /// <summary>Drawn from the chip's generator like everything random (facts 5).</summary>
        public static Guid Guid_NewGuid()
        {
            Gate.Check();
            var bytes = new byte[16];
            Gate.Board.Hardware.Random.Fill(bytes);
            bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new Guid(bytes);
        }

        public static DateTime DateTime_get_Today() => DateTime_get_UtcNow().Date;

        public static long DateTime_ToUnixTimeSeconds(ref DateTime value) =>
            (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

        public static DateTime DateTime_FromUnixTimeSeconds(long seconds) =>
            DateTime.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond);

        public static TimeSpan TimeSpan_FromDays(long value) => new TimeSpan(value * TimeSpan.TicksPerDay);

        public static TimeSpan TimeSpan_FromHours(long value) => new TimeSpan(value * TimeSpan.TicksPerHour);

        public static TimeSpan TimeSpan_FromMilliseconds(long value) =>
            new TimeSpan(value * TimeSpan.TicksPerMillisecond);

        public static bool BitConverter_get_IsLittleEndian() => true;

        public static IEnumerator String_GetEnumerator(string value) => value.GetEnumerator();

        public static bool Guid_TryParseGuidWithDashes(string input, out Guid result) =>
            Guid.TryParseExact(input, "D", out result);
    }
}
