namespace WhispurrNet.Serial;

/// <summary>Why a port cannot be used.</summary>
public enum SerialPortError
{
    /// <summary>There is no such port.</summary>
    Missing,

    /// <summary>Another program holds it.</summary>
    Busy,

    /// <summary>The user may not open it.</summary>
    Denied,

    /// <summary>It is no serial port.</summary>
    NotSerial,

    /// <summary>It does not do what was asked, such as a baud rate.</summary>
    Unsupported,

    /// <summary>It went away while it was open.</summary>
    Lost,

    /// <summary>The system refused for another reason.</summary>
    Failed,
}

/// <summary>A serial port cannot be opened or used; the message is a sentence for its user.</summary>
public sealed class SerialPortException(SerialPortError error, string port, string message, Exception? inner = null)
    : IOException(message, inner)
{
    /// <summary>The reason.</summary>
    public SerialPortError Error { get; } = error;

    /// <summary>The port's name.</summary>
    public string Port { get; } = port;
}
