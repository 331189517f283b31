extern alias nano;

using System;
using WhispurrNet.Virtual;

namespace System
{
    public static class Environment
    {
        /// <summary>Board milliseconds since power on.</summary>
        public static long TickCount64
        {
            get
            {
                Gate.Check();
                return Gate.Board.UptimeMs;
            }
        }
    }
}

namespace nanoFramework.Runtime.Native
{
    public class ConstraintException : Exception
    {
    }

    public static class ExecutionConstraint
    {
        public static void Install(int timeoutMilliseconds, int priority) => Gate.Check();
    }

    public static class GC
    {
        public static void EnableGCMessages(bool enable) => Gate.Check();

        /// <summary>Collects; returns the free heap, or without a profile the figure the board was given.</summary>
        public static uint Run(bool compactHeap)
        {
            Gate.Check();
            BoardHardware hardware = Gate.Board.Hardware;
            return (uint)(hardware.Heap?.Collect() ?? hardware.FreeHeapBytes);
        }
    }

    public delegate void RebootEventHandler();

    public enum RebootOption
    {
        NormalReboot = 0,
        EnterNanoBooter = 1,
        ClrOnly = 2,
        EnterProprietaryBooter = 8,
    }

    public class Power
    {
        public static event RebootEventHandler OnRebootEvent;

        public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot)
        {
            OnRebootEvent?.Invoke();
            Gate.Board.Reboot();
        }

        public static void RebootDevice(
            int exeConstraintTimeout, RebootOption rebootOption = RebootOption.NormalReboot) =>
            RebootDevice(rebootOption);
    }

    public static class Rtc
    {
        public static bool SetSystemTime(DateTime time)
        {
            Gate.Check();
            Gate.Board.SetUtcNow(time);
            return true;
        }
    }

    public static class SystemInfo
    {
        public enum FloatingPoint
        {
            None = 0,
            SinglePrecisionSoftware = 1,
            SinglePrecisionHardware = 2,
            DoublePrecisionSoftware = 3,
            DoublePrecisionHardware = 4,
        }

        public static FloatingPoint FloatingPointSupport => FloatingPoint.DoublePrecisionSoftware;

        public static byte Model => 0;

        public static byte OEM => 0;

        public static string OEMString => "WhispurrNet virtual board";

        public static string Platform => "ESP32";

        public static ushort SKU => 0;

        public static string TargetName => "VIRTUAL";

        public static Version Version => new Version(1, 17, 0, 0);
    }
}
