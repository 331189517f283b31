namespace WhispurrNet.Virtual;

/// <summary>
/// A phone or PC within reach of boards: a central that exchanges the MTU and knows long reads and writes, as boards
/// among themselves never do (facts 1.4, 1.5). Everything takes board time. One connection at a time; all members may
/// be called from any thread.
/// </summary>
public sealed class PhoneCentral : IDisposable
{
    /// <summary>The MTU phones ask for.</summary>
    public const int UsualMtu = 517;

    private readonly Ether _ether;
    private readonly BluetoothRadio _radio;
    private readonly Events _events = new();
    private readonly int _mtu;
    private ushort _connection;

    /// <summary>Puts it on the ether.</summary>
    /// <param name="ether">The medium.</param>
    /// <param name="name">Name on the ether, unique.</param>
    /// <param name="address">Its address, 48 bits, unique.</param>
    /// <param name="mtu">The ATT MTU it asks for, 23 to 517.</param>
    public PhoneCentral(Ether ether, string name, ulong address, int mtu = UsualMtu)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mtu, BluetoothLimits.BoardMtu);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mtu, UsualMtu);
        _ether = ether;
        _mtu = mtu;
        _radio = new BluetoothRadio(ether, name, address);
        _radio.PowerOnAsHost(_events);
    }

    /// <summary>A notification arrived: the handle of the value and its bytes. Raised under the ether's lock.</summary>
    public event Action<ushort, byte[]>? Notified
    {
        add => _events.Notified += value;
        remove => _events.Notified -= value;
    }

    /// <summary>The MTU agreed on with the board; 23 until then.</summary>
    public int Mtu { get; private set; } = BluetoothLimits.BoardMtu;

    /// <summary>Connects and exchanges the MTU.</summary>
    /// <param name="address">The board's address.</param>
    /// <returns>False if nobody answered within seven seconds.</returns>
    public async Task<bool> ConnectAsync(ulong address)
    {
        Task<ushort> connected = _events.Next<ushort>();
        if (_radio.Connect(address, 0, 0xFFFF) != 0)
        {
            return false;
        }

        _connection = await connected.ConfigureAwait(false);
        if (_connection == 0xFFFF)
        {
            return false;
        }

        Task<int> exchanged = _events.Next<int>();
        Locked(link => link.ExchangeMtu((ushort)_mtu));
        Mtu = await exchanged.ConfigureAwait(false);
        return true;
    }

    /// <summary>All characteristics of a service.</summary>
    public async Task<IReadOnlyList<DiscoveredAttribute>> DiscoverAsync(Guid service)
    {
        Task<IReadOnlyList<DiscoveredAttribute>> services = _events.Next<IReadOnlyList<DiscoveredAttribute>>();
        Locked(link => link.DiscoverServices());
        DiscoveredAttribute? found = (await services.ConfigureAwait(false)).FirstOrDefault(s => s.Uuid == service);
        if (found is null)
        {
            return [];
        }

        Task<IReadOnlyList<DiscoveredAttribute>> characteristics = _events.Next<IReadOnlyList<DiscoveredAttribute>>();
        Locked(link => link.DiscoverCharacteristics(found.Handle, found.Handle, found.EndHandle));
        return await characteristics.ConfigureAwait(false);
    }

    /// <summary>Switches notifications of a characteristic on; its configuration follows the value.</summary>
    /// <returns>The ATT error, 0 for none.</returns>
    public Task<byte> SubscribeAsync(ushort valueHandle) => WriteAsync((ushort)(valueHandle + 1), [1, 0]);

    /// <summary>Writes with response; in prepared parts if it does not fit into one request.</summary>
    /// <returns>The ATT error, 0 for none.</returns>
    public Task<byte> WriteAsync(ushort handle, byte[] value)
    {
        var done = new TaskCompletionSource<byte>(TaskCreationOptions.RunContinuationsAsynchronously);
        Locked(link => link.WriteLong(handle, value, error => done.TrySetResult(error)));
        return done.Task;
    }

    /// <summary>Reads a value whole.</summary>
    /// <returns>The value, and the ATT error, 0 for none.</returns>
    public Task<(byte[] Value, byte Error)> ReadAsync(ushort handle)
    {
        var done = new TaskCompletionSource<(byte[], byte)>(TaskCreationOptions.RunContinuationsAsynchronously);
        Locked(link => link.ReadLong(handle, (value, error) => done.TrySetResult((value, error))));
        return done.Task;
    }

    /// <summary>Ends the connection; the board hears of it at the next connection event.</summary>
    public void Disconnect()
    {
        _radio.Disconnect(_connection);
        Mtu = BluetoothLimits.BoardMtu;
    }

    /// <summary>Takes it from the ether.</summary>
    public void Dispose()
    {
        _radio.PowerOff();
        _ether.Remove(_radio);
    }

    private void Locked(Func<ClientLink, ushort> start)
    {
        using HostHold hold = _ether.HoldForHost();
        lock (_ether.Sync)
        {
            ClientLink? link = _radio.Client.Find(_connection);
            if (link is null || start(link) != 0)
            {
                throw new InvalidOperationException("The phone is not connected.");
            }
        }
    }

    /// <summary>Completions, one waited for at a time.</summary>
    private sealed class Events : IBluetoothEvents
    {
        private readonly List<DiscoveredAttribute> _found = [];
        private Action<object>? _next;

        public event Action<ushort, byte[]>? Notified;

        public Task<T> Next<T>()
        {
            var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            _next = result => done.TrySetResult((T)result);
            return done.Task;
        }

        public void ConnectCompleted(ushort routing, ushort connection, ushort status) =>
            _next?.Invoke(status == 0 ? connection : (ushort)0xFFFF);

        public void MtuChanged(ushort connection, ushort mtu) => _next?.Invoke((int)mtu);

        public void ServiceDiscovered(ushort connection, DiscoveredAttribute service) => _found.Add(service);

        public void ServiceDiscoveryCompleted(ushort connection) => Complete();

        public void CharacteristicDiscovered(
            ushort connection, ushort serviceHandle, DiscoveredAttribute characteristic) => _found.Add(characteristic);

        public void CharacteristicDiscoveryCompleted(ushort connection, ushort serviceHandle) => Complete();

        public void ValueChanged(ushort connection, ushort valueHandle, byte[] value) =>
            Notified?.Invoke(valueHandle, value);

        public void AdvertisementReceived(ushort eventId)
        {
        }

        public void Disconnected(ushort connection)
        {
        }

        public void DescriptorDiscovered(ushort connection, ushort valueHandle, DiscoveredAttribute descriptor)
        {
        }

        public void DescriptorDiscoveryCompleted(ushort connection, ushort valueHandle)
        {
        }

        public void ReadCompleted(ushort connection, ushort handle, ushort status, byte[] value)
        {
        }

        public void WriteCompleted(ushort connection, ushort handle, ushort status)
        {
        }

        public void ReadRequested(ushort characteristicId, ushort descriptorId, ushort eventId)
        {
        }

        public void WriteRequested(ushort characteristicId, ushort descriptorId, ushort eventId)
        {
        }

        public void SubscriptionChanged(ushort characteristicId, ushort connection, bool subscribed)
        {
        }

        public void ClientChanged(ushort connection, bool connected)
        {
        }

        private void Complete()
        {
            DiscoveredAttribute[] found = [.. _found];
            _found.Clear();
            _next?.Invoke(found);
        }
    }
}
