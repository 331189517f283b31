extern alias nano;

using System;
using System.Collections;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    public class GattValueChangedEventArgs
    {
        internal GattValueChangedEventArgs(Buffer value)
        {
            CharacteristicValue = value;
            Timestamp = Gate.Board.UtcNow;
        }

        public Buffer CharacteristicValue { get; }

        public DateTime Timestamp { get; }
    }

    public class GattDescriptor : IGattAttribute
    {
        private readonly GattCharacteristic _characteristic;

        internal GattDescriptor(GattCharacteristic characteristic, DiscoveredAttribute found)
        {
            _characteristic = characteristic;
            AttributeHandle = found.Handle;
            Uuid = found.Uuid;
        }

        public ushort AttributeHandle { get; }

        public GattProtectionLevel ProtectionLevel { get; set; }

        public Guid Uuid { get; }

        public GattReadResult ReadValue() => _characteristic.Service.Device.Read(AttributeHandle);

        public GattCommunicationStatus WriteValue(Buffer value) => WriteValueWithResult(value).Status;

        public GattWriteResult WriteValueWithResult(Buffer value) =>
            _characteristic.Service.Device.Write(AttributeHandle, value, GattWriteOption.WriteWithResponse);
    }

    public class GattCharacteristic : IGattAttribute
    {
        private const int DiscoveryMs = 7_000;

        private readonly nano::System.Threading.AutoResetEvent _done = new nano::System.Threading.AutoResetEvent(false);
        private readonly ArrayList _descriptors = new ArrayList();
        private ushort _configurationHandle;

        internal GattCharacteristic(GattDeviceService service, DiscoveredAttribute found)
        {
            Service = service;
            AttributeHandle = found.Handle;
            Uuid = found.Uuid;
            CharacteristicProperties = (GattCharacteristicProperties)found.Properties;
        }

        public delegate void GattCharacteristicVlaueChangedEventHandler(
            GattCharacteristic sender, GattValueChangedEventArgs valueChangedEventArgs);

        public event GattCharacteristicVlaueChangedEventHandler ValueChanged;

        public ushort AttributeHandle { get; }

        public GattCharacteristicProperties CharacteristicProperties { get; }

        public GattProtectionLevel ProtectionLevel { get; set; }

        public GattDeviceService Service { get; }

        public Guid Uuid { get; }

        public GattDescriptorsResult GetDescriptors()
        {
            GattCommunicationStatus status = GattCommunicationStatus.Success;
            lock (Service.Device.OperationLock)
            {
                if (_descriptors.Count == 0)
                {
                    ushort result = BluetoothStack.Radio.DiscoverDescriptors(
                        Service.Device.ConnectionHandle, AttributeHandle, Service.LastHandleOf(this));
                    if (result != 0 || !_done.WaitOne(DiscoveryMs, false))
                    {
                        status = GattCommunicationStatus.Unreachable;
                    }
                }
            }

            return new GattDescriptorsResult(_descriptors, status);
        }

        public GattDescriptorsResult GetDescriptorsForUuid(Guid descriptorUuid)
        {
            GattCommunicationStatus status = _descriptors.Count == 0
                ? GetDescriptors().Status
                : GattCommunicationStatus.Success;
            var selected = new ArrayList();
            foreach (GattDescriptor descriptor in _descriptors)
            {
                if (descriptor.Uuid == descriptorUuid)
                {
                    selected.Add(descriptor);
                }
            }

            return new GattDescriptorsResult(selected, status);
        }

        public GattReadClientCharacteristicConfigurationDescriptorResult ReadClientCharacteristicConfigurationDescriptor()
        {
            FindConfiguration();
            if (_configurationHandle != 0)
            {
                GattReadResult read = Service.Device.Read(_configurationHandle);
                if (read.Status == GattCommunicationStatus.Success)
                {
                    return new GattReadClientCharacteristicConfigurationDescriptorResult(
                        (GattClientCharacteristicConfigurationDescriptorValue)read.Value.Data[0],
                        GattCommunicationStatus.Success,
                        0);
                }

                return new GattReadClientCharacteristicConfigurationDescriptorResult(
                    0, GattCommunicationStatus.Unreachable, read.ProtocolError);
            }

            return new GattReadClientCharacteristicConfigurationDescriptorResult(
                0, GattCommunicationStatus.Unreachable, 0);
        }

        public GattReadResult ReadValue() => (CharacteristicProperties & GattCharacteristicProperties.Read) != 0
            ? Service.Device.Read(AttributeHandle)
            : new GattReadResult(GattCommunicationStatus.AccessDenied, null, 0);

        public GattWriteResult WriteClientCharacteristicConfigurationDescriptorWithResult(
            GattClientCharacteristicConfigurationDescriptorValue clientCharacteristicConfigurationDescriptorValue,
            GattWriteOption gattWriteOption = GattWriteOption.WriteWithoutResponse)
        {
            FindConfiguration();
            var needed = (GattCharacteristicProperties)((uint)clientCharacteristicConfigurationDescriptorValue << 4);
            if (_configurationHandle == 0 || (CharacteristicProperties & needed) != needed)
            {
                return new GattWriteResult(GattCommunicationStatus.AccessDenied, 0);
            }

            var value = new Buffer(new byte[] { (byte)clientCharacteristicConfigurationDescriptorValue, 0 });
            return Service.Device.Write(_configurationHandle, value, gattWriteOption);
        }

        public GattWriteResult WriteValueWithResult(
            Buffer value, GattWriteOption writeOption = GattWriteOption.WriteWithoutResponse)
        {
            GattCharacteristicProperties needed = writeOption == GattWriteOption.WriteWithResponse
                ? GattCharacteristicProperties.Write
                : GattCharacteristicProperties.WriteWithoutResponse;
            return (CharacteristicProperties & needed) != 0
                ? Service.Device.Write(AttributeHandle, value, writeOption)
                : new GattWriteResult(GattCommunicationStatus.AccessDenied, 0);
        }

        internal void OnDescriptor(DiscoveredAttribute found)
        {
            var descriptor = new GattDescriptor(this, found);
            _descriptors.Add(descriptor);
            Service.Device.AddAttribute(descriptor);
            if (descriptor.Uuid == GattDescriptorUuids.ClientCharacteristicConfiguration)
            {
                _configurationHandle = descriptor.AttributeHandle;
            }
        }

        internal void OnDescriptorsCompleted() => _done.Set();

        internal void OnValueChanged(byte[] value) =>
            ValueChanged?.Invoke(this, new GattValueChangedEventArgs(new Buffer(value)));

        private void FindConfiguration()
        {
            if (_descriptors.Count == 0)
            {
                GetDescriptors();
            }
        }
    }
}
