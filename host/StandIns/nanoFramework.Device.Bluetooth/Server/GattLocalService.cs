using System;
using System.Collections;
using System.Collections.Generic;
using WhispurrNet.Virtual;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    public class GattLocalService
    {
        private readonly ArrayList _characteristics = new ArrayList();

        internal GattLocalService(Guid uuid) => Uuid = uuid;

        public GattLocalCharacteristic[] Characteristics =>
            (GattLocalCharacteristic[])_characteristics.ToArray(typeof(GattLocalCharacteristic));

        public Guid Uuid { get; }

        public GattLocalCharacteristicResult CreateCharacteristic(
            Guid characteristicUuid, GattLocalCharacteristicParameters parameters)
        {
            Gate.Check();
            var characteristic = new GattLocalCharacteristic(characteristicUuid, parameters);
            _characteristics.Add(characteristic);

            // Making the server object only now forgets the characteristic just made (facts 1.5).
            _ = BluetoothLEServer.Instance;
            return new GattLocalCharacteristicResult(characteristic);
        }

        internal GattServiceDefinition Define()
        {
            var characteristics = new List<GattCharacteristicDefinition>();
            foreach (GattLocalCharacteristic characteristic in _characteristics)
            {
                characteristics.Add(characteristic.Define());
            }

            return new GattServiceDefinition(Uuid, characteristics);
        }
    }

    public class GattLocalCharacteristicParameters
    {
        public GattCharacteristicProperties CharacteristicProperties { get; set; }

        public GattProtectionLevel ReadProtectionLevel { get; set; }

        public Buffer StaticValue { get; set; }

        public string UserDescription { get; set; }

        public GattProtectionLevel WriteProtectionLevel { get; set; }
    }

    public class GattLocalCharacteristicResult
    {
        internal GattLocalCharacteristicResult(GattLocalCharacteristic characteristic) =>
            Characteristic = characteristic;

        public GattLocalCharacteristic Characteristic { get; }

        public BluetoothError Error => BluetoothError.Success;
    }

    public class GattClientNotificationResult
    {
        internal GattClientNotificationResult(int result, GattSubscribedClient client, ushort bytes)
        {
            ProtocolError = (byte)result;
            Status = result == 0 ? GattCommunicationStatus.Success : GattCommunicationStatus.Unreachable;
            SubscribedClient = client;
            BytesSent = bytes;
        }

        /// <summary>The length asked for; what was cut off is not told (facts 1.4).</summary>
        public ushort BytesSent { get; }

        /// <summary>NimBLE's number: 0, 1 unknown characteristic, 6 out of buffers, 7 not connected.</summary>
        public byte ProtocolError { get; }

        public GattCommunicationStatus Status { get; }

        public GattSubscribedClient SubscribedClient { get; }
    }

    public class GattLocalCharacteristic
    {
        private const ushort UserDescriptionId = 1;

        private static ushort s_lastId;

        private readonly ArrayList _clients = new ArrayList();

        internal GattLocalCharacteristic(Guid uuid, GattLocalCharacteristicParameters parameters)
        {
            // Never given back, and events carry eight bits of it: after 255 characteristics nothing is routed (facts
            // 1.5).
            Id = ++s_lastId;
            Uuid = uuid;
            CharacteristicProperties = parameters.CharacteristicProperties;
            ReadProtectionLevel = parameters.ReadProtectionLevel;
            WriteProtectionLevel = parameters.WriteProtectionLevel;
            StaticValue = parameters.StaticValue;
            UserDescription = parameters.UserDescription;
            BluetoothStack.Instance.Add(this);
        }

        public delegate void GattLocalCharacteristicClientsChangedEventHandler(
            GattLocalCharacteristic sender, object args);

        public delegate void GattLocalCharacteristicReadEventHandler(
            GattLocalCharacteristic sender, GattReadRequestedEventArgs ReadRequestEventArgs);

        public delegate void GattLocalCharacteristicWriteEventHandler(
            GattLocalCharacteristic sender, GattWriteRequestedEventArgs WriteRequestEventArgs);

        public event GattLocalCharacteristicReadEventHandler ReadRequested;

        public event GattLocalCharacteristicClientsChangedEventHandler SubscribedClientsChanged;

        public event GattLocalCharacteristicWriteEventHandler WriteRequested;

        public GattCharacteristicProperties CharacteristicProperties { get; }

        public GattProtectionLevel ReadProtectionLevel { get; }

        public Buffer StaticValue { get; }

        public GattSubscribedClient[] SubscribedClients
        {
            get
            {
                lock (_clients)
                {
                    return (GattSubscribedClient[])_clients.ToArray(typeof(GattSubscribedClient));
                }
            }
        }

        public string UserDescription { get; }

        public Guid Uuid { get; }

        public GattProtectionLevel WriteProtectionLevel { get; }

        internal ushort Id { get; }

        public GattClientNotificationResult NotifyValue(Buffer value, GattSubscribedClient subscribedClient)
        {
            int result = BluetoothStack.Radio.Notify((ushort)subscribedClient.Session.DeviceId.Id, Id, value.Copy());
            return new GattClientNotificationResult(result, subscribedClient, (ushort)value.Length);
        }

        public GattClientNotificationResult[] NotifyValue(Buffer value)
        {
            GattSubscribedClient[] clients = SubscribedClients;
            var results = new GattClientNotificationResult[clients.Length];
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = NotifyValue(value, clients[i]);
            }

            return results;
        }

        internal GattCharacteristicDefinition Define()
        {
            var descriptors = new List<GattDescriptorDefinition>();
            if (!string.IsNullOrEmpty(UserDescription))
            {
                descriptors.Add(
                    new GattDescriptorDefinition(GattDescriptorUuids.CharacteristicUserDescription, UserDescriptionId));
            }

            return new GattCharacteristicDefinition(Uuid, (uint)CharacteristicProperties, Id, descriptors)
            {
                ReadNeedsPairing = ReadProtectionLevel != GattProtectionLevel.Plain,
                WriteNeedsPairing = WriteProtectionLevel != GattProtectionLevel.Plain,
            };
        }

        internal void OnRead(ushort descriptorId, ushort eventId)
        {
            bool isDescription = descriptorId >> 8 == UserDescriptionId;
            if (isDescription || StaticValue != null)
            {
                byte[] value = isDescription ? BoardText.ToUtf8(UserDescription) : StaticValue.Copy();
                BluetoothStack.Radio.RespondToRead(eventId, value, 0);
            }
            else if (ReadRequested != null)
            {
                ReadRequested(this, new GattReadRequestedEventArgs(eventId));
            }
            else
            {
                BluetoothStack.Radio.RespondToRead(eventId, new byte[0], GattProtocolError.UnlikelyError);
            }
        }

        internal void OnWrite(ushort descriptorId, ushort eventId)
        {
            if (WriteRequested != null && descriptorId >> 8 == 0)
            {
                WriteRequested(this, new GattWriteRequestedEventArgs(eventId));
            }
            else
            {
                BluetoothStack.Radio.RespondToWrite(eventId, GattProtocolError.UnlikelyError);
            }
        }

        internal void OnSubscription(ushort connection, bool subscribed)
        {
            lock (_clients)
            {
                for (int i = _clients.Count - 1; i >= 0; i--)
                {
                    if (((GattSubscribedClient)_clients[i]).Session.DeviceId.Id == connection)
                    {
                        _clients.RemoveAt(i);
                    }
                }

                if (subscribed)
                {
                    _clients.Add(new GattSubscribedClient(GattSession.FromDeviceId(new BluetoothDeviceId(connection))));
                }
            }

            SubscribedClientsChanged?.Invoke(this, null);
        }
    }
}
