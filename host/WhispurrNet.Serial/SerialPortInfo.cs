namespace WhispurrNet.Serial;

/// <summary>A port that can be opened.</summary>
/// <param name="Name">What <see cref="ISerialPorts.Open"/> takes.</param>
/// <param name="VendorId">USB vendor, or null when it is no USB device.</param>
/// <param name="ProductId">USB product.</param>
/// <param name="SerialNumber">The USB device's serial number.</param>
/// <param name="Description">What the device calls itself.</param>
public sealed record SerialPortInfo(
    string Name, ushort? VendorId, ushort? ProductId, string? SerialNumber, string? Description);
