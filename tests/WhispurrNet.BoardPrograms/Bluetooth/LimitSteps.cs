using System;
using System.Collections;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Programs that run into a limit of the radio, one step each.</summary>
    public static class LimitSteps
    {
        private static readonly ArrayList s_devices = new ArrayList();
        private static BluetoothLEAdvertisementPublisher s_publisher;
        private static BluetoothLEAdvertisementWatcher s_watcher;
        private static BluetoothLEDevice s_shared;
        private static GattServiceProvider s_provider;
        private static int s_reports;
        private static int s_uuids;
        private static int s_stopped;
        private static int s_reads;
        private static int s_writes;
        private static int s_lastWrite;
        private static int s_valueLength;
        private static int s_readMs;
        private static int s_mtuChanges;
        private static int s_refused;
        private static int s_done;
        private static int s_notified;
        private static int s_handlerMs;

        /// <summary>Serves a value to read and write, with a handler that takes its time to answer a read.</summary>
        public static void ServeValue(int length, int readMs, bool needsPairing)
        {
            s_valueLength = length;
            s_readMs = readMs;
            BluetoothLEServer.Instance.Session.MaxPduSizeChanged += OnMtu;
            s_provider = GattServiceProvider.Create(EchoServer.ServiceUuid).ServiceProvider;
            GattProtectionLevel level =
                needsPairing ? GattProtectionLevel.EncryptionRequired : GattProtectionLevel.Plain;
            GattLocalCharacteristic value = s_provider.Service.CreateCharacteristic(
                EchoServer.WriteUuid,
                new GattLocalCharacteristicParameters
                {
                    CharacteristicProperties = GattCharacteristicProperties.Read | GattCharacteristicProperties.Write,
                    ReadProtectionLevel = level,
                    WriteProtectionLevel = level,
                }).Characteristic;
            value.ReadRequested += OnRead;
            value.WriteRequested += OnWrite;
            s_provider.StartAdvertising();
        }

        /// <summary>What the handlers saw: reads, writes, bytes of the last write, MTU and its changes.</summary>
        public static string Seen()
        {
            return s_reads + " reads " + s_writes + " writes " + s_lastWrite + " bytes mtu "
                + BluetoothLEServer.Instance.Session.MaxMtuSize + " changes " + s_mtuChanges;
        }

        /// <summary>Serves behind a service with so many characteristics of two handles each.</summary>
        public static void ServeBehind(int characteristics)
        {
            BluetoothLEServer server = BluetoothLEServer.Instance;
            GattLocalService first = GattServiceProvider.Create(Guid.NewGuid()).ServiceProvider.Service;
            for (int i = 0; i < characteristics; i++)
            {
                first.CreateCharacteristic(
                    Guid.NewGuid(),
                    new GattLocalCharacteristicParameters
                    {
                        CharacteristicProperties = GattCharacteristicProperties.Read,
                    });
            }

            ServerSteps.Serve(ServerSteps.Right);
        }

        /// <summary>Starts a second publisher beside the one that serves.</summary>
        /// <returns>Its status.</returns>
        public static int PublishBeside(byte value)
        {
            BluetoothLEAdvertisement advertisement = new BluetoothLEAdvertisement();
            byte[] data = new byte[10];
            data[0] = value;
            advertisement.ManufacturerData.Add(new BluetoothLEManufacturerData(
                EchoServer.CompanyId, new nanoFramework.Device.Bluetooth.Buffer(data)));
            s_publisher = new BluetoothLEAdvertisementPublisher(advertisement);
            s_publisher.Start();
            return (int)s_publisher.Status;
        }

        /// <summary>Stops that publisher.</summary>
        public static void StopPublisher()
        {
            s_publisher.Stop();
        }

        /// <summary>Asks for extended advertising, and to pair; names of the exceptions.</summary>
        public static string AskForMore()
        {
            string text = "";
            try
            {
                new BluetoothLEAdvertisementPublisher().UseExtendedAdvertisement = true;
            }
            catch (Exception exception)
            {
                text = exception.GetType().Name;
            }

            try
            {
                BluetoothLEServer.Instance.Pairing.Pair();
            }
            catch (Exception exception)
            {
                text += " " + exception.GetType().Name;
            }

            return text;
        }

        /// <summary>Serves a 16-bit service with default contents.</summary>
        public static void ServeShort()
        {
            BluetoothLEServer.Instance.DeviceName = "short";
            GattServiceProvider.Create(Utilities.CreateUuidFromShortCode(0x180F)).ServiceProvider.StartAdvertising();
        }

        /// <summary>Scans with a filter section of manufacturer data.</summary>
        /// <returns>Reports that passed, UUIDs in them, and how often the watcher said that it stopped.</returns>
        public static string ScanFiltered(byte[] section, int milliseconds)
        {
            s_reports = 0;
            s_uuids = 0;
            BluetoothLEAdvertisementFilter filter = new BluetoothLEAdvertisementFilter();
            if (section.Length > 0)
            {
                // Manufacturer sections of one's own are rebuilt from ManufacturerData.
                byte[] rest = new byte[section.Length - 2];
                Array.Copy(section, 2, rest, 0, rest.Length);
                filter.Advertisement.ManufacturerData.Add(new BluetoothLEManufacturerData(
                    BitConverter.ToUInt16(section, 0), new nanoFramework.Device.Bluetooth.Buffer(rest)));
            }

            s_watcher = new BluetoothLEAdvertisementWatcher(filter);
            s_watcher.Received += OnReport;
            s_watcher.Stopped += OnStopped;
            s_watcher.Start();
            Thread.Sleep(milliseconds);
            s_watcher.Stop();
            Thread.Sleep(milliseconds);
            return s_reports + " " + s_uuids + " " + s_stopped;
        }

        /// <summary>Connects to several boards, one after the other, and keeps all connections.</summary>
        /// <returns>The number of services found on each, or the name of the exception.</returns>
        public static string OpenMany(ulong first, int count)
        {
            string text = "";
            for (int i = 0; i < count; i++)
            {
                BluetoothLEDevice device = BluetoothLEDevice.FromBluetoothAddress(first + (ulong)i);
                s_devices.Add(device);
                try
                {
                    text += device.GetGattServices().Services.Length + " ";
                }
                catch (Exception exception)
                {
                    text += exception.GetType().Name + " ";
                }
            }

            return text;
        }

        /// <summary>Closes one of them.</summary>
        public static void CloseOne(int index)
        {
            ((BluetoothLEDevice)s_devices[index]).Close();
        }

        /// <summary>
        /// Connects while a scan runs, several times; statuses of GetGattServices on the contexts left behind.
        /// </summary>
        public static string ConnectWhileScanning(ulong address, int times)
        {
            BluetoothLEAdvertisementWatcher watcher = new BluetoothLEAdvertisementWatcher();
            watcher.Start();
            string text = "";
            for (int i = 0; i < times; i++)
            {
                BluetoothLEDevice device = BluetoothLEDevice.FromBluetoothAddress(address);
                s_devices.Add(device);
                text += (int)device.GetGattServices().Status + " ";
            }

            return text;
        }

        /// <summary>Starts service discovery from several threads at once.</summary>
        /// <returns>How many were refused.</returns>
        public static int DiscoverAtOnce(ulong address, int threads)
        {
            s_shared = BluetoothLEDevice.FromBluetoothAddress(address);
            s_refused = 0;
            s_done = 0;

            // Connected, but nothing discovered yet.
            s_shared.ConnectionStatusChanged += OnConnected;
            s_shared.GetGattServicesForUuid(Guid.Empty);
            for (int i = 0; i < 2000 && s_done < threads; i++)
            {
                Thread.Sleep(20);
            }

            return s_refused;
        }

        private static void OnConnected(object sender, EventArgs args)
        {
            if (s_shared.ConnectionStatus == BluetoothConnectionStatus.Connected)
            {
                for (int i = 0; i < 6; i++)
                {
                    new Thread(Discover).Start();
                }
            }
        }

        private static void Discover()
        {
            if (s_shared.GetGattServices().Status != GattCommunicationStatus.Success)
            {
                Interlocked.Increment(ref s_refused);
            }

            Interlocked.Increment(ref s_done);
        }

        /// <summary>Finds services, loses the connection, connects again with the same object.</summary>
        /// <returns>Whether the services are the very objects of the first time.</returns>
        public static string ConnectAgain(ulong address)
        {
            BluetoothLEDevice device = BluetoothLEDevice.FromBluetoothAddress(address);
            GattDeviceService[] before = device.GetGattServices().Services;
            device.Close();
            while (device.ConnectionStatus == BluetoothConnectionStatus.Connected)
            {
                Thread.Sleep(20);
            }

            // The library goes on to stop the stack.
            Thread.Sleep(2000);
            GattDeviceService[] after = device.GetGattServices().Services;
            return before.Length + " " + after.Length + " " + (before.Length > 0 && before[0] == after[0]);
        }

        /// <summary>Reads the value that <see cref="ServeValue"/> serves.</summary>
        /// <returns>The bytes that came, or minus the status.</returns>
        public static int ReadLength(ulong address)
        {
            s_shared = BluetoothLEDevice.FromBluetoothAddress(address);
            GattDeviceService service = s_shared.GetGattServicesForUuid(EchoServer.ServiceUuid).Services[0];
            GattReadResult result = service.GetCharacteristicsForUuid(EchoServer.WriteUuid).Characteristics[0]
                .ReadValue();
            return result.Status == GattCommunicationStatus.Success ? (int)result.Value.Length : -(int)result.Status;
        }

        /// <summary>Subscribes with a handler that takes its time.</summary>
        public static string Subscribe(ulong address, int handlerMs)
        {
            s_handlerMs = handlerMs;
            s_shared = BluetoothLEDevice.FromBluetoothAddress(address);
            GattDeviceService service = s_shared.GetGattServicesForUuid(EchoServer.ServiceUuid).Services[0];
            GattCharacteristic notify = service.GetCharacteristicsForUuid(EchoServer.NotifyUuid).Characteristics[0];
            notify.ValueChanged += OnNotified;
            return notify.WriteClientCharacteristicConfigurationDescriptorWithResult(
                GattClientCharacteristicConfigurationDescriptorValue.Notify, GattWriteOption.WriteWithResponse)
                .Status == GattCommunicationStatus.Success ? "subscribed" : "not subscribed";
        }

        /// <summary>Notifications that were handled.</summary>
        public static int Notified()
        {
            return s_notified;
        }

        /// <summary>Notifies until so many were accepted, waiting whenever the buffers are full.</summary>
        public static void NotifyAll(int count)
        {
            for (int accepted = 0; accepted < count;)
            {
                GattClientNotificationResult[] results = EchoServer.Notify.NotifyValue(
                    new nanoFramework.Device.Bluetooth.Buffer(new byte[1]));
                if (results.Length > 0 && results[0].ProtocolError == 0)
                {
                    accepted++;
                }
                else
                {
                    Thread.Sleep(40);
                }
            }
        }

        private static void OnNotified(GattCharacteristic sender, GattValueChangedEventArgs args)
        {
            s_notified++;
            if (s_notified == 1)
            {
                Thread.Sleep(s_handlerMs);
            }
        }

        private static void OnReport(
            BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementReceivedEventArgs args)
        {
            s_reports++;
            s_uuids += args.Advertisement.ServiceUuids.Length;
        }

        private static void OnStopped(
            BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementWatcherStoppedEventArgs args)
        {
            s_stopped++;
        }

        private static void OnMtu(object sender, EventArgs args)
        {
            s_mtuChanges++;
        }

        private static void OnRead(GattLocalCharacteristic sender, GattReadRequestedEventArgs args)
        {
            s_reads++;
            GattReadRequest request = args.GetRequest();
            Thread.Sleep(s_readMs);
            byte[] bytes = new byte[s_valueLength];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)i;
            }

            request.RespondWithValue(new nanoFramework.Device.Bluetooth.Buffer(bytes));
        }

        private static void OnWrite(GattLocalCharacteristic sender, GattWriteRequestedEventArgs args)
        {
            s_writes++;
            GattWriteRequest request = args.GetRequest();
            s_lastWrite = (int)request.Value.Length;
            request.Respond();
        }
    }
}
