namespace WhispurrNet.Serial;

/// <summary>The serial ports of this machine.</summary>
public interface ISerialPorts
{
    /// <summary>Those there are now, in the order of their names.</summary>
    IReadOnlyList<SerialPortInfo> List();

    /// <summary>Opens one.</summary>
    /// <exception cref="SerialPortException">It cannot be opened.</exception>
    ISerialPort Open(string name, SerialPortOptions options);
}

/// <summary>A port that can be opened.</summary>
/// <param name="Name">What <see cref="ISerialPorts.Open"/> takes.</param>
/// <param name="VendorId">USB vendor, or null when it is no USB device.</param>
/// <param name="ProductId">USB product.</param>
/// <param name="SerialNumber">The USB device's serial number.</param>
/// <param name="Description">What the device calls itself.</param>
public sealed record SerialPortInfo(
    string Name, ushort? VendorId, ushort? ProductId, string? SerialNumber, string? Description);

/// <summary>How to open a port.</summary>
/// <param name="BaudRate">Bits a second, 1 to 4,000,000.</param>
/// <param name="Exclusive">Whether to keep other programs out, where the system can.</param>
/// <param name="AssertLines">
/// Whether to raise DTR and RTS. Many boards reset by them; null leaves them as the system leaves them.
/// </param>
public sealed record SerialPortOptions(int BaudRate = 921_600, bool Exclusive = true, bool? AssertLines = null);
