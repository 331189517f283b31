using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace WhispurrNet.Serial.Windows;

/// <summary>What the numbers of <c>winerror.h</c> say about a port, in sentences.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsPortError
{
    private const int FileNotFound = 2, PathNotFound = 3, AccessDenied = 5, BadCommand = 22, SharingViolation = 32,
        InvalidParameter = 87, InvalidName = 123, DeviceNotConnected = 1167;

    /// <summary>A port could not be opened.</summary>
    public static SerialPortException OfOpen(int error, string name) => error switch
    {
        FileNotFound or PathNotFound or InvalidName =>
            new(SerialPortError.Missing, name, $"There is no port {name}."),

        // Denied is what Windows says of a port that somebody has open.
        AccessDenied or SharingViolation =>
            new(SerialPortError.Busy, name, $"{name} is in use by another program."),
        _ => new(
            SerialPortError.Failed, name, $"{name} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}"),
    };

    /// <summary>An open port did not do what it was asked.</summary>
    public static SerialPortException Of(int error, string name) => error switch
    {
        AccessDenied or BadCommand or DeviceNotConnected => Lost(name, null),
        InvalidParameter => new(
            SerialPortError.Unsupported, name, $"{name} cannot do that many bits a second."),
        _ => new(SerialPortError.Failed, name, $"{name} failed: {Marshal.GetPInvokeErrorMessage(error)}"),
    };

    public static SerialPortException Lost(string name, Exception? inner) =>
        new(SerialPortError.Lost, name, $"{name} is gone.", inner);

    public static SerialPortException NotSerial(string name) =>
        new(SerialPortError.NotSerial, name, $"{name} is not a serial port.");
}
