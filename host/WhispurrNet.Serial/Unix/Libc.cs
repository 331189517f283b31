using System.Runtime.InteropServices;

namespace WhispurrNet.Serial.Unix;

/// <summary>
/// The calls of the C library that Linux and macOS have in common, by POSIX.1-2017 unless noted. Descriptors and
/// counts are 32 bits and pointers' size wide on both, on x64 as on arm64. Failures leave their number in
/// <see cref="Marshal.GetLastPInvokeError"/>.
/// </summary>
internal static partial class Libc
{
    private const string Name = "libc";

    /// <returns>A descriptor, invalid if that failed.</returns>
    public static SafeDescriptor Open(string path, int flags) => new(OpenFile(path, flags));

    [LibraryImport(Name, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(SafeDescriptor descriptor, byte* buffer, nuint count);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(SafeDescriptor descriptor, byte* buffer, nuint count);

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    /// <summary>Whether it is a terminal: 1, or 0.</summary>
    [LibraryImport(Name, EntryPoint = "isatty", SetLastError = true)]
    public static partial int IsTerminal(SafeDescriptor descriptor);

    [LibraryImport(Name, EntryPoint = "tcflush", SetLastError = true)]
    public static partial int Flush(SafeDescriptor descriptor, int queue);

    /// <summary>BSD, and Linux: locks an open file against others who lock it.</summary>
    [LibraryImport(Name, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeDescriptor descriptor, int operation);

    [LibraryImport(Name, EntryPoint = "grantpt", SetLastError = true)]
    public static partial int GrantPseudoTerminal(SafeDescriptor descriptor);

    [LibraryImport(Name, EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int UnlockPseudoTerminal(SafeDescriptor descriptor);

    /// <summary>glibc, musl, and macOS since 10.13.4: the name of the other end, with a zero at its end.</summary>
    /// <returns>0, or the number of the error.</returns>
    [LibraryImport(Name, EntryPoint = "ptsname_r", SetLastError = true)]
    public static unsafe partial int PseudoTerminalName(SafeDescriptor descriptor, byte* name, nuint size);

    // Not as a handle, which would be read as 64 bits of which the call sets 32.
    [LibraryImport(Name, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    /// <summary>What <c>poll</c> takes: 8 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        /// <summary>Negative: left out.</summary>
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
