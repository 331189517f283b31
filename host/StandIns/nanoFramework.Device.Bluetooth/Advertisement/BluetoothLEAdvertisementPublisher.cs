using System;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth.Advertisement
{
    public class BluetoothLEAdvertisementPublisherStatusChangedEventArgs
    {
        internal BluetoothLEAdvertisementPublisherStatusChangedEventArgs(
            BluetoothLEAdvertisementPublisherStatus status) => Status = status;

        public BluetoothError Error => BluetoothError.Success;

        public short SelectedTransmitPowerLevelInDBm => 0;

        public BluetoothLEAdvertisementPublisherStatus Status { get; }
    }

    public class BluetoothLEAdvertisementPublisher
    {
        public BluetoothLEAdvertisementPublisher()
            : this(new BluetoothLEAdvertisement())
        {
        }

        public BluetoothLEAdvertisementPublisher(BluetoothLEAdvertisement advertisement) =>
            Advertisement = advertisement;

        public delegate void BluetoothLEAdvertisementPublisherHandler(
            object sender, BluetoothLEAdvertisementPublisherStatusChangedEventArgs args);

        public event BluetoothLEAdvertisementPublisherHandler StatusChanged;

        public BluetoothLEAdvertisement Advertisement { get; }

        public BluetoothLEAdvertisementPublisherStatus Status { get; private set; }

        public bool UseExtendedAdvertisement
        {
            get => false;
            set
            {
                if (value)
                {
                    throw new PlatformNotSupportedException();
                }
            }
        }

        internal bool DataDropped { get; private set; }

        /// <summary>Ends in Waiting if advertising runs already (facts 1.2).</summary>
        public void Start()
        {
            BluetoothStack.Instance.Require(BluetoothMode.Server);
            Change(BluetoothLEAdvertisementPublisherStatus.Waiting);
            DataDropped = !Advertisement.Lay(out byte[] advertisement, out byte[] scanResponse);
            if (BluetoothStack.Radio.StartAdvertising(advertisement, scanResponse, Advertisement.IsConnectable))
            {
                Change(BluetoothLEAdvertisementPublisherStatus.Started);
            }
        }

        /// <summary>Frees the attribute tables too, whoever made them (facts 1.5).</summary>
        public void Stop()
        {
            BluetoothStack.Radio.StopAdvertising();
            BluetoothStack.Radio.DisposeServices();
            Change(BluetoothLEAdvertisementPublisherStatus.Stopped);
        }

        private void Change(BluetoothLEAdvertisementPublisherStatus status)
        {
            if (Status != status)
            {
                Status = status;
                StatusChanged?.Invoke(this, new BluetoothLEAdvertisementPublisherStatusChangedEventArgs(status));
            }
        }
    }
}
