namespace WhispurrNet.Virtual;

/// <summary>What the Bluetooth stack runs as; one at a time (facts 1.1).</summary>
public enum BluetoothMode
{
    /// <summary>The stack is down.</summary>
    NotRunning = 0,

    /// <summary>Advertises and serves.</summary>
    Server = 1,

    /// <summary>Scans and connects.</summary>
    Client = 2,
}

/// <summary>
/// The native half of nanoFramework.Device.Bluetooth: what the managed library calls into. Results and their numbers
/// are NimBLE's (0 is success); completions come through <see cref="IBluetoothEvents"/> on the board's event thread.
/// </summary>
public interface IBluetoothRadio
{
    /// <summary>The public device address, 48 bits; fixed, a program cannot change it (facts 1.2).</summary>
    ulong Address { get; }

    /// <summary>Names who receives the events.</summary>
    void Listen(IBluetoothEvents events);

    /// <summary>
    /// Stops or starts the stack and freezes the board meanwhile; the same mode again is without effect.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stack already runs in the other role.</exception>
    void SetMode(BluetoothMode mode);

    /// <summary>Hands the server's attribute table over; false if the stack refused it.</summary>
    bool InitializeServices(IReadOnlyList<GattServiceDefinition> services);

    /// <summary>Forgets the server's attribute table.</summary>
    void DisposeServices();

    /// <summary>Starts legacy advertising; false if it runs already or the stack is down.</summary>
    /// <param name="advertisement">AD structures, at most 31 bytes.</param>
    /// <param name="scanResponse">AD structures, at most 31 bytes.</param>
    /// <param name="connectable">Whether centrals may connect.</param>
    bool StartAdvertising(byte[] advertisement, byte[] scanResponse, bool connectable);

    /// <summary>Stops advertising for good, not only while a central is connected.</summary>
    void StopAdvertising();

    /// <summary>The bytes of a write that waits for its response; empty if the event is over.</summary>
    byte[] GetWriteData(ushort eventId);

    /// <summary>Answers a write; an answer too late, or the second one, kills the stack (facts 1.5).</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="attError">ATT error code, 0 for success.</param>
    void RespondToWrite(ushort eventId, byte attError);

    /// <summary>Answers a read.</summary>
    void RespondToRead(ushort eventId, byte[] value, byte attError);

    /// <summary>
    /// Queues a notification: 0 accepted, 1 unknown characteristic, 6 out of buffers, 7 not connected.
    /// </summary>
    int Notify(ushort connection, ushort characteristicId, byte[] value);

    /// <summary>Starts scanning without end; duplicates are filtered per scan.</summary>
    void StartScan(bool active);

    /// <summary>Stops scanning.</summary>
    void StopScan();

    /// <summary>Fetches a scan report; null if it was picked up too late (facts 1.3).</summary>
    ScanReport? TakeReport(ushort eventId);

    /// <summary>Starts connecting; completion names <paramref name="routing"/>.</summary>
    ushort Connect(ulong address, int addressType, ushort routing);

    /// <summary>Ends a connection; without effect on an unknown one.</summary>
    void Disconnect(ushort connection);

    /// <summary>Frees the native context of a connection.</summary>
    void Release(ushort connection);

    /// <summary>Starts discovery of all primary services.</summary>
    /// <exception cref="NullReferenceException">There is no such connection: what a failed connect ends in (facts
    /// 1.4).</exception>
    ushort DiscoverServices(ushort connection);

    /// <summary>Starts discovery of the characteristics between two handles.</summary>
    /// <exception cref="NullReferenceException">There is no such connection.</exception>
    ushort DiscoverCharacteristics(ushort connection, ushort serviceHandle, ushort startHandle, ushort endHandle);

    /// <summary>Starts discovery of the descriptors behind a value handle.</summary>
    /// <exception cref="NullReferenceException">There is no such connection.</exception>
    ushort DiscoverDescriptors(ushort connection, ushort valueHandle, ushort lastHandle);

    /// <summary>Starts reading an attribute.</summary>
    ushort StartRead(ushort connection, ushort handle);

    /// <summary>Starts writing an attribute; what exceeds the MTU less three bytes is cut off silently.</summary>
    ushort StartWrite(ushort connection, ushort handle, bool withResponse, byte[] value);
}
