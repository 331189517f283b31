using System.Globalization;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Serial.Linux;

/// <summary>
/// The serial ports of Linux: terminals with a device behind them, by the kernel's <c>/sys/class/tty</c> (the kernel's
/// <c>Documentation/ABI/testing/sysfs-tty</c> and <c>stable/sysfs-bus-usb</c>). Opens nothing to list them.
/// </summary>
internal sealed class LinuxSerialPorts(string sysRoot = "/sys", string deviceRoot = "/dev") : ISerialPorts
{
    // A port of a PC's UART driver that found no chip there: PORT_UNKNOWN of serial_core.h.
    private const string NoUart = "0";

    // From the interface of a USB device to the device itself is one step; hubs lie above it.
    private const int MaxSteps = 8;

    private static readonly LinuxTerminals Terminals = new();

    public IReadOnlyList<SerialPortInfo> List()
    {
        string terminals = Path.Combine(sysRoot, "class", "tty");
        if (!Directory.Exists(terminals))
        {
            return [];
        }

        return [.. Directory.EnumerateFileSystemEntries(terminals)
            .Select(Describe)
            .OfType<SerialPortInfo>()
            .OrderBy(port => port.Name, PortNameComparer.Instance)];
    }

    public ISerialPort Open(string name, SerialPortOptions options) => UnixSerialPort.Open(Terminals, name, options);

    /// <summary>A port, or null when there is no device behind the terminal, or no longer.</summary>
    private SerialPortInfo? Describe(string terminal)
    {
        string device = Path.Combine(terminal, "device");
        if (!Directory.Exists(device) || Read(terminal, "type") == NoUart)
        {
            return null;
        }

        string name = Path.Combine(deviceRoot, Path.GetFileName(terminal));
        if (FindUsbDevice(device) is not { } usb)
        {
            return new SerialPortInfo(name, null, null, null, null);
        }

        return new SerialPortInfo(
            name,
            ReadId(usb, "idVendor"),
            ReadId(usb, "idProduct"),
            Read(usb, "serial"),
            Read(usb, "product") ?? Read(usb, "manufacturer"));
    }

    /// <summary>The folder, at or above a device's, that has a USB vendor.</summary>
    private static string? FindUsbDevice(string device)
    {
        try
        {
            // Entries of a class are links, and so is what they say their device is.
            string terminal = Resolve(Path.GetDirectoryName(device)!);
            DirectoryInfo? folder = new(Resolve(Path.Combine(terminal, "device")));
            for (int step = 0; step < MaxSteps && folder is not null; step++, folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "idVendor")))
                {
                    return folder.FullName;
                }
            }
        }
        catch (IOException)
        {
            // Unplugged while being looked at.
        }

        return null;
    }

    private static string Resolve(string path) =>
        new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static ushort? ReadId(string folder, string file) =>
        ushort.TryParse(Read(folder, file), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort id)
            ? id
            : null;

    /// <summary>The text of a small file, or null when it has none or is gone.</summary>
    private static string? Read(string folder, string file)
    {
        try
        {
            string text = File.ReadAllText(Path.Combine(folder, file)).Trim();
            return text.Length == 0 ? null : text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
