using System;
using System.Collections.Generic;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth
{
    /// <summary>
    /// The role of the stack, and the way of events from the radio to the objects of the program. One for the whole
    /// board; events come on the board's one event thread.
    /// </summary>
    internal sealed class BluetoothStack : IBluetoothEvents
    {
        private readonly List<GattLocalCharacteristic> _characteristics = new List<GattLocalCharacteristic>();
        private readonly List<BluetoothLEDevice> _devices = new List<BluetoothLEDevice>();
        private BluetoothMode _mode;

        private BluetoothStack() => Radio.Listen(this);

        public static BluetoothStack Instance { get; } = new BluetoothStack();

        public static IBluetoothRadio Radio => Gate.Board.Hardware.Radio;

        /// <summary>
        /// The role; setting it stores it first and then tells the stack, which may refuse (facts 1.1).
        /// </summary>
        public BluetoothMode Mode
        {
            get => _mode;
            set
            {
                Gate.Check();
                _mode = value;
                Radio.SetMode(value);
            }
        }

        public ScanQueue Scans { get; } = new ScanQueue();

        public void Require(BluetoothMode mode)
        {
            if (_mode != mode)
            {
                Mode = mode;
            }
        }

        /// <summary>
        /// Forgets every characteristic and device, as the server object's constructor does (facts 1.5).
        /// </summary>
        public void Reset()
        {
            lock (_characteristics)
            {
                _characteristics.Clear();
            }

            lock (_devices)
            {
                _devices.Clear();
            }

            Scans.Watcher = null;
        }

        public void Add(GattLocalCharacteristic characteristic)
        {
            lock (_characteristics)
            {
                _characteristics.Add(characteristic);
            }
        }

        public void Add(BluetoothLEDevice device)
        {
            lock (_devices)
            {
                if (!_devices.Contains(device))
                {
                    _devices.Add(device);
                }
            }
        }

        public void Remove(BluetoothLEDevice device)
        {
            lock (_devices)
            {
                _devices.Remove(device);
            }
        }

        /// <summary>
        /// Takes the stack down when no device object is left, whatever else it is doing (facts 1.1).
        /// </summary>
        public void IdleOnLastConnection()
        {
            bool idle;
            lock (_devices)
            {
                idle = _devices.Count == 0;
            }

            if (idle)
            {
                Mode = BluetoothMode.NotRunning;
            }
        }

        public void AdvertisementReceived(ushort eventId) => Scans.Post(eventId);

        public void ConnectCompleted(ushort routing, ushort connection, ushort status) =>
            Find(routing)?.OnConnectCompleted(connection, status);

        public void Disconnected(ushort connection) => Find(connection)?.OnDisconnected();

        public void ServiceDiscovered(ushort connection, DiscoveredAttribute service) =>
            Find(connection)?.OnService(service);

        public void ServiceDiscoveryCompleted(ushort connection) => Find(connection)?.OnServicesCompleted();

        // A service above handle 255 is not found again by its eight bits, and the event thread trips over that (facts
        // 1.4).
        public void CharacteristicDiscovered(
            ushort connection, ushort serviceHandle, DiscoveredAttribute characteristic)
        {
            if (Find(connection) is { } device)
            {
                ((GattDeviceService)device.FindAttribute(serviceHandle)).OnCharacteristic(characteristic);
            }
        }

        public void CharacteristicDiscoveryCompleted(ushort connection, ushort serviceHandle)
        {
            if (Find(connection) is { } device)
            {
                ((GattDeviceService)device.FindAttribute(serviceHandle)).OnCharacteristicsCompleted();
            }
        }

        public void DescriptorDiscovered(ushort connection, ushort valueHandle, DiscoveredAttribute descriptor) =>
            (Find(connection)?.FindAttribute(valueHandle) as GattCharacteristic)?.OnDescriptor(descriptor);

        public void DescriptorDiscoveryCompleted(ushort connection, ushort valueHandle) =>
            (Find(connection)?.FindAttribute(valueHandle) as GattCharacteristic)?.OnDescriptorsCompleted();

        public void ReadCompleted(ushort connection, ushort handle, ushort status, byte[] value) =>
            Find(connection)?.OnOperationCompleted(status, value);

        public void WriteCompleted(ushort connection, ushort handle, ushort status) =>
            Find(connection)?.OnOperationCompleted(status, null);

        public void ValueChanged(ushort connection, ushort valueHandle, byte[] value) =>
            (Find(connection)?.FindAttribute(valueHandle) as GattCharacteristic)?.OnValueChanged(value);

        public void ReadRequested(ushort characteristicId, ushort descriptorId, ushort eventId) =>
            Deliver(characteristicId, characteristic => characteristic.OnRead(descriptorId, eventId));

        public void WriteRequested(ushort characteristicId, ushort descriptorId, ushort eventId) =>
            Deliver(characteristicId, characteristic => characteristic.OnWrite(descriptorId, eventId));

        public void SubscriptionChanged(ushort characteristicId, ushort connection, bool subscribed) =>
            Deliver(characteristicId, characteristic => characteristic.OnSubscription(connection, subscribed));

        public void ClientChanged(ushort connection, bool connected) =>
            BluetoothLEServer.Current?.Session.OnClient(connected);

        public void MtuChanged(ushort connection, ushort mtu) => BluetoothLEServer.Current?.Session.OnMtu(mtu);

        // Handlers run under the lock: a slow one stalls everything (facts 1.5).
        private void Deliver(ushort characteristicId, Action<GattLocalCharacteristic> deliver)
        {
            lock (_characteristics)
            {
                GattLocalCharacteristic found = _characteristics.Find(
                    characteristic => characteristic.Id == characteristicId);
                if (found != null)
                {
                    deliver(found);
                }
            }
        }

        private BluetoothLEDevice Find(ushort connection)
        {
            lock (_devices)
            {
                return _devices.Find(device => device.ConnectionHandle == connection);
            }
        }
    }
}
