namespace WhispurrNet.DeviceCheck;

/// <summary>
/// What the protocol core may not touch: it gets bytes and time and gives bytes, events and its next deadline.
/// Clocks, threads, sockets, files, consoles and randomness belong to the code around it.
/// </summary>
internal static class SansIo
{
    // A whole type, or one member of it.
    private static readonly HashSet<string> Banned =
    [
        "System.Console",
        "System.DateTime.get_UtcNow",
        "System.DateTime.get_Today",
        "System.Diagnostics.Debug",
        "System.Diagnostics.Debugger",
        "System.Diagnostics.Stopwatch",
        "System.Environment",
        "System.Guid.NewGuid",
        "System.Random",
        "System.Threading.AutoResetEvent",
        "System.Threading.ManualResetEvent",
        "System.Threading.Monitor",
        "System.Threading.Thread",
        "System.Threading.Timer",
        "System.Threading.WaitHandle",
        "nanoFramework.Runtime.Native.GC",
        "nanoFramework.Runtime.Native.Power",
        "nanoFramework.Runtime.Native.Rtc",
    ];

    private static readonly string[] BannedNamespaces =
    [
        "System.Device.", "System.IO.", "System.Net.", "nanoFramework.Device.", "nanoFramework.Hardware.",
    ];

    /// <summary>Whether a use of this member is input, output, time or chance.</summary>
    public static bool Forbids(string type, string member) =>
        Banned.Contains(type)
        || Banned.Contains($"{type}.{member}")
        || BannedNamespaces.Any(n => type.StartsWith(n, StringComparison.Ordinal));
}
