using System;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    public class GattWriteRequestedEventArgs
    {
        private readonly ushort _eventId;

        internal GattWriteRequestedEventArgs(ushort eventId) => _eventId = eventId;

        /// <summary>Always null: a write does not say who sent it (facts 1.5).</summary>
        public GattSession Session => null;

        public GattWriteRequest GetRequest() => new GattWriteRequest(_eventId);
    }

    public class GattWriteRequest
    {
        private readonly ushort _eventId;

        internal GattWriteRequest(ushort eventId)
        {
            _eventId = eventId;
            Value = new Buffer(BluetoothStack.Radio.GetWriteData(eventId));
        }

        public uint Offset => 0;

        /// <summary>Always this, whatever the client used; both want a response (facts 1.5).</summary>
        public GattWriteOption Option => GattWriteOption.WriteWithResponse;

        public Buffer Value { get; }

        public void Respond() => BluetoothStack.Radio.RespondToWrite(_eventId, 0);

        public void RespondWithProtocolError(byte protocolError) =>
            BluetoothStack.Radio.RespondToWrite(_eventId, protocolError);
    }

    public class GattReadRequestedEventArgs
    {
        private readonly ushort _eventId;

        internal GattReadRequestedEventArgs(ushort eventId) => _eventId = eventId;

        public GattSession Session => null;

        public GattReadRequest GetRequest() => new GattReadRequest(_eventId);
    }

    public class GattReadRequest
    {
        private readonly ushort _eventId;
        private Buffer _value;

        internal GattReadRequest(ushort eventId) => _eventId = eventId;

        public uint Length => _value.Length;

        public void RespondWithProtocolError(byte protocolError) =>
            BluetoothStack.Radio.RespondToRead(_eventId, new byte[0], protocolError);

        public void RespondWithValue(Buffer value)
        {
            _value = value;
            BluetoothStack.Radio.RespondToRead(_eventId, value.Copy(), 0);
        }
    }
}
