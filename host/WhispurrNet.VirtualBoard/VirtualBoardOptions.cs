namespace WhispurrNet.Virtual;

/// <summary>What a virtual board is made from.</summary>
public sealed class VirtualBoardOptions
{
    /// <summary>Name in reports and on the ether; unique among the boards of one ether.</summary>
    public required string Name { get; init; }

    /// <summary>Public Bluetooth address, 48 bits; unique among the boards of one ether.</summary>
    public required ulong BluetoothAddress { get; init; }

    /// <summary>The device executable (exe or dll of a device build); what it references lies beside it.</summary>
    public required string EntryAssembly { get; init; }

    /// <summary>
    /// A static method to run instead of the executable's entry point, as <c>Namespace.Type.Method</c>; null for the
    /// entry point.
    /// </summary>
    public string? EntryMethod { get; init; }

    /// <summary>The clock that all boards, the ether and the gateway share.</summary>
    public required BoardClock Clock { get; init; }

    /// <summary>The radio medium; the same clock.</summary>
    public required IEther Ether { get; init; }

    /// <summary>The board's drive, such as another board's whose flash it takes over; null for a new one.</summary>
    public BoardFileSystem? Drive { get; init; }

    /// <summary>
    /// Files the board finds on its drive at the first start, by full path such as <c>I:\whispurr.cfg</c>.
    /// </summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>
    /// What the board reports as free managed heap, in bytes; by default that of an ESP32_C3 image 1.17.0.
    /// </summary>
    public int FreeHeapBytes { get; init; } = 54_472;

    /// <summary>
    /// The chip and image: with one, the managed heap is counted and ends where that of the chip ends. Null for a heap
    /// without end and the pins of an ESP32-C3.
    /// </summary>
    public BoardProfile? Profile { get; init; }

    /// <summary>The network that sockets of the board connect over; null for the host's own.</summary>
    public IBoardNetwork? Network { get; init; }

    /// <summary>Makes the board's random generator repeat, for reproducible runs; null for real randomness.</summary>
    public int? Seed { get; init; }
}
