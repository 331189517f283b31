using System;
using System.Collections;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth
{
    public class BluetoothLEServer : IDisposable
    {
        private static readonly object s_lock = new object();

        private BluetoothLEServer()
        {
            Session = new GattSession(new BluetoothDeviceId(0));

            // Characteristics made before this moment get no events any more (facts 1.5).
            BluetoothStack.Instance.Reset();
        }

        public static BluetoothLEServer Instance
        {
            get
            {
                Gate.Check();
                lock (s_lock)
                {
                    return Current ??= new BluetoothLEServer();
                }
            }
        }

        public ushort Appearance { get; set; }

        public string DeviceName { get; set; } = "nanoFramework";

        public DevicePairing Pairing { get; } = new DevicePairing();

        public GattServiceProvider[] Services => (GattServiceProvider[])Providers.ToArray(typeof(GattServiceProvider));

        public GattSession Session { get; }

        internal static BluetoothLEServer Current { get; private set; }

        internal static ArrayList Providers { get; private set; } = new ArrayList();

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public GattServiceProvider GetServiceByUUID(Guid serviceUuid)
        {
            foreach (GattServiceProvider provider in Providers)
            {
                if (provider.Service.Uuid == serviceUuid)
                {
                    return provider;
                }
            }

            return null;
        }

        public void Start() => BluetoothStack.Instance.Require(BluetoothMode.Server);

        public void Stop() => BluetoothStack.Instance.Require(BluetoothMode.NotRunning);

        protected virtual void Dispose(bool disposing)
        {
            Stop();
            BluetoothStack.Instance.Reset();
            Providers = new ArrayList();
            Current = null;
        }
    }
}

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    public class GattSessionStatusChangedEventArgs
    {
        internal GattSessionStatusChangedEventArgs(GattSessionStatus status) => Status = status;

        public BluetoothError Error => BluetoothError.Success;

        public GattSessionStatus Status { get; }
    }

    public class GattSession
    {
        internal GattSession(BluetoothDeviceId deviceId) => DeviceId = deviceId;

        public delegate void GattSessionStatusChangedEventHandler(
            object sender, GattSessionStatusChangedEventArgs args);

        public event EventHandler MaxPduSizeChanged;

        public event GattSessionStatusChangedEventHandler SessionStatusChanged;

        public BluetoothDeviceId DeviceId { get; }

        /// <summary>0 until a central exchanges the MTU, which no board does (facts 1.4).</summary>
        public ushort MaxMtuSize { get; private set; }

        public static GattSession FromDeviceId(BluetoothDeviceId deviceId) => new GattSession(deviceId);

        internal void OnClient(bool connected) => SessionStatusChanged?.Invoke(
            this, new GattSessionStatusChangedEventArgs(
                connected ? GattSessionStatus.Active : GattSessionStatus.Closed));

        internal void OnMtu(ushort mtu)
        {
            MaxMtuSize = mtu;
            MaxPduSizeChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    public class GattSubscribedClient
    {
        internal GattSubscribedClient(GattSession session) => Session = session;

        public ushort MaxNotificationSize => 1024;

        public GattSession Session { get; }
    }
}
