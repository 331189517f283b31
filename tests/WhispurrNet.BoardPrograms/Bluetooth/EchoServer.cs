using System;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>
    /// A server as it should be: one service made once, a custom advertisement, and a write handler that copies,
    /// responds once at once and leaves the rest to a worker, which sends the bytes back as a notification.
    /// </summary>
    public static class EchoServer
    {
        public static readonly Guid ServiceUuid = new Guid("6f1c0001-5a3e-4d7b-9c21-0e8f4b6a2d10");
        public static readonly Guid WriteUuid = new Guid("6f1c0002-5a3e-4d7b-9c21-0e8f4b6a2d10");
        public static readonly Guid NotifyUuid = new Guid("6f1c0003-5a3e-4d7b-9c21-0e8f4b6a2d10");
        public const ushort CompanyId = 0xFFFF;

        private static readonly AutoResetEvent s_arrived = new AutoResetEvent(false);
        private static GattServiceProvider s_provider;
        private static GattLocalCharacteristic s_notify;
        private static byte[] s_received;

        public static GattServiceProvider Provider => s_provider;

        public static GattLocalCharacteristic Notify => s_notify;

        /// <summary>Serves and echoes for ever.</summary>
        public static void Run()
        {
            Create(OnWrite);
            Advertise(1);
            Console.WriteLine("serving " + (int)s_provider.AdvertisementStatus);
            while (true)
            {
                s_arrived.WaitOne();
                byte[] bytes = s_received;
                Console.WriteLine("echo " + bytes.Length);
                GattClientNotificationResult[] results = s_notify.NotifyValue(
                    new nanoFramework.Device.Bluetooth.Buffer(bytes));
                for (int i = 0; i < results.Length; i++)
                {
                    Console.WriteLine("notified rc " + results[i].ProtocolError);
                }
            }
        }

        /// <summary>
        /// Makes the service: the server object first, then one characteristic each to write and to notify.
        /// </summary>
        public static void Create(GattLocalCharacteristic.GattLocalCharacteristicWriteEventHandler onWrite)
        {
            BluetoothLEServer server = BluetoothLEServer.Instance;
            server.Session.SessionStatusChanged += OnSession;
            s_provider = GattServiceProvider.Create(ServiceUuid).ServiceProvider;
            GattLocalCharacteristic write = s_provider.Service.CreateCharacteristic(
                WriteUuid,
                new GattLocalCharacteristicParameters
                {
                    CharacteristicProperties =
                        GattCharacteristicProperties.Write | GattCharacteristicProperties.WriteWithoutResponse,
                }).Characteristic;
            write.WriteRequested += onWrite;
            s_notify = s_provider.Service.CreateCharacteristic(
                NotifyUuid,
                new GattLocalCharacteristicParameters
                {
                    CharacteristicProperties = GattCharacteristicProperties.Notify,
                }).Characteristic;
        }

        /// <summary>Starts advertising 24 bytes that all hold one value.</summary>
        public static void Advertise(byte value)
        {
            var parameters = new GattServiceProviderAdvertisingParameters { CustomAdvertisement = true };
            parameters.Advertisement.DataSections.Add(new BluetoothLEAdvertisementDataSection(
                (byte)BluetoothLEAdvertisementDataSectionType.Flags,
                new nanoFramework.Device.Bluetooth.Buffer(new byte[] { 6 })));
            byte[] digest = new byte[24];
            for (int i = 0; i < digest.Length; i++)
            {
                digest[i] = value;
            }

            parameters.Advertisement.ManufacturerData.Add(
                new BluetoothLEManufacturerData(CompanyId, new nanoFramework.Device.Bluetooth.Buffer(digest)));
            s_provider.StartAdvertising(parameters);
        }

        private static void OnSession(object sender, GattSessionStatusChangedEventArgs args) =>
            Console.WriteLine("session " + (args.Status == GattSessionStatus.Active ? "active" : "closed"));

        private static void OnWrite(GattLocalCharacteristic sender, GattWriteRequestedEventArgs args)
        {
            GattWriteRequest request = args.GetRequest();
            byte[] bytes = new byte[request.Value.Length];
            DataReader.FromBuffer(request.Value).ReadBytes(bytes);
            request.Respond();
            s_received = bytes;
            s_arrived.Set();
        }
    }
}
