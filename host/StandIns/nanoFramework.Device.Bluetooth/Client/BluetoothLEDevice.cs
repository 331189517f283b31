extern alias nano;

using System;
using System.Collections;
using System.Collections.Generic;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth
{
    public class BluetoothLEDevice : IDisposable
    {
        private const int ConnectMs = 10_000;
        private const int DiscoveryMs = 20_000;
        private const int OperationMs = 7_000;

        private static ushort s_routing = 0xFF00;

        private readonly nano::System.Threading.AutoResetEvent _procedureDone =
            new nano::System.Threading.AutoResetEvent(false);
        private readonly nano::System.Threading.AutoResetEvent _operationDone =
            new nano::System.Threading.AutoResetEvent(false);
        private readonly Dictionary<ushort, IGattAttribute> _attributes = new Dictionary<ushort, IGattAttribute>();
        private readonly ArrayList _services = new ArrayList();
        private readonly BoardContext _board = Gate.Board;
        private ushort _operationStatus;
        private byte[] _operationValue;
        private bool _disposed;

        private BluetoothLEDevice(ulong bluetoothAddress, BluetoothAddressType addressType)
        {
            BluetoothAddress = bluetoothAddress;
            BluetoothAddressType = addressType;
        }

        /// <summary>
        /// The collector does what Dispose does: it takes the stack down if no other device is registered.
        /// </summary>
        ~BluetoothLEDevice()
        {
            if (!_board.IsOff)
            {
                _board.Events.Post(() => Dispose(false));
            }
        }

        public event EventHandler ConnectionStatusChanged;

        public event EventHandler GattServicesChanged;

        public ulong BluetoothAddress { get; }

        public BluetoothAddressType BluetoothAddressType { get; }

        public BluetoothConnectionStatus ConnectionStatus { get; private set; }

        public string Name { get; private set; } = "";

        public DevicePairing Pairing { get; } = new DevicePairing();

        internal ushort ConnectionHandle { get; private set; }

        /// <summary>Only one operation per device at a time.</summary>
        internal object OperationLock { get; } = new object();

        public static BluetoothLEDevice FromBluetoothAddress(ulong bluetoothAddress) =>
            FromBluetoothAddress(bluetoothAddress, BluetoothAddressType.Public);

        public static BluetoothLEDevice FromBluetoothAddress(
            ulong bluetoothAddress, BluetoothAddressType bluetoothAddressType)
        {
            Gate.Check();
            return new BluetoothLEDevice(bluetoothAddress, bluetoothAddressType);
        }

        public void Close()
        {
            if (ConnectionStatus == BluetoothConnectionStatus.Connected)
            {
                BluetoothStack.Radio.Disconnect(ConnectionHandle);
            }
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public GattDeviceServicesResult GetGattServices()
        {
            GattCommunicationStatus status = ConnectIfNeeded();
            if (status == GattCommunicationStatus.Success && _services.Count == 0)
            {
                // Throws NullReferenceException after a connect that failed: it looked like success (facts 1.4).
                if (BluetoothStack.Radio.DiscoverServices(ConnectionHandle) != 0)
                {
                    status = GattCommunicationStatus.Unreachable;
                }
                else if (_procedureDone.WaitOne(DiscoveryMs, true))
                {
                    GattServicesChanged?.Invoke(this, EventArgs.Empty);
                }
            }

            return new GattDeviceServicesResult(_services, status);
        }

        /// <summary>
        /// Says Success whatever happened, with no services if it failed: look at the length (facts 1.4).
        /// </summary>
        public GattDeviceServicesResult GetGattServicesForUuid(Guid serviceUuid)
        {
            if (_services.Count == 0 || ConnectionStatus != BluetoothConnectionStatus.Connected)
            {
                GetGattServices();
            }

            var selected = new ArrayList();
            foreach (GattDeviceService service in _services)
            {
                if (service.Uuid == serviceUuid)
                {
                    selected.Add(service);
                }
            }

            return new GattDeviceServicesResult(selected, GattCommunicationStatus.Success);
        }

        internal IGattAttribute FindAttribute(ushort handle)
        {
            lock (_attributes)
            {
                return _attributes.TryGetValue(handle, out IGattAttribute attribute) ? attribute : null;
            }
        }

        internal void AddAttribute(IGattAttribute attribute)
        {
            lock (_attributes)
            {
                _attributes.TryAdd(attribute.AttributeHandle, attribute);
            }
        }

        internal GattReadResult Read(ushort handle)
        {
            lock (OperationLock)
            {
                _operationDone.Reset();
                ushort result = BluetoothStack.Radio.StartRead(ConnectionHandle, handle);
                if (result == 0 && _operationDone.WaitOne(OperationMs, false))
                {
                    result = _operationStatus;
                    if (result == 0)
                    {
                        return new GattReadResult(GattCommunicationStatus.Success, new Buffer(_operationValue), 0);
                    }
                }

                return new GattReadResult(GattCommunicationStatus.Unreachable, null, (byte)result);
            }
        }

        internal GattWriteResult Write(ushort handle, Buffer value, GattWriteOption option)
        {
            lock (OperationLock)
            {
                bool withResponse = option == GattWriteOption.WriteWithResponse;
                ushort result = BluetoothStack.Radio.StartWrite(ConnectionHandle, handle, withResponse, value.Copy());
                bool done = result == 0 && !withResponse;
                if (result == 0 && withResponse && _operationDone.WaitOne(OperationMs, false))
                {
                    result = _operationStatus;
                    done = result == 0;
                }

                return new GattWriteResult(
                    done ? GattCommunicationStatus.Success : GattCommunicationStatus.Unreachable, (byte)result);
            }
        }

        internal void OnConnectCompleted(ushort connection, ushort status)
        {
            if (status == 0)
            {
                ConnectionStatus = BluetoothConnectionStatus.Connected;
                ConnectionHandle = connection;
            }

            // A failure sets the same state: only the missing services give it away (facts 1.4).
            _procedureDone.Set();
            ConnectionStatus = BluetoothConnectionStatus.Connected;
            ConnectionStatusChanged?.Invoke(this, EventArgs.Empty);
        }

        internal void OnDisconnected()
        {
            ConnectionStatus = BluetoothConnectionStatus.Disconnected;
            ConnectionStatusChanged?.Invoke(this, EventArgs.Empty);
            BluetoothStack.Instance.Remove(this);
            BluetoothStack.Radio.Release(ConnectionHandle);
            BluetoothStack.Instance.IdleOnLastConnection();
        }

        internal void OnService(DiscoveredAttribute found)
        {
            var service = new GattDeviceService(this, found);
            for (int i = 0; i < _services.Count; i++)
            {
                if (((GattDeviceService)_services[i]).Uuid == service.Uuid)
                {
                    _services[i] = service;
                    AddAttribute(service);
                    return;
                }
            }

            _services.Add(service);
            AddAttribute(service);
        }

        internal void OnServicesCompleted() => _procedureDone.Set();

        internal void OnOperationCompleted(ushort status, byte[] value)
        {
            _operationStatus = status;
            _operationValue = value;
            _operationDone.Set();
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            Close();
            BluetoothStack.Radio.Release(ConnectionHandle);
            BluetoothStack.Instance.Remove(this);
            BluetoothStack.Instance.IdleOnLastConnection();
        }

        private GattCommunicationStatus ConnectIfNeeded()
        {
            BluetoothStack.Instance.Require(BluetoothMode.Client);
            if (ConnectionStatus == BluetoothConnectionStatus.Connected)
            {
                return GattCommunicationStatus.Success;
            }

            // A stand-in for the handle until there is a real one, by which the completion finds this object.
            s_routing = s_routing <= 0xFF00 ? (ushort)0xFFFE : (ushort)(s_routing - 1);
            ConnectionHandle = s_routing;
            BluetoothStack.Instance.Add(this);
            if (BluetoothStack.Radio.Connect(BluetoothAddress, (int)BluetoothAddressType, ConnectionHandle) == 0)
            {
                _procedureDone.WaitOne(ConnectMs, false);
            }

            return GattCommunicationStatus.Success;
        }
    }
}
