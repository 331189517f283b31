using System;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>The steps of a client: scan, connect, discover, subscribe, write, close.</summary>
    public static class Central
    {
        private static readonly AutoResetEvent s_found = new AutoResetEvent(false);
        private static readonly AutoResetEvent s_notified = new AutoResetEvent(false);
        private static byte[] s_notification;
        private static ulong s_address;
        private static int s_reports;

        /// <summary>One contact with whoever is heard first, then a second one on the same stack start.</summary>
        public static void Run()
        {
            ulong address = Scan(out byte[] digest);
            Console.WriteLine("heard " + address.ToString("X12") + " " + digest.Length + " " + digest[0]);
            Contact(address, new byte[] { 1, 2, 3 });
            Console.WriteLine("done");
        }

        /// <summary>Scans until one board is heard; returns its address, or 0 after ten seconds.</summary>
        public static ulong Scan(out byte[] digest)
        {
            s_address = 0;
            byte[] heard = new byte[0];
            var watcher = new BluetoothLEAdvertisementWatcher();
            watcher.Received += (sender, args) =>
            {
                s_reports++;
                if (s_address == 0 && args.Advertisement.ManufacturerData.Count > 0)
                {
                    var data = (BluetoothLEManufacturerData)args.Advertisement.ManufacturerData[0];
                    heard = new byte[data.Data.Length];
                    DataReader.FromBuffer(data.Data).ReadBytes(heard);
                    s_address = args.BluetoothAddress;
                    s_found.Set();
                }
            };
            watcher.Start();
            s_found.WaitOne(10000, false);
            watcher.Stop();
            digest = heard;
            return s_address;
        }

        /// <summary>One contact: writes the bytes with response and waits for the notification.</summary>
        public static void Contact(ulong address, byte[] bytes)
        {
            long start = Ticks();
            BluetoothLEDevice device = BluetoothLEDevice.FromBluetoothAddress(address);
            try
            {
                GattCharacteristic write = Open(device, out GattCharacteristic notify);
                Console.WriteLine("discovered after " + (Ticks() - start));
                start = Ticks();
                GattWriteResult result = write.WriteValueWithResult(
                    new nanoFramework.Device.Bluetooth.Buffer(bytes), GattWriteOption.WriteWithResponse);
                Console.WriteLine("written " + (int)result.Status + " after " + (Ticks() - start));
                bool notified = s_notified.WaitOne(5000, false);
                Console.WriteLine(notified ? "notified " + s_notification.Length : "not notified");
            }
            catch (NullReferenceException)
            {
                Console.WriteLine("link lost");
            }

            device.Close();
            for (int i = 0; i < 100 && device.ConnectionStatus == BluetoothConnectionStatus.Connected; i++)
            {
                Thread.Sleep(20);
            }

            device.Dispose();
        }

        /// <summary>Connects, discovers and subscribes.</summary>
        public static GattCharacteristic Open(BluetoothLEDevice device, out GattCharacteristic notify)
        {
            GattDeviceServicesResult services = device.GetGattServicesForUuid(EchoServer.ServiceUuid);
            Console.WriteLine("services " + services.Services.Length + " status " + (int)services.Status);
            GattDeviceService service = services.Services[0];
            notify = service.GetCharacteristicsForUuid(EchoServer.NotifyUuid).Characteristics[0];
            GattCharacteristic write = service.GetCharacteristicsForUuid(EchoServer.WriteUuid).Characteristics[0];
            notify.ValueChanged += OnNotified;
            GattWriteResult subscribed = notify.WriteClientCharacteristicConfigurationDescriptorWithResult(
                GattClientCharacteristicConfigurationDescriptorValue.Notify, GattWriteOption.WriteWithResponse);
            Console.WriteLine("subscribed " + (int)subscribed.Status);
            return write;
        }

        private static long Ticks() => System.Environment.TickCount64;

        private static void OnNotified(GattCharacteristic sender, GattValueChangedEventArgs args)
        {
            byte[] bytes = new byte[args.CharacteristicValue.Length];
            DataReader.FromBuffer(args.CharacteristicValue).ReadBytes(bytes);
            s_notification = bytes;
            s_notified.Set();
        }
    }
}
