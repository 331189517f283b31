using System.Runtime.InteropServices;

namespace WhispurrNet.Virtual;

/// <summary>
/// Waits far below a millisecond, where Thread.Sleep rounds up: at speed 50 a millisecond is a connection interval.
/// </summary>
internal static class FinePause
{
    private static bool s_native = !OperatingSystem.IsWindows();

    public static void Wait(long micros)
    {
        if (s_native)
        {
            try
            {
                var request = new TimeSpec { Seconds = 0, Nanoseconds = (nint)(micros * 1000) };
                _ = NanoSleep(in request, IntPtr.Zero);
                return;
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                s_native = false;
            }
        }

        Thread.Yield();
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    private static extern int NanoSleep(in TimeSpec request, IntPtr remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
