namespace WhispurrNet.Virtual;

/// <summary>Who runs the board and hears what it says. Called on the board's own threads.</summary>
public interface IBoardHost
{
    /// <summary>Text left the serial port; it need not be whole lines.</summary>
    void OnSerial(BoardContext board, string text);

    /// <summary>An uncaught exception ended a thread.</summary>
    void OnThreadDied(BoardContext board, BoardThread thread, Exception exception);

    /// <summary>The program asked for a reboot.</summary>
    void OnReboot(BoardContext board);

    /// <summary>The power failed; the board's threads are ending already.</summary>
    void OnPowerCut(BoardContext board);
}

/// <summary>What a board's program can reach besides time and threads.</summary>
/// <param name="Radio">Its Bluetooth controller and NimBLE host.</param>
/// <param name="Files">Drive <c>I:</c>, kept over restarts.</param>
/// <param name="Random">The hardware random generator.</param>
/// <param name="FreeHeapBytes">What the runtime reports as free managed heap.</param>
public sealed record BoardHardware(IBluetoothRadio Radio, BoardFileSystem Files, BoardRandom Random, int FreeHeapBytes)
{
    /// <summary>Its pins.</summary>
    public required BoardPins Pins { get; init; }

    /// <summary>Its Wi-Fi.</summary>
    public required BoardWifi Wifi { get; init; }

    /// <summary>Its I2C buses.</summary>
    public required BoardI2c I2c { get; init; }

    /// <summary>Its UARTs.</summary>
    public required BoardUarts Uarts { get; init; }

    /// <summary>The network its sockets connect over; null for the host's own.</summary>
    public IBoardNetwork? Network { get; init; }

    /// <summary>Its managed heap; null if it is not counted.</summary>
    public BoardHeap? Heap { get; init; }
}
