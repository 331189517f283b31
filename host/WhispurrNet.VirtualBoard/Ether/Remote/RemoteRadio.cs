namespace WhispurrNet.Virtual.Remote;

/// <summary>
/// A board's radio whose other half is in another process. What freezes the board freezes it here.
/// </summary>
internal sealed class RemoteRadio(EtherClient client, int id, string name, ulong address) : IBoardRadio
{
    private BoardContext? _board;
    private IBluetoothEvents? _events;

    public int Id => id;

    public string Name => name;

    public ulong Address => address;

    /// <summary>Faults are made where the ether is.</summary>
    public RadioFault Fault
    {
        get => RadioFault.None;
        set => throw new NotSupportedException("The radio of a board on another process's ether cannot be made faulty.");
    }

    public BluetoothMode Stack { get; private set; }

    /// <summary>Counted where the ether is.</summary>
    public RadioLeaks Leaks => new(0, 0);

    public void PowerOn(BoardContext board)
    {
        _events = null;
        Volatile.Write(ref _board, board);
        client.Call(WireMethod.PowerOn, id);
    }

    public void PowerOff()
    {
        Volatile.Write(ref _board, null);
        Stack = BluetoothMode.NotRunning;
        _events = null;
        client.Call(WireMethod.PowerOff, id);
    }

    public void Remove()
    {
        if (!client.Ended.IsCompleted)
        {
            client.Call(WireMethod.Remove, id);
        }

        client.Forget(id);
    }

    public void Post(Action<IBluetoothEvents> deliver)
    {
        if (Volatile.Read(ref _board) is { } board && _events is { } events)
        {
            board.Events.Post(() => deliver(events));
        }
    }

    public void Listen(IBluetoothEvents events) => _events = events;

    public void SetMode(BluetoothMode mode)
    {
        BoardContext board = _board ?? throw new InvalidOperationException("The board is off.");
        double frozenMs = Call<double>(WireMethod.BeginMode, (int)mode);
        if (frozenMs > 0)
        {
            Stack = BluetoothMode.NotRunning;
            board.Freeze(frozenMs);
            Call(WireMethod.EndMode, (int)mode);
            Stack = mode;
        }
    }

    public bool InitializeServices(IReadOnlyList<GattServiceDefinition> services) =>
        Call<bool>(WireMethod.InitializeServices, services);

    public void DisposeServices() => Call(WireMethod.DisposeServices);

    public bool StartAdvertising(byte[] advertisement, byte[] scanResponse, bool connectable) =>
        Call<bool>(WireMethod.StartAdvertising, advertisement, scanResponse, connectable);

    public void StopAdvertising() => Call(WireMethod.StopAdvertising);

    public byte[] GetWriteData(ushort eventId) => Call<byte[]>(WireMethod.GetWriteData, eventId);

    public void RespondToWrite(ushort eventId, byte attError) => Call(WireMethod.RespondToWrite, eventId, attError);

    public void RespondToRead(ushort eventId, byte[] value, byte attError) =>
        Call(WireMethod.RespondToRead, eventId, value, attError);

    public int Notify(ushort connection, ushort characteristicId, byte[] value) =>
        Call<int>(WireMethod.Notify, connection, characteristicId, value);

    public void StartScan(bool active) => Call(WireMethod.StartScan, active);

    public void StopScan() => Call(WireMethod.StopScan);

    public ScanReport? TakeReport(ushort eventId) => (ScanReport?)Invoke(WireMethod.TakeReport, eventId);

    public ushort Connect(ulong peer, int addressType, ushort routing) =>
        Call<ushort>(WireMethod.Connect, peer, addressType, routing);

    public void Disconnect(ushort connection) => Call(WireMethod.Disconnect, connection);

    public void Release(ushort connection) => Call(WireMethod.Release, connection);

    public ushort DiscoverServices(ushort connection) => Call<ushort>(WireMethod.DiscoverServices, connection);

    public ushort DiscoverCharacteristics(
        ushort connection, ushort serviceHandle, ushort startHandle, ushort endHandle) =>
        Call<ushort>(WireMethod.DiscoverCharacteristics, connection, serviceHandle, startHandle, endHandle);

    public ushort DiscoverDescriptors(ushort connection, ushort valueHandle, ushort lastHandle) =>
        Call<ushort>(WireMethod.DiscoverDescriptors, connection, valueHandle, lastHandle);

    public ushort StartRead(ushort connection, ushort handle) =>
        Call<ushort>(WireMethod.StartRead, connection, handle);

    public ushort StartWrite(ushort connection, ushort handle, bool withResponse, byte[] value) =>
        Call<ushort>(WireMethod.StartWrite, connection, handle, withResponse, value);

    private void Call(WireMethod method, params ReadOnlySpan<object?> arguments) => Invoke(method, arguments);

    private T Call<T>(WireMethod method, params ReadOnlySpan<object?> arguments) => (T)Invoke(method, arguments)!;

    private object? Invoke(WireMethod method, params ReadOnlySpan<object?> arguments)
    {
        _board?.Pass();
        return client.Call(method, id, arguments);
    }
}
