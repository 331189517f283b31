using System.Collections;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    public class GattDeviceServicesResult
    {
        internal GattDeviceServicesResult(ArrayList services, GattCommunicationStatus status)
        {
            Services = (GattDeviceService[])services.ToArray(typeof(GattDeviceService));
            Status = status;
        }

        public byte ProtocolError => 0;

        public GattDeviceService[] Services { get; }

        public GattCommunicationStatus Status { get; }
    }

    public class GattCharacteristicsResult
    {
        internal GattCharacteristicsResult(ArrayList characteristics, GattCommunicationStatus status)
        {
            Characteristics = (GattCharacteristic[])characteristics.ToArray(typeof(GattCharacteristic));
            Status = status;
        }

        public GattCharacteristic[] Characteristics { get; }

        public byte ProtocolError => 0;

        public GattCommunicationStatus Status { get; }
    }

    public class GattDescriptorsResult
    {
        internal GattDescriptorsResult(ArrayList descriptors, GattCommunicationStatus status)
        {
            Descriptors = (GattDescriptor[])descriptors.ToArray(typeof(GattDescriptor));
            Status = status;
        }

        public GattDescriptor[] Descriptors { get; }

        public byte ProtocolError => 0;

        public GattCommunicationStatus Status { get; }
    }

    public class GattReadResult
    {
        internal GattReadResult(GattCommunicationStatus status, Buffer value, byte protocolError)
        {
            Status = status;
            Value = value;
            ProtocolError = protocolError;
        }

        public byte ProtocolError { get; }

        public GattCommunicationStatus Status { get; }

        public Buffer Value { get; }
    }

    public class GattWriteResult
    {
        internal GattWriteResult(GattCommunicationStatus status, byte protocolError)
        {
            Status = status;
            ProtocolError = protocolError;
        }

        public byte ProtocolError { get; }

        public GattCommunicationStatus Status { get; }
    }

    public class GattReadClientCharacteristicConfigurationDescriptorResult
    {
        internal GattReadClientCharacteristicConfigurationDescriptorResult(
            GattClientCharacteristicConfigurationDescriptorValue value,
            GattCommunicationStatus status,
            byte protocolError)
        {
            ClientCharacteristicConfigurationDescriptor = value;
            Status = status;
            ProtocolError = protocolError;
        }

        public GattClientCharacteristicConfigurationDescriptorValue ClientCharacteristicConfigurationDescriptor { get; }

        public byte ProtocolError { get; }

        public GattCommunicationStatus Status { get; }
    }
}
