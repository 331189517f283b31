using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Microsoft.Win32;

namespace WhispurrNet.Serial.Windows;

/// <summary>
/// The serial ports of Windows by its registry: those there are by <c>SERIALCOMM</c>, and of which USB device by the
/// devices' <c>PortName</c>. Opens nothing to list them. Compiled everywhere, so far run nowhere.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsSerialPorts : ISerialPorts
{
    private const string Present = @"HARDWARE\DEVICEMAP\SERIALCOMM";
    private const string Devices = @"SYSTEM\CurrentControlSet\Enum";

    // FTDI's driver has a bus of its own.
    private static readonly string[] Buses = ["USB", "FTDIBUS"];

    public IReadOnlyList<SerialPortInfo> List()
    {
        using RegistryKey? present = Registry.LocalMachine.OpenSubKey(Present);
        if (present is null)
        {
            return [];
        }

        Dictionary<string, SerialPortInfo> usb = Buses.SelectMany(OnBus)
            .GroupBy(port => port.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(ports => ports.Key, ports => ports.First(), StringComparer.OrdinalIgnoreCase);
        return [.. present.GetValueNames()
            .Select(value => present.GetValue(value) as string)
            .OfType<string>()
            .Select(name => usb.GetValueOrDefault(name) ?? new SerialPortInfo(name, null, null, null, null))
            .OrderBy(port => port.Name, PortNameComparer.Instance)];
    }

    public ISerialPort Open(string name, SerialPortOptions options) => WindowsSerialPort.Open(name, options);

    private static IEnumerable<SerialPortInfo> OnBus(string bus)
    {
        using RegistryKey? kinds = Registry.LocalMachine.OpenSubKey($@"{Devices}\{bus}");
        foreach (string kind in kinds?.GetSubKeyNames() ?? [])
        {
            Match ids = Ids().Match(kind);
            if (!ids.Success)
            {
                continue;
            }

            using RegistryKey instances = kinds!.OpenSubKey(kind)!;
            foreach (string instance in instances.GetSubKeyNames())
            {
                if (Describe(instances, instance, $@"{bus}\{kind}\{instance}", ids) is { } port)
                {
                    yield return port;
                }
            }
        }
    }

    private static SerialPortInfo? Describe(RegistryKey instances, string instance, string path, Match ids)
    {
        // The registry remembers every device that ever was; names of ports are given again.
        using RegistryKey? parameters = instances.OpenSubKey($@"{instance}\Device Parameters");
        if (parameters?.GetValue("PortName") is not string name || Kernel32.LocateDevice(out _, path, 0) != 0)
        {
            return null;
        }

        using RegistryKey? device = instances.OpenSubKey(instance);
        string serial = ids.Groups["serial"].Success ? ids.Groups["serial"].Value : instance;
        return new SerialPortInfo(
            name,
            ushort.Parse(ids.Groups["vendor"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            ushort.Parse(ids.Groups["product"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),

            // Made up by Windows where the device has none.
            serial.Contains('&', StringComparison.Ordinal) ? null : serial,
            device?.GetValue("FriendlyName") as string);
    }

    // VID_10C4&PID_EA60, VID_303A&PID_1001&MI_00, VID_0403+PID_6001+A5069RR4A
    [GeneratedRegex(
        "^VID_(?<vendor>[0-9A-F]{4})[&+]PID_(?<product>[0-9A-F]{4})(\\+(?<serial>.+))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ids();
}
