using System.Runtime.InteropServices;

namespace WhispurrNet.Serial.Unix;

/// <summary>What the numbers of errors say about a port, in sentences.</summary>
internal static class PortError
{
    /// <summary>A port could not be opened.</summary>
    public static SerialPortException OfOpen(int error, string name) => error switch
    {
        UnixError.NoEntry or UnixError.NotDirectory =>
            new(SerialPortError.Missing, name, $"There is no port {name}."),
        UnixError.NoDeviceOrAddress or UnixError.NoDevice =>
            new(SerialPortError.Missing, name, $"{name} has no device behind it."),
        UnixError.AccessDenied or UnixError.NoPermission => new(SerialPortError.Denied, name, Denied(name)),
        UnixError.Busy => Busy(name),
        UnixError.IsDirectory => NotSerial(name),
        _ => new(
            SerialPortError.Failed, name, $"{name} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    /// <summary>An open port did not do what it was asked.</summary>
    public static SerialPortException Of(int error, string name) => error switch
    {
        UnixError.InputOutput or UnixError.NoDeviceOrAddress or UnixError.NoDevice or UnixError.BadDescriptor =>
            Lost(name),
        UnixError.NotTerminal => NotSerial(name),
        _ => new(SerialPortError.Failed, name, $"{name} failed: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    public static SerialPortException Lost(string name) =>
        new(SerialPortError.Lost, name, $"{name} is gone.");

    public static SerialPortException Busy(string name) =>
        new(SerialPortError.Busy, name, $"{name} is in use by another program.");

    public static SerialPortException NotSerial(string name) =>
        new(SerialPortError.NotSerial, name, $"{name} is not a serial port.");

    public static SerialPortException NoSuchRate(int baudRate, string name) =>
        new(SerialPortError.Unsupported, name, $"{name} cannot do {baudRate} bits a second.");

    private static string Denied(string name) => OperatingSystem.IsLinux()
        ? $"You may not open {name}: join the group that owns it (sudo usermod -aG dialout $USER; on Arch uucp) and "
            + "log in again."
        : $"You may not open {name}.";
}
