extern alias nano;

using System;
using System.Collections;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    public class GattDeviceService : IGattAttribute, IDisposable
    {
        private const int DiscoveryMs = 20_000;

        private readonly nano::System.Threading.AutoResetEvent _done = new nano::System.Threading.AutoResetEvent(false);
        private readonly ArrayList _characteristics = new ArrayList();
        private readonly ushort _endHandle;

        internal GattDeviceService(BluetoothLEDevice device, DiscoveredAttribute found)
        {
            Device = device;
            AttributeHandle = found.Handle;
            Uuid = found.Uuid;
            _endHandle = found.EndHandle;
        }

        public ushort AttributeHandle { get; }

        public BluetoothLEDevice Device { get; }

        public Guid Uuid { get; }

        public void Dispose()
        {
        }

        public GattCharacteristicsResult GetCharacteristics()
        {
            GattCommunicationStatus status = GattCommunicationStatus.Success;
            lock (Device.OperationLock)
            {
                if (_characteristics.Count == 0)
                {
                    _done.Reset();
                    ushort result = BluetoothStack.Radio.DiscoverCharacteristics(
                        Device.ConnectionHandle, AttributeHandle, AttributeHandle, _endHandle);
                    if (result != 0)
                    {
                        status = GattCommunicationStatus.Unreachable;
                    }
                    else
                    {
                        // A timeout still says Success, with what was found until then.
                        _done.WaitOne(DiscoveryMs, true);
                    }
                }
            }

            return new GattCharacteristicsResult(_characteristics, status);
        }

        public GattCharacteristicsResult GetCharacteristicsForUuid(Guid characteristicUuid)
        {
            GattCommunicationStatus status = GattCommunicationStatus.Success;
            if (_characteristics.Count == 0)
            {
                status = GetCharacteristics().Status;
            }

            var selected = new ArrayList();
            foreach (GattCharacteristic characteristic in _characteristics)
            {
                if (status == GattCommunicationStatus.Success && characteristic.Uuid == characteristicUuid)
                {
                    selected.Add(characteristic);
                }
            }

            return new GattCharacteristicsResult(selected, status);
        }

        internal void OnCharacteristic(DiscoveredAttribute found)
        {
            var characteristic = new GattCharacteristic(this, found);
            _characteristics.Add(characteristic);
            Device.AddAttribute(characteristic);
        }

        internal void OnCharacteristicsCompleted() => _done.Set();

        internal ushort LastHandleOf(GattCharacteristic characteristic)
        {
            int next = _characteristics.IndexOf(characteristic) + 1;
            return next < _characteristics.Count
                ? (ushort)(((GattCharacteristic)_characteristics[next]).AttributeHandle - 1)
                : _endHandle;
        }
    }
}
