namespace WhispurrNet.Virtual;

/// <summary>
/// One board's Bluetooth controller and NimBLE host: its role, and the two halves that serve it. Lives as long as the
/// virtual board; the board attaches it at power on. What managed code may not do is refused here the way the chip
/// refuses it.
/// </summary>
internal sealed class BluetoothRadio : IBoardRadio
{
    private readonly Ether _ether;
    private BoardContext? _board;
    private IBluetoothEvents? _events;
    private BluetoothMode _mode;
    private BluetoothMode _stack;
    private IBluetoothEvents? _host;

    public BluetoothRadio(Ether ether, string name, ulong address)
    {
        _ether = ether;
        Name = name;
        Address = address;
        Tasks = new HostTask(ether);
        Server = new RadioServer(ether, this);
        Client = new RadioClient(ether, this);
        ether.Add(this);
    }

    public string Name { get; }

    public ulong Address { get; }

    /// <summary>What is wrong with the stack; read whenever it starts.</summary>
    public RadioFault Fault { get; set; }

    /// <summary>The role the stack was started in.</summary>
    public BluetoothMode Stack => _stack;

    public bool IsPowered => _board is not null || _host is not null;

    /// <summary>Whether it belongs to a phone or PC rather than to a board.</summary>
    public bool IsPhone { get; private set; }

    /// <summary>What defects of the firmware cost so far.</summary>
    public RadioLeaks Leaks { get; private set; } = new(0, 0);

    public HostTask Tasks { get; }

    public RadioServer Server { get; }

    public RadioClient Client { get; }

    /// <summary>Ties the radio to a new power cycle of its board.</summary>
    public void PowerOn(BoardContext board)
    {
        lock (_ether.Sync)
        {
            _board = board;
            _events = null;
            Leaks = new RadioLeaks(0, 0);
        }
    }

    /// <summary>Becomes the radio of a phone or PC that is always on, as a central.</summary>
    public void PowerOnAsHost(IBluetoothEvents events)
    {
        lock (_ether.Sync)
        {
            _host = events;
            IsPhone = true;
            _mode = _stack = BluetoothMode.Client;
        }
    }

    /// <summary>Ties the radio to a board of another process, or of a trace.</summary>
    public void PowerOnRemote(IBluetoothEvents events)
    {
        lock (_ether.Sync)
        {
            _host = events;
            Leaks = new RadioLeaks(0, 0);
        }
    }

    /// <summary>Becomes the radio of something that only advertises.</summary>
    public void PowerOnAsBeacon()
    {
        lock (_ether.Sync)
        {
            _mode = _stack = BluetoothMode.Server;
        }
    }

    /// <summary>A client context is never freed (facts 1.4).</summary>
    public void LeakContext() => Leaks = Leaks with { Contexts = Leaks.Contexts + 1 };

    /// <summary>Advertising data are never freed (facts 1.2).</summary>
    public void LeakBytes(int bytes) => Leaks = Leaks with { Bytes = Leaks.Bytes + bytes };

    /// <summary>Falls silent at once; peers notice by supervision timeout.</summary>
    public void PowerOff()
    {
        lock (_ether.Sync)
        {
            _board = null;
            _host = null;
            _events = null;
            _mode = _stack = BluetoothMode.NotRunning;
            Tasks.Clear();
            Server.Stop(abandon: true);
            Client.Stop(abandon: true);
        }
    }

    /// <summary>Leaves the ether for good.</summary>
    public void Remove() => _ether.Remove(this);

    /// <summary>Hands an event to the board's managed code, if there is any.</summary>
    public void Post(Action<IBluetoothEvents> deliver)
    {
        if (_host is { } host)
        {
            deliver(host);
        }
        else if (_board is { } board && _events is { } events)
        {
            board.Events.Post(() => deliver(events));
        }
    }

    public void Listen(IBluetoothEvents events)
    {
        lock (_ether.Sync)
        {
            _events = events;
        }
    }

    public void SetMode(BluetoothMode mode)
    {
        BoardContext board = _board ?? throw new InvalidOperationException("The board is off.");
        double frozenMs = BeginMode(mode);
        if (frozenMs > 0)
        {
            board.Freeze(frozenMs);
            EndMode(mode);
        }
    }

    /// <summary>First half of a change of role: stops what runs.</summary>
    /// <returns>Board milliseconds for which the board stands still; 0 if nothing changes.</returns>
    /// <exception cref="InvalidOperationException">The stack already runs in the other role.</exception>
    public double BeginMode(BluetoothMode mode)
    {
        using HostHold hold = _ether.HoldForHost();
        lock (_ether.Sync)
        {
            if (mode == _mode)
            {
                return 0;
            }

            // The new mode counts from here on, even if the stack then refuses (facts 1.1).
            _mode = mode;
            if (mode == BluetoothMode.NotRunning)
            {
                return StopStack();
            }

            if (_stack != BluetoothMode.NotRunning)
            {
                throw new InvalidOperationException(
                    $"The Bluetooth stack runs as {_stack}; it must be stopped before it can run as {mode}.");
            }

            return Fault == RadioFault.NeverReady ? BluetoothLimits.HostSyncMs : _ether.Timings.StackStart;
        }
    }

    /// <summary>Second half: the stack runs, if it does.</summary>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public void EndMode(BluetoothMode mode)
    {
        using HostHold hold = _ether.HoldForHost();
        lock (_ether.Sync)
        {
            if (mode != BluetoothMode.NotRunning && Fault == RadioFault.RefusesToStart)
            {
                throw new InvalidOperationException("The Bluetooth stack does not start.");
            }

            // A host that never gets ready counts as started (facts 1.1); nothing it is asked for works.
            if (mode != BluetoothMode.NotRunning && IsPowered && Fault != RadioFault.NeverReady)
            {
                _stack = mode;
                _ether.Tell(EtherEventKind.StackStarted, this, detail: mode.ToString());
            }
        }
    }

    public bool InitializeServices(IReadOnlyList<GattServiceDefinition> services) =>
        Locked(() => Server.Initialize(services));

    public void DisposeServices() => Locked(Server.DisposeTable);

    public bool StartAdvertising(byte[] advertisement, byte[] scanResponse, bool connectable) =>
        Locked(() => Fault != RadioFault.DoesNotAdvertise
            && Server.StartAdvertising(advertisement, scanResponse, connectable));

    public void StopAdvertising() => Locked(Server.StopAdvertising);

    public byte[] GetWriteData(ushort eventId) =>
        Locked(() => Tasks.Current is { } item && item.Id == eventId && item.Payload is byte[] data ? data : []);

    public void RespondToWrite(ushort eventId, byte attError) =>
        Locked(() => Server.Respond(eventId, [], attError, isWrite: true));

    public void RespondToRead(ushort eventId, byte[] value, byte attError) =>
        Locked(() => Server.Respond(eventId, value, attError, isWrite: false));

    public int Notify(ushort connection, ushort characteristicId, byte[] value) =>
        Locked(() => Server.Notify(connection, characteristicId, value));

    public void StartScan(bool active) => Locked(() => Client.StartScan(active));

    public void StopScan() => Locked(Client.StopScan);

    public ScanReport? TakeReport(ushort eventId) => Locked(() => Client.TakeReport(eventId));

    public ushort Connect(ulong address, int addressType, ushort routing) =>
        Locked(() => Client.Connect(address, routing));

    public void Disconnect(ushort connection) => Locked(() => Client.Disconnect(connection));

    public void Release(ushort connection) => Locked(() => Client.Release(connection));

    public ushort DiscoverServices(ushort connection) => Locked(() => Client.DiscoverServices(connection));

    public ushort DiscoverCharacteristics(
        ushort connection, ushort serviceHandle, ushort startHandle, ushort endHandle) =>
        Locked(() => Client.DiscoverCharacteristics(connection, serviceHandle, startHandle, endHandle));

    public ushort DiscoverDescriptors(ushort connection, ushort valueHandle, ushort lastHandle) =>
        Locked(() => Client.DiscoverDescriptors(connection, valueHandle, lastHandle));

    public ushort StartRead(ushort connection, ushort handle) => Locked(() => Client.StartRead(connection, handle));

    public ushort StartWrite(ushort connection, ushort handle, bool withResponse, byte[] value) =>
        Locked(() => Client.StartWrite(connection, handle, withResponse, value));

    private double StopStack()
    {
        bool connected = Server.Connection is not null || Client.IsConnected;
        Tasks.Clear();
        Server.Stop(abandon: false);
        Client.Stop(abandon: false);
        _stack = BluetoothMode.NotRunning;
        _ether.Tell(EtherEventKind.StackStopped, this);
        return connected ? _ether.Timings.StackStopConnected : _ether.Timings.StackStop;
    }

    private void Locked(Action action) => Locked(() =>
    {
        action();
        return true;
    });

    private T Locked<T>(Func<T> function)
    {
        _board?.Pass();
        using (_ether.HoldForHost())
        {
            lock (_ether.Sync)
            {
                return function();
            }
        }
    }
}
