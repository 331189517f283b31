using WhispurrNet.Serial.Linux;
using WhispurrNet.Serial.MacOS;
using WhispurrNet.Serial.Windows;

namespace WhispurrNet.Serial;

/// <summary>Where the serial ports of this machine are.</summary>
public static class SerialPorts
{
    /// <summary>Those of Linux, macOS or Windows, whichever runs.</summary>
    /// <exception cref="PlatformNotSupportedException">It is none of them.</exception>
    public static ISerialPorts ForThisSystem { get; } =
        OperatingSystem.IsLinux() ? new LinuxSerialPorts()
        : OperatingSystem.IsMacOS() ? new MacSerialPorts()
        : OperatingSystem.IsWindows() ? new WindowsSerialPorts()
        : throw new PlatformNotSupportedException("Serial ports are known on Linux, macOS and Windows.");
}
