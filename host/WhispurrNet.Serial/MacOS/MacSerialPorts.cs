using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Serial.MacOS;

/// <summary>
/// The serial ports of macOS by their callout names, <c>/dev/cu.*</c>, which do not wait for a carrier. Opens nothing
/// to list them. Compiled everywhere, so far run nowhere.
/// </summary>
internal sealed class MacSerialPorts : ISerialPorts
{
    private static readonly MacTerminals Terminals = new();

    public IReadOnlyList<SerialPortInfo> List()
    {
        var ports = new List<SerialPortInfo>();
        foreach (uint service in IoKit.Services("IOSerialBSDClient"))
        {
            using var entry = new IoKit.Entry(service);
            if (entry.FindText("IOCalloutDevice") is { } name)
            {
                ports.Add(new SerialPortInfo(
                    name,
                    (ushort?)entry.FindNumber("idVendor"),
                    (ushort?)entry.FindNumber("idProduct"),
                    entry.FindText("USB Serial Number"),
                    entry.FindText("USB Product Name")));
            }
        }

        return [.. ports.OrderBy(port => port.Name, PortNameComparer.Instance)];
    }

    public ISerialPort Open(string name, SerialPortOptions options) => UnixSerialPort.Open(Terminals, name, options);
}
