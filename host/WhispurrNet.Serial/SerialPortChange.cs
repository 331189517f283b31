namespace WhispurrNet.Serial;

/// <summary>A port came or went.</summary>
/// <param name="Port">As it was listed, when it went.</param>
/// <param name="Appeared">Whether it came.</param>
public sealed record SerialPortChange(SerialPortInfo Port, bool Appeared);
