using System;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Clients of the mesh's service that do what no node would.</summary>
    public static class RudeNeighbour
    {
        private static readonly Guid s_service = new Guid("5748a7b0-6e65-7431-8000-776869737072");
        private static readonly Guid s_inbox = new Guid("5748a7b1-6e65-7431-8000-776869737072");
        private static readonly Guid s_outbox = new Guid("5748a7b2-6e65-7431-8000-776869737072");

        /// <summary>Connects to whoever is heard and says nothing, again and again.</summary>
        public static void HoldTheSlot()
        {
            while (true)
            {
                Meet(false);
            }
        }

        /// <summary>Connects to whoever is heard and writes bytes that mean nothing, again and again.</summary>
        public static void WriteNonsense()
        {
            while (true)
            {
                Meet(true);
            }
        }

        private static void Meet(bool nonsense)
        {
            byte[] digest;
            ulong address = Central.Scan(out digest);
            if (address == 0)
            {
                return;
            }

            BluetoothLEDevice device = BluetoothLEDevice.FromBluetoothAddress(address);
            try
            {
                GattDeviceServicesResult services = device.GetGattServicesForUuid(s_service);
                if (services.Services.Length > 0)
                {
                    Console.WriteLine("connected");
                    if (nonsense)
                    {
                        Write(services.Services[0]);
                    }

                    // Never closes by itself: it is for the other side to get rid of it.
                    while (device.ConnectionStatus == BluetoothConnectionStatus.Connected)
                    {
                        Thread.Sleep(100);
                    }

                    Console.WriteLine("thrown out");
                }
            }
            catch (NullReferenceException)
            {
                Console.WriteLine("no connection");
            }

            // The library reports a disconnect before it has stopped the stack.
            Thread.Sleep(200);
            device.Dispose();
        }

        private static void Write(GattDeviceService service)
        {
            GattCharacteristic outbox = service.GetCharacteristicsForUuid(s_outbox).Characteristics[0];
            outbox.WriteClientCharacteristicConfigurationDescriptorWithResult(
                GattClientCharacteristicConfigurationDescriptorValue.Notify, GattWriteOption.WriteWithResponse);
            GattCharacteristic inbox = service.GetCharacteristicsForUuid(s_inbox).Characteristics[0];
            Random random = new Random();
            byte[] bytes = new byte[20];
            GattWriteResult result;
            do
            {
                random.NextBytes(bytes);
                result = inbox.WriteValueWithResult(
                    new nanoFramework.Device.Bluetooth.Buffer(bytes), GattWriteOption.WriteWithResponse);
            }
            while (result.Status == GattCommunicationStatus.Success);
        }
    }
}
