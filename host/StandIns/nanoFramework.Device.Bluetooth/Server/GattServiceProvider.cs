using System;
using System.Collections.Generic;
using nanoFramework.Device.Bluetooth.Advertisement;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    public class GattServiceProviderResult
    {
        internal GattServiceProviderResult(GattServiceProvider serviceProvider) => ServiceProvider = serviceProvider;

        public BluetoothError Error => BluetoothError.Success;

        public GattServiceProvider ServiceProvider { get; }
    }

    public class GattServiceProviderAdvertisingParameters
    {
        private bool _customAdvertisement;
        private bool _isDiscoverable = true;

        public GattServiceProviderAdvertisingParameters() => CustomAdvertisement = false;

        public BluetoothLEAdvertisement Advertisement { get; } = new BluetoothLEAdvertisement();

        public bool CustomAdvertisement
        {
            get => _customAdvertisement;
            set
            {
                _customAdvertisement = value;
                if (value)
                {
                    Advertisement.RemoveSections(BluetoothLEAdvertisementDataSectionType.Flags);
                    Advertisement.RemoveSections(BluetoothLEAdvertisementDataSectionType.CompleteLocalName);
                    return;
                }

                Advertisement.Flags = BluetoothLEAdvertisementFlags.ClassicNotSupported
                    | BluetoothLEAdvertisementFlags.GeneralDiscoverableMode;
                Advertisement.LocalName = BluetoothLEServer.Instance.DeviceName;
            }
        }

        public bool IsConnectable { get; set; } = true;

        public bool IsDiscoverable
        {
            get => _isDiscoverable;
            set
            {
                _isDiscoverable = value;

                // This puts a Flags section back, into a custom advertisement too.
                Advertisement.Flags = value
                    ? Advertisement.Flags | BluetoothLEAdvertisementFlags.GeneralDiscoverableMode
                    : Advertisement.Flags & ~BluetoothLEAdvertisementFlags.GeneralDiscoverableMode;
            }
        }

        public Buffer ServiceData { get; set; }
    }

    public class GattServiceProvider
    {
        private BluetoothLEAdvertisementPublisher _publisher;

        private GattServiceProvider(Guid serviceUuid)
        {
            Service = new GattLocalService(serviceUuid);
            for (int i = 0; i < BluetoothLEServer.Providers.Count; i++)
            {
                if (((GattServiceProvider)BluetoothLEServer.Providers[i]).Service.Uuid == serviceUuid)
                {
                    BluetoothLEServer.Providers[i] = this;
                    return;
                }
            }

            BluetoothLEServer.Providers.Add(this);
            if (BluetoothLEServer.Providers.Count == 1)
            {
                AddDeviceInformation();
            }
        }

        public GattServiceProviderAdvertisementStatus AdvertisementStatus { get; private set; }

        public GattLocalService Service { get; }

        public static GattServiceProviderResult Create(Guid serviceUuid)
        {
            Gate.Check();
            return new GattServiceProviderResult(new GattServiceProvider(serviceUuid));
        }

        public void StartAdvertising() => StartAdvertising(new GattServiceProviderAdvertisingParameters());

        public void StartAdvertising(GattServiceProviderAdvertisingParameters parameters)
        {
            if (BluetoothStack.Instance.Mode != BluetoothMode.Server)
            {
                BluetoothLEServer.Instance.Start();
            }

            parameters.Advertisement.IsConnectable = parameters.IsConnectable;
            var services = new List<GattServiceDefinition>();
            foreach (GattServiceProvider provider in BluetoothLEServer.Providers)
            {
                services.Add(provider.Service.Define());
            }

            if (!BluetoothStack.Radio.InitializeServices(services))
            {
                return;
            }

            if (!parameters.CustomAdvertisement)
            {
                AddDefaultSections(parameters);
            }

            _publisher = new BluetoothLEAdvertisementPublisher(parameters.Advertisement);
            _publisher.StatusChanged += OnStatusChanged;
            _publisher.Start();
        }

        /// <summary>Takes the whole stack down with it (facts 1.1).</summary>
        public void StopAdvertising() => _publisher.Stop();

        private static void AddDeviceInformation()
        {
            GattLocalService service = new GattServiceProvider(GattServiceUuids.DeviceInformation).Service;
            AddText(service, GattCharacteristicUuids.ManufacturerNameString, "nanoFramework");
            AddText(service, GattCharacteristicUuids.ModelNumberString, "ESP32");
        }

        private static void AddText(GattLocalService service, Guid uuid, string text)
        {
            var value = new DataWriter();
            value.WriteString(text);
            service.CreateCharacteristic(uuid, new GattLocalCharacteristicParameters
            {
                StaticValue = value,
                CharacteristicProperties = GattCharacteristicProperties.Read,
            });
        }

        private void AddDefaultSections(GattServiceProviderAdvertisingParameters parameters)
        {
            Utilities.UuidType type = Utilities.TypeOfUuid(Service.Uuid);
            var uuid = new DataWriter();
            var data = new DataWriter();
            foreach (DataWriter writer in new[] { uuid, data })
            {
                switch (type)
                {
                    case Utilities.UuidType.Uuid16:
                        writer.WriteUInt16(Utilities.ConvertUuidToShortId(Service.Uuid));
                        break;
                    case Utilities.UuidType.Uuid32:
                        writer.WriteUInt32(Utilities.ConvertUuidToIntId(Service.Uuid));
                        break;
                    default:
                        writer.WriteUuid(Service.Uuid);
                        break;
                }
            }

            parameters.Advertisement.SetSection(
                type == Utilities.UuidType.Uuid16 ? BluetoothLEAdvertisementDataSectionType.CompleteList16uuid
                : type == Utilities.UuidType.Uuid32 ? BluetoothLEAdvertisementDataSectionType.CompleteList32uuid
                : BluetoothLEAdvertisementDataSectionType.CompleteList128uuid,
                uuid);
            if (parameters.ServiceData != null)
            {
                data.WriteBuffer(parameters.ServiceData);
                parameters.Advertisement.SetSection(
                    type == Utilities.UuidType.Uuid16 ? BluetoothLEAdvertisementDataSectionType.ServiceData16bitUuid
                    : type == Utilities.UuidType.Uuid32 ? BluetoothLEAdvertisementDataSectionType.ServiceData32bitUuid
                    : BluetoothLEAdvertisementDataSectionType.ServiceData128bitUuid,
                    data);
            }
        }

        private void OnStatusChanged(object sender, BluetoothLEAdvertisementPublisherStatusChangedEventArgs args)
        {
            switch (args.Status)
            {
                case BluetoothLEAdvertisementPublisherStatus.Started:
                    AdvertisementStatus = _publisher.DataDropped
                        ? GattServiceProviderAdvertisementStatus.StartedWithoutAllAdvertisementData
                        : GattServiceProviderAdvertisementStatus.Started;
                    break;
                case BluetoothLEAdvertisementPublisherStatus.Stopped:
                    AdvertisementStatus = GattServiceProviderAdvertisementStatus.Stopped;
                    BluetoothStack.Radio.DisposeServices();
                    BluetoothStack.Instance.Mode = BluetoothMode.NotRunning;
                    break;
            }
        }
    }
}
