using System;

namespace nanoFramework.Device.Bluetooth
{
    public enum BluetoothAddressType
    {
        Public = 0,
        Random = 1,
        Unspecified = 2,
    }

    public enum BluetoothConnectionStatus
    {
        Disconnected = 0,
        Connected = 1,
    }

    public enum BluetoothError
    {
        Success = 0,
        RadioNotAvailable = 1,
        ResourceInUse = 2,
        DeviceNotConnected = 3,
        OtherError = 4,
        DisabledByPolicy = 5,
        NotSupported = 6,
        DisabledByUser = 7,
        ConsentRequired = 8,
        TransportNotSupported = 9,
    }

    public enum BluetoothLEAdvertisementWatcherStatus
    {
        Created = 0,
        Started = 1,
        Stopping = 2,
        Stopped = 3,
        Aborted = 4,
    }

    public class BluetoothDeviceId
    {
        internal BluetoothDeviceId(int id) => Id = id;

        public int Id { get; }

        public bool IsClassicDevice => false;

        public bool IsLowEnergyDevice => true;

        public static BluetoothDeviceId FromId(int deviceId) => new BluetoothDeviceId(deviceId);
    }
}

namespace nanoFramework.Device.Bluetooth.Advertisement
{
    public enum BluetoothLEAdvertisementDataSectionType
    {
        AdvertisingInterval = 26,
        Appearance = 25,
        CompleteLocalName = 9,
        CompleteList128uuid = 7,
        CompleteList16uuid = 3,
        CompleteList32uuid = 5,
        Flags = 1,
        IncompleteList128uuid = 6,
        IncompleteList16uuid = 2,
        IncompleteList32uuid = 4,
        ManufacturerSpecificData = 255,
        PeripheralConnectionIntervalRange = 18,
        PublicTargetAddress = 23,
        RandomTargetAddress = 24,
        ServiceData128bitUuid = 33,
        ServiceData16bitUuid = 22,
        ServiceData32bitUuid = 32,
        ServiceSolicitation128BitUuids = 21,
        ServiceSolicitation16BitUuids = 20,
        ServiceSolicitation32BitUuids = 31,
        ShortenedLocalName = 8,
        TxPowerLevel = 10,
    }

    [Flags]
    public enum BluetoothLEAdvertisementFlags : uint
    {
        None = 0,
        LimitedDiscoverableMode = 1,
        GeneralDiscoverableMode = 2,
        ClassicNotSupported = 4,
        DualModeControllerCapable = 8,
        DualModeHostCapable = 16,
    }

    public enum BluetoothLEAdvertisementPublisherStatus
    {
        Created = 0,
        Waiting = 1,
        Started = 2,
        Stopping = 3,
        Stopped = 4,
        Aborted = 5,
    }

    public enum BluetoothLEAdvertisementType
    {
        ConnectableUndirected = 0,
        ConnectableDirected = 1,
        ScannableUndirected = 2,
        NonConnectableUndirected = 3,
        ScanResponse = 4,
    }

    public enum BluetoothLEScanningMode
    {
        Passive = 0,
        Active = 1,
    }
}

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    [Flags]
    public enum GattCharacteristicProperties : uint
    {
        None = 0,
        Broadcast = 1,
        Read = 2,
        WriteWithoutResponse = 4,
        Write = 8,
        Notify = 16,
        Indicate = 32,
        AuthenticatedSignedWrites = 64,
        ExtendedProperties = 128,
        ReliableWrites = 256,
        WritableAuxiliaries = 512,
    }

    public enum GattClientCharacteristicConfigurationDescriptorValue
    {
        None = 0,
        Notify = 1,
        Indicate = 2,
    }

    public enum GattCommunicationStatus
    {
        Success = 0,
        Unreachable = 1,
        ProtocolError = 2,
        AccessDenied = 3,
    }

    public enum GattProtectionLevel
    {
        Plain = 0,
        AuthenticationRequired = 1,
        EncryptionRequired = 2,
        EncryptionAndAuthenticationRequired = 3,
    }

    public enum GattServiceProviderAdvertisementStatus
    {
        Created = 0,
        Stopped = 1,
        Started = 2,
        Aborted = 3,
        StartedWithoutAllAdvertisementData = 4,
    }

    public enum GattSessionStatus
    {
        Closed = 0,
        Active = 1,
    }

    public enum GattWriteOption
    {
        WriteWithResponse = 0,
        WriteWithoutResponse = 1,
    }

    public static class GattProtocolError
    {
        public static byte InvalidHandle => 0x01;

        public static byte ReadNotPermitted => 0x02;

        public static byte WriteNotPermitted => 0x03;

        public static byte InvalidPdu => 0x04;

        public static byte InsufficientAuthentication => 0x05;

        public static byte RequestNotSupported => 0x06;

        public static byte InvalidOffset => 0x07;

        public static byte InsufficientAuthorization => 0x08;

        public static byte PrepareQueueFull => 0x09;

        public static byte AttributeNotFound => 0x0A;

        public static byte AttributeNotLong => 0x0B;

        public static byte InsufficientEncryptionKeySize => 0x0C;

        public static byte InvalidAttributeValueLength => 0x0D;

        public static byte UnlikelyError => 0x0E;

        public static byte InsufficientEncryption => 0x0F;

        public static byte UnsupportedGroupType => 0x10;

        public static byte InsufficientResources => 0x11;
    }

    public static class GattServiceUuids
    {
        public static Guid GenericAccess => Utilities.CreateUuidFromShortCode(0x1800);

        public static Guid GenericAttribute => Utilities.CreateUuidFromShortCode(0x1801);

        public static Guid DeviceInformation => Utilities.CreateUuidFromShortCode(0x180A);

        public static Guid Battery => Utilities.CreateUuidFromShortCode(0x180F);
    }

    public static class GattCharacteristicUuids
    {
        public static Guid GapDeviceName => Utilities.CreateUuidFromShortCode(0x2A00);

        public static Guid GapAppearance => Utilities.CreateUuidFromShortCode(0x2A01);

        public static Guid BatteryLevel => Utilities.CreateUuidFromShortCode(0x2A19);

        public static Guid ModelNumberString => Utilities.CreateUuidFromShortCode(0x2A24);

        public static Guid ManufacturerNameString => Utilities.CreateUuidFromShortCode(0x2A29);
    }

    public static class GattDescriptorUuids
    {
        public static Guid CharacteristicUserDescription => Utilities.CreateUuidFromShortCode(0x2901);

        public static Guid ClientCharacteristicConfiguration => Utilities.CreateUuidFromShortCode(0x2902);
    }

    public interface IGattAttribute
    {
        ushort AttributeHandle { get; }

        Guid Uuid { get; }
    }
}
