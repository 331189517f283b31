namespace WhispurrNet.Serial.Tests.Listing;

/// <summary>A folder shaped as the kernel shapes <c>/sys</c>: devices in a tree, and links to them by class.</summary>
internal sealed class FakeSysfs : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sysfs");
    private int _devices;

    public FakeSysfs()
    {
        Directory.CreateDirectory(Path.Combine(Root, "class", "tty"));
        Directory.CreateDirectory(Devices);
    }

    public string Root => Path.Combine(_root.FullName, "sys");

    public string Devices => Path.Combine(_root.FullName, "dev");

    /// <summary>A USB bridge, such as <c>ttyUSB0</c>: three folders below its device, as a port of a USB interface.</summary>
    public void AddUsb(string name, params (string File, string Text)[] attributes)
    {
        string device = Path.Combine(Root, "devices", "pci0000:00", "usb1", $"1-{++_devices}");
        Directory.CreateDirectory(device);
        foreach ((string file, string text) in attributes)
        {
            File.WriteAllText(Path.Combine(device, file), text + "\n");
        }

        // The hub above has numbers of its own, which are not the port's.
        File.WriteAllText(Path.Combine(Root, "devices", "pci0000:00", "usb1", "idVendor"), "1d6b\n");
        File.WriteAllText(Path.Combine(Root, "devices", "pci0000:00", "usb1", "idProduct"), "0002\n");
        Add(name, device, Path.Combine(device, $"1-{_devices}:1.0", name));
    }

    /// <summary>A port of the PC itself.</summary>
    public void AddUart(string name, int type)
    {
        string device = Path.Combine(Root, "devices", "platform", "serial8250");
        Add(name, device, device);
        File.WriteAllText(Path.Combine(device, "tty", name, "type"), $"{type}\n");
    }

    /// <summary>A terminal without a device, such as a console.</summary>
    public void AddTerminal(string name)
    {
        string folder = Path.Combine(Root, "devices", "virtual", "tty", name);
        Directory.CreateDirectory(folder);
        Link(name, folder);
    }

    public void Remove(string name)
    {
        File.Delete(Path.Combine(Root, "class", "tty", name));
        File.Delete(Path.Combine(Devices, name));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void Add(string name, string device, string port)
    {
        string terminal = Path.Combine(port, "tty", name);
        Directory.CreateDirectory(device);
        Directory.CreateDirectory(terminal);
        Directory.CreateSymbolicLink(Path.Combine(terminal, "device"), Path.GetRelativePath(terminal, port));
        Link(name, terminal);
    }

    private void Link(string name, string folder)
    {
        string terminals = Path.Combine(Root, "class", "tty");
        Directory.CreateSymbolicLink(Path.Combine(terminals, name), Path.GetRelativePath(terminals, folder));
        File.WriteAllText(Path.Combine(Devices, name), "");
    }
}
