namespace WhispurrNet.Virtual;

/// <summary>
/// The server half of a radio: advertising, the attribute table and the one central that may be connected. The ether's
/// lock is held by every caller.
/// </summary>
internal sealed class RadioServer(Ether ether, BluetoothRadio radio)
{
    private const uint PropertyRead = 0x02;
    private const uint PropertyWriteWithoutResponse = 0x04;
    private const uint PropertyWrite = 0x08;

    private AttributeTable? _table;
    private bool _wantsAdvertising;
    private bool _connectable;
    private bool _staysConnectable;
    private bool _dead;
    private ushort _nextHandle = 1;

    /// <summary>
    /// The central that is connected, if any; at most one, because advertising pauses meanwhile (facts 1.2).
    /// </summary>
    public Connection? Connection { get; private set; }

    public byte[] Advertisement { get; private set; } = [];

    public byte[] ScanResponse { get; private set; } = [];

    public AttributeTable? Table => _table;

    public bool IsAdvertising => _wantsAdvertising && Connection is null && radio.Stack == BluetoothMode.Server;

    public bool IsConnectable => IsAdvertising && _connectable;

    public bool Initialize(IReadOnlyList<GattServiceDefinition> services)
    {
        if (_table is not null)
        {
            // Starting twice: NimBLE is busy, and the library frees the tables it still uses (facts 1.2).
            _table = new AttributeTable([]);
            return false;
        }

        _table = new AttributeTable(services);
        return true;
    }

    public void DisposeTable() => _table = null;

    public bool StartAdvertising(byte[] advertisement, byte[] scanResponse, bool connectable)
    {
        if (radio.Stack != BluetoothMode.Server)
        {
            return false;
        }

        Advertisement = Fit(advertisement);
        ScanResponse = Fit(scanResponse);
        _staysConnectable = connectable;
        if (_wantsAdvertising)
        {
            // Already in progress: the data change, the old buffers stay behind, and the next start after a connection
            // takes the flag of the second publisher (facts 1.2).
            radio.LeakBytes(Advertisement.Length + ScanResponse.Length);
            return false;
        }

        _connectable = connectable;
        _wantsAdvertising = true;
        AnnounceAdvertising();
        return true;
    }

    public void StopAdvertising()
    {
        if (_wantsAdvertising)
        {
            _wantsAdvertising = false;
            ether.Tell(EtherEventKind.AdvertisingStopped, radio);
        }
    }

    /// <summary>The stack goes down, in order or because the power is gone.</summary>
    public void Stop(bool abandon)
    {
        StopAdvertising();
        if (!abandon)
        {
            Connection?.Close("server stack stopped");
        }

        Connection = null;
        _table = null;
        _dead = false;
    }

    public ushort Accept(Func<ushort, Connection> connect)
    {
        ushort handle = _nextHandle++;
        Connection = connect(handle);
        ether.Tell(EtherEventKind.AdvertisingStopped, radio, detail: "connected");
        radio.Post(events => events.ClientChanged(handle, connected: true));
        return handle;
    }

    public void OnClosed(Connection connection)
    {
        if (Connection != connection)
        {
            return;
        }

        Connection = null;
        ushort handle = connection.ServerHandle;
        foreach (ushort valueHandle in connection.Subscriptions)
        {
            PostSubscription(valueHandle, handle, subscribed: false);
        }

        radio.Post(events => events.ClientChanged(handle, connected: false));
        if (IsAdvertising)
        {
            _connectable = _staysConnectable;
            AnnounceAdvertising();
        }
    }

    /// <summary>A write arrived; <paramref name="answer"/> takes the ATT error once there is an answer.</summary>
    public void OnWrite(Connection connection, ushort handle, byte[] value, bool withResponse, Action<byte> answer)
    {
        string manner = withResponse ? "with response" : "without response";
        ether.Tell(EtherEventKind.Write, connection.Central, radio, value, manner);
        AttributeEntry? entry = _table?.Find(handle);
        if (entry is null)
        {
            answer(BluetoothLimits.AttInvalidHandle);
            return;
        }

        if (entry.Kind == AttributeKind.ClientConfiguration)
        {
            bool subscribed = value.Length > 0 && value[0] != 0;
            if (subscribed
                ? connection.Subscriptions.Add(entry.ValueHandle)
                : connection.Subscriptions.Remove(entry.ValueHandle))
            {
                PostSubscription(entry.ValueHandle, connection.ServerHandle, subscribed);
            }

            answer(0);
            return;
        }

        uint needed = withResponse ? PropertyWrite : PropertyWriteWithoutResponse;
        if (entry.Kind == AttributeKind.Value && (entry.Characteristic.Properties & needed) == 0)
        {
            answer(BluetoothLimits.AttWriteNotPermitted);
            return;
        }

        if (entry.Characteristic.WriteNeedsPairing || value.Length > BluetoothLimits.AttributeBytes)
        {
            answer(entry.Characteristic.WriteNeedsPairing
                ? BluetoothLimits.AttInsufficientAuthentication
                : BluetoothLimits.AttInvalidLength);
            return;
        }

        Ask(
            entry,
            value,
            (_, error) => answer(error),
            (events, id, descriptor, eventId) => events.WriteRequested(id, descriptor, eventId));
    }

    /// <summary>A read arrived.</summary>
    public void OnRead(ushort handle, Action<byte[], byte> answer)
    {
        AttributeEntry? entry = _table?.Find(handle);
        if (entry is null)
        {
            answer([], BluetoothLimits.AttInvalidHandle);
        }
        else if (entry.Kind == AttributeKind.ClientConfiguration)
        {
            answer([(byte)(Connection?.Subscriptions.Contains(entry.ValueHandle) == true ? 1 : 0), 0], 0);
        }
        else if (entry.Characteristic.Id == 0)
        {
            answer(entry.Uuid == AttributeTable.ShortUuid(0x2A00) ? "nanoFramework"u8.ToArray() : [0, 0], 0);
        }
        else if (entry.Kind == AttributeKind.Value && (entry.Characteristic.Properties & PropertyRead) == 0)
        {
            answer([], BluetoothLimits.AttReadNotPermitted);
        }
        else if (entry.Characteristic.ReadNeedsPairing)
        {
            answer([], BluetoothLimits.AttInsufficientAuthentication);
        }
        else
        {
            Ask(entry, [], answer, (events, id, descriptor, eventId) => events.ReadRequested(id, descriptor, eventId));
        }
    }

    public void Respond(ushort eventId, byte[] value, byte attError, bool isWrite)
    {
        if (Tasks.Current is { Payload: not ScanReport } item && item.Id == eventId && !_dead)
        {
            Action<byte[], byte> answer = _answer!;
            Tasks.TryComplete(eventId);
            bool fits = value.Length <= BluetoothLimits.AttributeBytes;
            answer(fits ? value : [], fits ? attError : BluetoothLimits.AttInvalidLength);
        }
        else if (isWrite && radio.Stack != BluetoothMode.NotRunning && !_dead)
        {
            // The native mutex is taken and, since no event matches, never given back (facts 1.5).
            _dead = true;
            ether.Tell(EtherEventKind.StackDied, radio, detail: "late or second Respond");
        }
    }

    public int Notify(ushort connectionHandle, ushort characteristicId, byte[] value)
    {
        AttributeEntry? entry = _table?.FindValue(characteristicId);
        if (entry is null)
        {
            return 1;
        }

        if (Connection is not { IsOpen: true } connection || connection.ServerHandle != connectionHandle)
        {
            return BluetoothLimits.ErrorNotConnected;
        }

        byte[] payload = connection.Cut(value, radio);
        bool queued = connection.SendToCentral(limited: true, () =>
        {
            ether.Tell(EtherEventKind.Notification, radio, connection.Central, payload);
            connection.Central.Post(events => events.ValueChanged(connection.CentralHandle, entry.Handle, payload));
        });
        return queued ? 0 : BluetoothLimits.ErrorNoMemory;
    }

    private HostTask Tasks => radio.Tasks;

    private Action<byte[], byte>? _answer;

    private static byte[] Fit(byte[] data) =>
        data.Length <= BluetoothLimits.AdvertisementBytes ? data : data[..BluetoothLimits.AdvertisementBytes];

    private void Ask(
        AttributeEntry entry,
        byte[] value,
        Action<byte[], byte> answer,
        Action<IBluetoothEvents, ushort, ushort, ushort> deliver)
    {
        if (_dead)
        {
            answer([], BluetoothLimits.AttUnlikelyError);
            return;
        }

        // Events carry eight bits of the characteristic's number (facts 1.5).
        ushort routed = (ushort)(entry.Characteristic.Id & 0xFF);
        Tasks.Enqueue(
            eventId =>
            {
                _answer = answer;
                radio.Post(events => deliver(events, routed, (ushort)(routed | (entry.DescriptorId << 8)), eventId));
            },
            () =>
            {
                ether.Tell(EtherEventKind.ResponseTimeout, radio);
                answer([], BluetoothLimits.AttUnlikelyError);
            },
            value);
    }

    /// <summary>Lets scanners hear it, those who do not know it yet.</summary>
    public void AnnounceAdvertising()
    {
        ether.Tell(EtherEventKind.AdvertisingStarted, radio, data: Advertisement);
        foreach (BluetoothRadio other in ether.Radios)
        {
            if (other != radio)
            {
                other.Client.OnAdvertising(radio);
            }
        }
    }

    private void PostSubscription(ushort valueHandle, ushort connectionHandle, bool subscribed)
    {
        ushort? id = _table?.Find(valueHandle)?.Characteristic.Id;
        if (id is { } characteristicId)
        {
            radio.Post(
                events => events.SubscriptionChanged((ushort)(characteristicId & 0xFF), connectionHandle, subscribed));
        }
    }
}
