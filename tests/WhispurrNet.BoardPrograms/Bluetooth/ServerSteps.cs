using System;
using System.Collections;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>The steps of a server, one call each, with right and wrong ways to answer a write.</summary>
    public static class ServerSteps
    {
        public const int Right = 0;
        public const int Late = 1;
        public const int Twice = 2;
        public const int Never = 3;
        public const int Slow = 4;

        private static readonly ArrayList s_log = new ArrayList();
        private static int s_manner;
        private static int s_longestGapMs;
        private static bool s_measuring;

        /// <summary>Makes the service once and advertises.</summary>
        public static int Serve(int manner)
        {
            s_manner = manner;
            if (EchoServer.Provider == null)
            {
                EchoServer.Create(OnWrite);
                BluetoothLEServer.Instance.Session.SessionStatusChanged += OnSession;
                EchoServer.Notify.SubscribedClientsChanged += OnSubscribed;
            }

            EchoServer.Advertise((byte)manner);
            return (int)EchoServer.Provider.AdvertisementStatus;
        }

        /// <summary>Stops advertising, and with it the stack.</summary>
        public static void Stop()
        {
            EchoServer.Provider.StopAdvertising();
        }

        /// <summary>Makes the service without touching the server object first.</summary>
        public static void ServeWithoutServerObject()
        {
            GattServiceProvider provider = GattServiceProvider.Create(EchoServer.ServiceUuid).ServiceProvider;
            provider.StartAdvertising();
        }

        /// <summary>Uses up characteristic numbers, then serves.</summary>
        public static void ServeAfter(int characteristics)
        {
            BluetoothLEServer server = BluetoothLEServer.Instance;
            GattLocalService waste = GattServiceProvider.Create(Guid.NewGuid()).ServiceProvider.Service;
            for (int i = 0; i < characteristics; i++)
            {
                waste.CreateCharacteristic(
                    Guid.NewGuid(),
                    new GattLocalCharacteristicParameters
                    {
                        CharacteristicProperties = GattCharacteristicProperties.Read,
                    });
            }

            server.Dispose();
            Serve(Right);
        }

        /// <summary>Advertises with default contents and service data.</summary>
        /// <returns>The advertisement's status.</returns>
        public static int AdvertiseDefaults(string name, int serviceDataLength)
        {
            BluetoothLEServer.Instance.DeviceName = name;
            GattServiceProvider provider = GattServiceProvider.Create(EchoServer.ServiceUuid).ServiceProvider;
            var parameters = new GattServiceProviderAdvertisingParameters();
            if (serviceDataLength > 0)
            {
                parameters.ServiceData = new nanoFramework.Device.Bluetooth.Buffer(new byte[serviceDataLength]);
            }

            provider.StartAdvertising(parameters);
            return (int)provider.AdvertisementStatus;
        }

        /// <summary>Advertises one section of its own.</summary>
        /// <returns>The advertisement's status.</returns>
        public static int AdvertiseSection(byte type, int length)
        {
            GattServiceProvider provider = GattServiceProvider.Create(EchoServer.ServiceUuid).ServiceProvider;
            var parameters = new GattServiceProviderAdvertisingParameters { CustomAdvertisement = true };
            parameters.Advertisement.DataSections.Add(
                new BluetoothLEAdvertisementDataSection(
                    type, new nanoFramework.Device.Bluetooth.Buffer(new byte[length])));
            provider.StartAdvertising(parameters);
            return (int)provider.AdvertisementStatus;
        }

        /// <summary>Scans beside serving; returns "scanning" or the name of the exception.</summary>
        public static string ScanWhileServing()
        {
            try
            {
                new BluetoothLEAdvertisementWatcher().Start();
                return "scanning";
            }
            catch (Exception exception)
            {
                return exception.GetType().Name;
            }
        }

        /// <summary>Notifies every subscriber a number of times; returns the codes.</summary>
        public static string Notify(int length, int times)
        {
            string codes = "";
            for (int i = 0; i < times; i++)
            {
                byte[] bytes = new byte[length];
                GattClientNotificationResult[] results = EchoServer.Notify.NotifyValue(
                    new nanoFramework.Device.Bluetooth.Buffer(bytes));
                foreach (GattClientNotificationResult result in results)
                {
                    codes += result.ProtocolError + ":" + result.BytesSent + " ";
                }
            }

            return codes;
        }

        /// <summary>Notifies a client that is not there.</summary>
        public static int NotifyNobody()
        {
            EchoServer.Notify.NotifyValue(new nanoFramework.Device.Bluetooth.Buffer(new byte[1]));
            GattClientNotificationResult result = EchoServer.Notify.NotifyValue(
                new nanoFramework.Device.Bluetooth.Buffer(new byte[1]), s_lastClient);
            return result.ProtocolError;
        }

        private static GattSubscribedClient s_lastClient;

        /// <summary>What the handlers saw, in order.</summary>
        public static string Log()
        {
            string text = "";
            lock (s_log)
            {
                foreach (string entry in s_log)
                {
                    text += entry + ";";
                }
            }

            return text;
        }

        /// <summary>Starts a thread that measures how long it was kept from running.</summary>
        public static void MeasureGaps()
        {
            s_measuring = true;
            new Thread(Measure).Start();
        }

        /// <summary>The longest time, in milliseconds, between two turns of that thread.</summary>
        public static int LongestGapMs()
        {
            s_measuring = false;
            return s_longestGapMs;
        }

        private static void Measure()
        {
            long last = System.Environment.TickCount64;
            while (s_measuring)
            {
                Thread.Sleep(5);
                long now = System.Environment.TickCount64;
                if (now - last > s_longestGapMs)
                {
                    s_longestGapMs = (int)(now - last);
                }

                last = now;
            }
        }

        private static void Note(string text)
        {
            lock (s_log)
            {
                s_log.Add(text + " on " + Thread.CurrentThread.ManagedThreadId);
            }
        }

        private static void OnSession(object sender, GattSessionStatusChangedEventArgs args)
        {
            Note(args.Status == GattSessionStatus.Active ? "connected" : "disconnected");
        }

        private static void OnSubscribed(GattLocalCharacteristic sender, object args)
        {
            GattSubscribedClient[] clients = sender.SubscribedClients;
            if (clients.Length > 0)
            {
                s_lastClient = clients[0];
            }

            Note("subscribed " + clients.Length);
        }

        private static void OnWrite(GattLocalCharacteristic sender, GattWriteRequestedEventArgs args)
        {
            GattWriteRequest request = args.GetRequest();
            Note("write " + request.Value.Length + " option " + (int)request.Option + " offset " + request.Offset
                + (args.Session == null ? " from nobody" : " from somebody"));
            if (s_manner == Never)
            {
                return;
            }

            Thread.Sleep(s_manner == Late ? 2500 : s_manner == Slow ? 1000 : 0);
            request.Respond();
            if (s_manner == Twice)
            {
                request.Respond();
            }
        }
    }
}
