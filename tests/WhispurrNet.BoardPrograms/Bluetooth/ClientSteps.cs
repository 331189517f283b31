using System;
using System.Collections;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>
    /// The steps of a client, one call each, so that a test can put them together rightly or wrongly.
    /// </summary>
    public static class ClientSteps
    {
        private static readonly AutoResetEvent s_notified = new AutoResetEvent(false);
        private static readonly Queue s_notifications = new Queue();
        private static readonly ArrayList s_reports = new ArrayList();
        private static BluetoothLEAdvertisementWatcher s_watcher;
        private static BluetoothLEDevice s_device;
        private static GattCharacteristic s_write;
        private static int s_handlerMs;

        /// <summary>Starts a scan; its handler sleeps for a time after each report.</summary>
        public static void StartScan(bool active, int handlerMs)
        {
            s_handlerMs = handlerMs;
            s_reports.Clear();
            s_watcher = new BluetoothLEAdvertisementWatcher();
            s_watcher.ScanningMode = active ? BluetoothLEScanningMode.Active : BluetoothLEScanningMode.Passive;
            s_watcher.Received += OnReceived;
            s_watcher.Start();
        }

        /// <summary>Stops the scan.</summary>
        public static void StopScan()
        {
            s_watcher.Stop();
        }

        /// <summary>What was heard: address, type, and the data of all sections but the flags.</summary>
        public static string Reports()
        {
            string text = "";
            lock (s_reports)
            {
                foreach (string report in s_reports)
                {
                    text += report + ";";
                }
            }

            return text;
        }

        /// <summary>Scans for a time.</summary>
        public static string Scan(int milliseconds)
        {
            StartScan(false, 0);
            Thread.Sleep(milliseconds);
            StopScan();
            return Reports();
        }

        /// <summary>Only makes the device object and looks for services.</summary>
        /// <returns>"services n", or the name of the exception.</returns>
        public static string Connect(ulong address, Guid service)
        {
            s_device = BluetoothLEDevice.FromBluetoothAddress(address);
            try
            {
                GattDeviceServicesResult services = s_device.GetGattServicesForUuid(service);
                return "services " + services.Services.Length + " status " + (int)services.Status;
            }
            catch (Exception exception)
            {
                return exception.GetType().Name;
            }
        }

        /// <summary>Connects, discovers and subscribes.</summary>
        /// <returns>"open", or what went wrong.</returns>
        public static string Open(ulong address)
        {
            string connected = Connect(address, EchoServer.ServiceUuid);
            if (connected != "services 1 status 0")
            {
                return connected;
            }

            GattDeviceService service = s_device.GetGattServicesForUuid(EchoServer.ServiceUuid).Services[0];
            s_write = First(service, EchoServer.WriteUuid);
            GattCharacteristic notify = First(service, EchoServer.NotifyUuid);
            if (s_write == null || notify == null)
            {
                return "characteristics missing";
            }

            notify.ValueChanged += OnNotified;
            GattWriteResult subscribed = notify.WriteClientCharacteristicConfigurationDescriptorWithResult(
                GattClientCharacteristicConfigurationDescriptorValue.Notify, GattWriteOption.WriteWithResponse);
            return subscribed.Status == GattCommunicationStatus.Success ? "open" : "not subscribed";
        }

        /// <summary>Writes; returns the status.</summary>
        public static int Write(byte[] bytes, bool withResponse)
        {
            return (int)s_write.WriteValueWithResult(
                new nanoFramework.Device.Bluetooth.Buffer(bytes),
                withResponse ? GattWriteOption.WriteWithResponse : GattWriteOption.WriteWithoutResponse).Status;
        }

        /// <summary>Reads the manufacturer's name that every board serves; returns it, or the status.</summary>
        public static string ReadManufacturer()
        {
            GattDeviceService service = s_device.GetGattServicesForUuid(GattServiceUuids.DeviceInformation).Services[0];
            GattReadResult result = First(service, GattCharacteristicUuids.ManufacturerNameString).ReadValue();
            return result.Status == GattCommunicationStatus.Success
                ? DataReader.FromBuffer(result.Value).ReadString(result.Value.Length)
                : "status " + (int)result.Status;
        }

        /// <summary>The next notification's bytes; null after the timeout.</summary>
        public static byte[] TakeNotification(int timeoutMs)
        {
            // One signal may stand for several notifications.
            while (true)
            {
                lock (s_notifications)
                {
                    if (s_notifications.Count > 0)
                    {
                        return (byte[])s_notifications.Dequeue();
                    }
                }

                if (!s_notified.WaitOne(timeoutMs, false))
                {
                    return null;
                }
            }
        }

        /// <summary>1 while the device says it is connected.</summary>
        public static int Status()
        {
            return (int)s_device.ConnectionStatus;
        }

        /// <summary>Ends the connection and waits until that shows.</summary>
        public static void Close()
        {
            s_device.Close();
            for (int i = 0; i < 200 && s_device.ConnectionStatus == BluetoothConnectionStatus.Connected; i++)
            {
                Thread.Sleep(20);
            }
        }

        /// <summary>Disposes of the device object.</summary>
        public static void Dispose()
        {
            s_device.Dispose();
        }

        private static GattCharacteristic First(GattDeviceService service, Guid uuid)
        {
            GattCharacteristicsResult result = service.GetCharacteristicsForUuid(uuid);
            return result.Characteristics.Length == 0 ? null : result.Characteristics[0];
        }

        private static void OnReceived(
            BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementReceivedEventArgs args)
        {
            string text = args.BluetoothAddress.ToString("X") + " " + (int)args.AdvertisementType;
            foreach (BluetoothLEAdvertisementDataSection section in args.Advertisement.DataSections)
            {
                if (section.DataType != (byte)BluetoothLEAdvertisementDataSectionType.Flags)
                {
                    text += " " + section.DataType.ToString("X") + ":" + section.Data.Length;
                }
            }

            lock (s_reports)
            {
                s_reports.Add(text);
            }

            Thread.Sleep(s_handlerMs);
        }

        private static void OnNotified(GattCharacteristic sender, GattValueChangedEventArgs args)
        {
            byte[] bytes = new byte[args.CharacteristicValue.Length];
            DataReader.FromBuffer(args.CharacteristicValue).ReadBytes(bytes);
            lock (s_notifications)
            {
                s_notifications.Enqueue(bytes);
            }

            s_notified.Set();
        }
    }
}
