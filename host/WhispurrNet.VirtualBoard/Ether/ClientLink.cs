namespace WhispurrNet.Virtual;

/// <summary>
/// One native client context: a connection (or what a failed one left behind) and the GATT procedures over it, one at a
/// time. The ether's lock is held by every caller.
/// </summary>
internal sealed class ClientLink(Ether ether, BluetoothRadio radio)
{
    private const ushort Failure = 2;

    private readonly Queue<(Action Run, Action Fail)> _procedures = new();
    private Action? _failCurrent;

    public ushort Handle { get; set; }

    public Connection? Connection { get; set; }

    public bool IsConnecting { get; set; }

    public ClockTimer? ConnectTimeout { get; set; }

    /// <summary>GATT procedures that run or wait.</summary>
    public int Procedures => _procedures.Count + (_failCurrent is null ? 0 : 1);

    private bool IsOpen => Connection is { IsOpen: true };

    private AttributeTable? Table => Connection!.Server.Server.Table;

    public ushort DiscoverServices() => Begin(
        () =>
        {
            List<DiscoveredAttribute> services = Table?.Services.Select(entry => entry.Service).ToList() ?? [];
            Discover(services, service => radio.Post(events => events.ServiceDiscovered(Handle, service)),
                () => radio.Post(events => events.ServiceDiscoveryCompleted(Handle)));
        },
        () => radio.Post(events => events.ServiceDiscoveryCompleted(Handle)));

    public ushort DiscoverCharacteristics(ushort serviceHandle, ushort startHandle, ushort endHandle)
    {
        // The event packs the service's handle into eight bits (facts 1.4).
        ushort routed = (ushort)(serviceHandle & 0xFF);
        void Completed() => radio.Post(events => events.CharacteristicDiscoveryCompleted(Handle, routed));
        return Begin(
            () =>
            {
                IEnumerable<AttributeEntry> values = Table?.Services.SelectMany(entry => entry.Values) ?? [];
                List<DiscoveredAttribute> found = [.. values
                    .Where(value => value.Handle >= startHandle && value.Handle <= endHandle)
                    .Select(value => new DiscoveredAttribute(
                        value.Handle, 0, value.Uuid, value.Characteristic.Properties))];
                Discover(found, attribute => radio.Post(
                    events => events.CharacteristicDiscovered(Handle, routed, attribute)), Completed);
            },
            Completed);
    }

    public ushort DiscoverDescriptors(ushort valueHandle, ushort lastHandle)
    {
        void Completed() => radio.Post(events => events.DescriptorDiscoveryCompleted(Handle, valueHandle));
        return Begin(
            () =>
            {
                List<DiscoveredAttribute> found = [.. (Table?.Find(valueHandle)?.Descriptors ?? [])
                    .Where(descriptor => descriptor.Handle <= lastHandle)
                    .Select(descriptor => new DiscoveredAttribute(descriptor.Handle, 0, descriptor.Uuid, 0))];
                Discover(found, attribute => radio.Post(
                    events => events.DescriptorDiscovered(Handle, valueHandle, attribute)), Completed);
            },
            Completed);
    }

    public ushort Read(ushort attribute)
    {
        void Completed(ushort status, byte[] value) => radio.Post(
            events => events.ReadCompleted(Handle, attribute, status, value));
        return Begin(
            () => ToServer(() => Connection!.Server.Server.OnRead(attribute, (value, error) =>
            {
                int room = Connection.Mtu - 1;
                byte[] payload = value.Length <= room ? value : value[..room];
                ToCentral(() => End(() => Completed(error == 0 ? (ushort)0 : Failure, payload)));
            })),
            () => Completed(Failure, []));
    }

    public ushort Write(ushort attribute, bool withResponse, byte[] value)
    {
        if (!IsOpen)
        {
            return BluetoothLimits.ErrorNotConnected;
        }

        byte[] payload = Connection!.Cut(value, radio);
        if (!withResponse)
        {
            bool queued = Connection.SendToServer(
                limited: true, () => Connection.Server.Server.OnWrite(Connection, attribute, payload, false, _ => { }));
            return queued ? (ushort)0 : BluetoothLimits.ErrorNoMemory;
        }

        void Completed(ushort status) => radio.Post(events => events.WriteCompleted(Handle, attribute, status));
        return Begin(
            () => ToServer(() => Connection!.Server.Server.OnWrite(Connection, attribute, payload, true, error =>
                ToCentral(() => End(() => Completed(error == 0 ? (ushort)0 : Failure))))),
            () => Completed(Failure));
    }

    /// <summary>Exchanges the MTU, as phones and PCs do first of all.</summary>
    public ushort ExchangeMtu(ushort mtu) => Begin(
        () => ToServer(() =>
        {
            Connection!.Mtu = Math.Clamp((int)mtu, BluetoothLimits.BoardMtu, BluetoothLimits.PreferredMtu);
            ushort agreed = (ushort)Connection.Mtu;
            Connection.Server.Post(events => events.MtuChanged(Connection.ServerHandle, agreed));
            ToCentral(() => End(() => radio.Post(events => events.MtuChanged(Handle, agreed))));
        }),
        () => { });

    /// <summary>Writes in prepared parts and executes them: the server sees one value (facts 1.5).</summary>
    /// <param name="attribute">Handle of the value.</param>
    /// <param name="value">Any length; a server refuses more than 512 bytes.</param>
    /// <param name="completed">Gets the ATT error, 0 for none.</param>
    public ushort WriteLong(ushort attribute, byte[] value, Action<byte> completed)
    {
        return Begin(() => Prepare(0), () => completed(BluetoothLimits.AttUnlikelyError));

        void Prepare(int offset) => ToServer(() =>
        {
            int next = offset + Connection!.Mtu - 5;
            if (next < value.Length)
            {
                ToCentral(() => Prepare(next));
                return;
            }

            ToCentral(() => ToServer(() => Connection.Server.Server.OnWrite(
                Connection, attribute, value, true, error => ToCentral(() => End(() => completed(error))))));
        });
    }

    /// <summary>Reads a long value, one request for each fragment (facts 1.5).</summary>
    /// <param name="attribute">Handle of the value.</param>
    /// <param name="completed">Gets the value and the ATT error, 0 for none.</param>
    public ushort ReadLong(ushort attribute, Action<byte[], byte> completed)
    {
        var whole = new List<byte>();
        return Begin(Fragment, () => completed([], BluetoothLimits.AttUnlikelyError));

        void Fragment() => ToServer(() => Connection!.Server.Server.OnRead(attribute, (value, error) =>
        {
            int room = Connection.Mtu - 1;
            byte[] part = [.. value.Skip(whole.Count).Take(room)];
            whole.AddRange(part);
            bool more = error == 0 && part.Length == room && whole.Count < BluetoothLimits.AttributeBytes;
            ToCentral(more ? Fragment : () => End(() => completed([.. whole], error)));
        }));
    }

    /// <summary>The connection is gone: NimBLE ends every procedure with an error.</summary>
    public void FailProcedures()
    {
        Action? fail = _failCurrent;
        _failCurrent = null;
        fail?.Invoke();
        while (_procedures.TryDequeue(out (Action Run, Action Fail) next))
        {
            next.Fail();
        }
    }

    // One exchange per attribute found and one that finds no more.
    private void Discover(List<DiscoveredAttribute> found, Action<DiscoveredAttribute> report, Action completed)
    {
        int index = 0;
        Step();

        void Step()
        {
            ToServer(() => ether.After(ether.Timings.DiscoveryStep, () => ToCentral(() =>
            {
                if (index == found.Count)
                {
                    End(completed);
                    return;
                }

                report(found[index++]);
                Step();
            })));
        }
    }

    private void ToServer(Action arrived) => Connection!.SendToServer(limited: false, arrived);

    private void ToCentral(Action arrived) => Connection!.SendToCentral(limited: false, arrived);

    private ushort Begin(Action run, Action fail)
    {
        if (!IsOpen)
        {
            return BluetoothLimits.ErrorNotConnected;
        }

        if (!radio.IsPhone && radio.Client.Procedures >= BluetoothLimits.ClientProcedures)
        {
            return BluetoothLimits.ErrorNoMemory;
        }

        _procedures.Enqueue((run, fail));
        Next();
        return 0;
    }

    private void End(Action completed)
    {
        _failCurrent = null;
        completed();
        Next();
    }

    private void Next()
    {
        if (_failCurrent is null && IsOpen && _procedures.TryDequeue(out (Action Run, Action Fail) next))
        {
            _failCurrent = next.Fail;
            next.Run();
        }
    }
}
