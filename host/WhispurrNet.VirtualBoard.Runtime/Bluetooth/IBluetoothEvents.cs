namespace WhispurrNet.Virtual;

/// <summary>
/// Completions and events of the Bluetooth stack, delivered one at a time on the board's event thread.
/// </summary>
public interface IBluetoothEvents
{
    /// <summary>A scan report waits under this id, for two seconds.</summary>
    void AdvertisementReceived(ushort eventId);

    /// <summary>A connect ended; any status but 0 is a failure.</summary>
    void ConnectCompleted(ushort routing, ushort connection, ushort status);

    /// <summary>A connection made by this board is gone.</summary>
    void Disconnected(ushort connection);

    /// <summary>One service of the peer.</summary>
    void ServiceDiscovered(ushort connection, DiscoveredAttribute service);

    /// <summary>No more services.</summary>
    void ServiceDiscoveryCompleted(ushort connection);

    /// <summary>One characteristic; the handle is that of its value.</summary>
    void CharacteristicDiscovered(ushort connection, ushort serviceHandle, DiscoveredAttribute characteristic);

    /// <summary>No more characteristics.</summary>
    void CharacteristicDiscoveryCompleted(ushort connection, ushort serviceHandle);

    /// <summary>One descriptor.</summary>
    void DescriptorDiscovered(ushort connection, ushort valueHandle, DiscoveredAttribute descriptor);

    /// <summary>No more descriptors.</summary>
    void DescriptorDiscoveryCompleted(ushort connection, ushort valueHandle);

    /// <summary>A read ended; the status is 0 or an error.</summary>
    void ReadCompleted(ushort connection, ushort handle, ushort status, byte[] value);

    /// <summary>A write with response ended; the status is 0 or an error.</summary>
    void WriteCompleted(ushort connection, ushort handle, ushort status);

    /// <summary>A notification arrived.</summary>
    void ValueChanged(ushort connection, ushort valueHandle, byte[] value);

    /// <summary>A central reads and waits for the answer.</summary>
    void ReadRequested(ushort characteristicId, ushort descriptorId, ushort eventId);

    /// <summary>A central writes and waits for the answer; nothing says which central.</summary>
    void WriteRequested(ushort characteristicId, ushort descriptorId, ushort eventId);

    /// <summary>A central switched notifications of a characteristic on or off.</summary>
    void SubscriptionChanged(ushort characteristicId, ushort connection, bool subscribed);

    /// <summary>A central connected or left.</summary>
    void ClientChanged(ushort connection, bool connected);

    /// <summary>A central exchanged the MTU; boards among themselves never do.</summary>
    void MtuChanged(ushort connection, ushort mtu);
}
