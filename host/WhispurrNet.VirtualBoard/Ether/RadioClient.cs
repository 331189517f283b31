namespace WhispurrNet.Virtual;

/// <summary>
/// The client half of a radio: scanning, connecting, and the GATT procedures. The ether's lock is held by every caller.
/// </summary>
internal sealed class RadioClient(Ether ether, BluetoothRadio radio)
{
    private readonly Dictionary<ushort, ClientLink> _links = [];
    private readonly HashSet<ulong> _seen = [];
    private readonly Queue<ulong> _seenInOrder = new();
    private bool _scanning;
    private bool _active;
    private int _scan;
    private ushort _nextHandle = 1;

    /// <summary>GATT procedures that run or wait, over all connections.</summary>
    public int Procedures => _links.Values.Sum(link => link.Procedures);

    public bool IsConnected => _links.Values.Any(link => link.Connection is { IsOpen: true });

    public void StartScan(bool active)
    {
        if (radio.Stack != BluetoothMode.Client || _scanning)
        {
            return;
        }

        _scanning = true;
        _active = active;
        _scan++;
        _seen.Clear();
        _seenInOrder.Clear();
        ether.Tell(EtherEventKind.ScanStarted, radio, detail: active ? "active" : "passive");
        LookAround();
    }

    public void StopScan()
    {
        if (_scanning)
        {
            _scanning = false;
            ether.Tell(EtherEventKind.ScanStopped, radio);
        }
    }

    /// <summary>Listens to everybody who may be advertising: the scan began or somebody came into reach.</summary>
    public void LookAround()
    {
        foreach (BluetoothRadio other in ether.Radios)
        {
            if (other != radio)
            {
                OnAdvertising(other);
            }
        }
    }

    public void OnAdvertising(BluetoothRadio advertiser)
    {
        if (_scanning)
        {
            ScheduleReport(advertiser, ether.Uniform(ether.Timings.AdvertisingInterval) + ether.Timings.ScanReport);
        }
    }

    public ScanReport? TakeReport(ushort eventId)
    {
        ScanReport? report = radio.Tasks.Current is { } item && item.Id == eventId ? item.Payload as ScanReport : null;
        if (report is not null)
        {
            radio.Tasks.TryComplete(eventId);
        }

        return report;
    }

    public ushort Connect(ulong address, ushort routing)
    {
        if (radio.Stack != BluetoothMode.Client)
        {
            return BluetoothLimits.ErrorNotSynced;
        }

        // The native context is made first and stays behind when NimBLE refuses (facts 1.4).
        var link = new ClientLink(ether, radio) { Handle = routing };
        _links[routing] = link;
        if (_scanning || _links.Values.Any(other => other.IsConnecting))
        {
            radio.LeakContext();
            ether.Tell(EtherEventKind.ConnectFailed, radio, detail: _scanning ? "busy: scanning" : "busy: connecting");
            return BluetoothLimits.ErrorBusy;
        }

        if (_links.Values.Count(other => other.Connection is { IsOpen: true }) >= BluetoothLimits.Connections)
        {
            return BluetoothLimits.ErrorNoMemory;
        }

        link.IsConnecting = true;
        bool doomed = ether.Draw(ether.ContactLoss);
        link.ConnectTimeout = ether.After(BluetoothLimits.ConnectMs, () => FailConnect(link, routing));
        Attempt(link, routing, address, doomed);
        return 0;
    }

    public void Disconnect(ushort handle)
    {
        if (_links.TryGetValue(handle, out ClientLink? link))
        {
            link.Connection?.Terminate("closed by central");
        }
    }

    public void Release(ushort handle)
    {
        if (_links.TryGetValue(handle, out ClientLink? link) && link.Connection is not { IsOpen: true })
        {
            _links.Remove(handle);
        }
    }

    public ushort DiscoverServices(ushort handle) => Context(handle).DiscoverServices();

    public ushort DiscoverCharacteristics(ushort handle, ushort serviceHandle, ushort startHandle, ushort endHandle) =>
        Context(handle).DiscoverCharacteristics(serviceHandle, startHandle, endHandle);

    public ushort DiscoverDescriptors(ushort handle, ushort valueHandle, ushort lastHandle) =>
        Context(handle).DiscoverDescriptors(valueHandle, lastHandle);

    public ushort StartRead(ushort handle, ushort attribute) =>
        _links.TryGetValue(handle, out ClientLink? link) ? link.Read(attribute) : BluetoothLimits.ErrorNotConnected;

    public ushort StartWrite(ushort handle, ushort attribute, bool withResponse, byte[] value) =>
        _links.TryGetValue(handle, out ClientLink? link)
            ? link.Write(attribute, withResponse, value)
            : BluetoothLimits.ErrorNotConnected;

    /// <summary>The connection of a handle; null if there is none.</summary>
    public ClientLink? Find(ushort handle) => _links.GetValueOrDefault(handle);

    /// <summary>The stack goes down, in order or because the power is gone.</summary>
    public void Stop(bool abandon)
    {
        StopScan();
        foreach (ClientLink link in _links.Values.ToArray())
        {
            link.ConnectTimeout?.Cancel();
            link.IsConnecting = false;
            if (!abandon)
            {
                link.Connection?.Close("client stack stopped");
            }
        }

        _links.Clear();
    }

    public void OnClosed(Connection connection)
    {
        if (_links.TryGetValue(connection.CentralHandle, out ClientLink? link) && link.Connection == connection)
        {
            link.FailProcedures();
            radio.Post(events => events.Disconnected(connection.CentralHandle));
        }
    }

    private ClientLink Context(ushort handle) =>
        _links.TryGetValue(handle, out ClientLink? link) ? link : throw new NullReferenceException();

    private void ScheduleReport(BluetoothRadio advertiser, double delayMs)
    {
        int scan = _scan;
        ether.After(delayMs, () =>
        {
            if (!_scanning || scan != _scan || !advertiser.Server.IsAdvertising || !ether.Hears(radio, advertiser)
                || _seen.Contains(advertiser.Address))
            {
                return;
            }

            if (ether.Draw(ether.Loss))
            {
                ScheduleReport(advertiser, ether.Timings.AdvertisingInterval);
                return;
            }

            Remember(advertiser.Address);
            ether.Tell(EtherEventKind.Heard, advertiser, radio, advertiser.Server.Advertisement);
            Report(advertiser, advertiser.Server.IsConnectable ? 0 : 3, advertiser.Server.Advertisement);
            if (_active && advertiser.Server.ScanResponse.Length > 0)
            {
                Report(advertiser, 4, advertiser.Server.ScanResponse);
            }
        });
    }

    // The controller knows so many senders; for one more it forgets the first (facts 1.3).
    private void Remember(ulong address)
    {
        _seen.Add(address);
        _seenInOrder.Enqueue(address);
        if (_seenInOrder.Count > BluetoothLimits.ScanDuplicates)
        {
            _seen.Remove(_seenInOrder.Dequeue());
        }
    }

    private void Report(BluetoothRadio advertiser, int type, byte[] data)
    {
        const short rssi = -60;
        radio.Tasks.Enqueue(
            eventId => radio.Post(events => events.AdvertisementReceived(eventId)),
            timedOut: () => { },
            new ScanReport(advertiser.Address, type, rssi, data));
    }

    private void Attempt(ClientLink link, ushort routing, ulong address, bool doomed)
    {
        ether.After(ether.Uniform(ether.Timings.AdvertisingInterval) + ether.Timings.Connect, () =>
        {
            if (!link.IsConnecting)
            {
                return;
            }

            BluetoothRadio? peer = ether.Radios.FirstOrDefault(other => other.Address == address && other != radio);
            if (doomed || peer is not { IsPowered: true } || !peer.Server.IsConnectable || !ether.Hears(radio, peer)
                || ether.Draw(ether.Loss))
            {
                Attempt(link, routing, address, doomed);
                return;
            }

            link.IsConnecting = false;
            link.ConnectTimeout?.Cancel();
            _links.Remove(routing);
            link.Handle = _nextHandle++;
            _links[link.Handle] = link;
            ether.Tell(EtherEventKind.Connected, radio, peer);
            peer.Server.Accept(
                serverHandle => link.Connection = new Connection(ether, radio, link.Handle, peer, serverHandle));
            radio.Post(events => events.ConnectCompleted(routing, link.Handle, 0));
        });
    }

    private void FailConnect(ClientLink link, ushort routing)
    {
        if (link.IsConnecting)
        {
            link.IsConnecting = false;
            _links.Remove(routing);
            ether.Tell(EtherEventKind.ConnectFailed, radio, detail: "no answer");
            radio.Post(events => events.ConnectCompleted(routing, routing, BluetoothLimits.ErrorTimeout));
        }
    }
}
