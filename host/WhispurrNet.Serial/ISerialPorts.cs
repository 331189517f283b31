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
