namespace WhispurrNet.Virtual.Remote;

/// <summary>Sends a board's events to the process it lives in.</summary>
internal sealed class RemoteEvents(EtherSession session, int radio) : IBluetoothEvents
{
    public void AdvertisementReceived(ushort eventId) =>
        session.Push(WireEvent.AdvertisementReceived, radio, eventId);

    public void ConnectCompleted(ushort routing, ushort connection, ushort status) =>
        session.Push(WireEvent.ConnectCompleted, radio, routing, connection, status);

    public void Disconnected(ushort connection) => session.Push(WireEvent.Disconnected, radio, connection);

    public void ServiceDiscovered(ushort connection, DiscoveredAttribute service) =>
        session.Push(WireEvent.ServiceDiscovered, radio, connection, service);

    public void ServiceDiscoveryCompleted(ushort connection) =>
        session.Push(WireEvent.ServiceDiscoveryCompleted, radio, connection);

    public void CharacteristicDiscovered(
        ushort connection, ushort serviceHandle, DiscoveredAttribute characteristic) =>
        session.Push(WireEvent.CharacteristicDiscovered, radio, connection, serviceHandle, characteristic);

    public void CharacteristicDiscoveryCompleted(ushort connection, ushort serviceHandle) =>
        session.Push(WireEvent.CharacteristicDiscoveryCompleted, radio, connection, serviceHandle);

    public void DescriptorDiscovered(ushort connection, ushort valueHandle, DiscoveredAttribute descriptor) =>
        session.Push(WireEvent.DescriptorDiscovered, radio, connection, valueHandle, descriptor);

    public void DescriptorDiscoveryCompleted(ushort connection, ushort valueHandle) =>
        session.Push(WireEvent.DescriptorDiscoveryCompleted, radio, connection, valueHandle);

    public void ReadCompleted(ushort connection, ushort handle, ushort status, byte[] value) =>
        session.Push(WireEvent.ReadCompleted, radio, connection, handle, status, value);

    public void WriteCompleted(ushort connection, ushort handle, ushort status) =>
        session.Push(WireEvent.WriteCompleted, radio, connection, handle, status);

    public void ValueChanged(ushort connection, ushort valueHandle, byte[] value) =>
        session.Push(WireEvent.ValueChanged, radio, connection, valueHandle, value);

    public void ReadRequested(ushort characteristicId, ushort descriptorId, ushort eventId) =>
        session.Push(WireEvent.ReadRequested, radio, characteristicId, descriptorId, eventId);

    public void WriteRequested(ushort characteristicId, ushort descriptorId, ushort eventId) =>
        session.Push(WireEvent.WriteRequested, radio, characteristicId, descriptorId, eventId);

    public void SubscriptionChanged(ushort characteristicId, ushort connection, bool subscribed) =>
        session.Push(WireEvent.SubscriptionChanged, radio, characteristicId, connection, subscribed);

    public void ClientChanged(ushort connection, bool connected) =>
        session.Push(WireEvent.ClientChanged, radio, connection, connected);

    public void MtuChanged(ushort connection, ushort mtu) =>
        session.Push(WireEvent.MtuChanged, radio, connection, mtu);

    /// <summary>The other end: hands an event to a board's managed code.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="a">Its arguments, from <paramref name="at"/> on.</param>
    /// <param name="at">Index of the first.</param>
    /// <param name="events">The board's.</param>
    public static void Deliver(WireEvent kind, object?[] a, int at, IBluetoothEvents events)
    {
        ushort first = (ushort)a[at]!;
        switch (kind)
        {
            case WireEvent.AdvertisementReceived:
                events.AdvertisementReceived(first);
                break;
            case WireEvent.ConnectCompleted:
                events.ConnectCompleted(first, (ushort)a[at + 1]!, (ushort)a[at + 2]!);
                break;
            case WireEvent.Disconnected:
                events.Disconnected(first);
                break;
            case WireEvent.ServiceDiscovered:
                events.ServiceDiscovered(first, (DiscoveredAttribute)a[at + 1]!);
                break;
            case WireEvent.ServiceDiscoveryCompleted:
                events.ServiceDiscoveryCompleted(first);
                break;
            case WireEvent.CharacteristicDiscovered:
                events.CharacteristicDiscovered(first, (ushort)a[at + 1]!, (DiscoveredAttribute)a[at + 2]!);
                break;
            case WireEvent.CharacteristicDiscoveryCompleted:
                events.CharacteristicDiscoveryCompleted(first, (ushort)a[at + 1]!);
                break;
            case WireEvent.DescriptorDiscovered:
                events.DescriptorDiscovered(first, (ushort)a[at + 1]!, (DiscoveredAttribute)a[at + 2]!);
                break;
            case WireEvent.DescriptorDiscoveryCompleted:
                events.DescriptorDiscoveryCompleted(first, (ushort)a[at + 1]!);
                break;
            case WireEvent.ReadCompleted:
                events.ReadCompleted(first, (ushort)a[at + 1]!, (ushort)a[at + 2]!, (byte[])a[at + 3]!);
                break;
            case WireEvent.WriteCompleted:
                events.WriteCompleted(first, (ushort)a[at + 1]!, (ushort)a[at + 2]!);
                break;
            case WireEvent.ValueChanged:
                events.ValueChanged(first, (ushort)a[at + 1]!, (byte[])a[at + 2]!);
                break;
            case WireEvent.ReadRequested:
                events.ReadRequested(first, (ushort)a[at + 1]!, (ushort)a[at + 2]!);
                break;
            case WireEvent.WriteRequested:
                events.WriteRequested(first, (ushort)a[at + 1]!, (ushort)a[at + 2]!);
                break;
            case WireEvent.SubscriptionChanged:
                events.SubscriptionChanged(first, (ushort)a[at + 1]!, (bool)a[at + 2]!);
                break;
            case WireEvent.ClientChanged:
                events.ClientChanged(first, (bool)a[at + 1]!);
                break;
            case WireEvent.MtuChanged:
                events.MtuChanged(first, (ushort)a[at + 1]!);
                break;
            default:
                throw new IOException("An event of no known kind.");
        }
    }
}
