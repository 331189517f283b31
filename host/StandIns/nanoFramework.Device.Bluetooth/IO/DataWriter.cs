using System;

namespace nanoFramework.Device.Bluetooth
{
    /// <summary>Appends values, little-endian.</summary>
    public class DataWriter : Buffer
    {
        public DataWriter()
            : base(32)
        {
        }

        public Buffer DetachBuffer() => this;

        public uint MeasureString(string value) => (uint)WhispurrNet.Virtual.BoardText.ToUtf8(value).Length;

        public void WriteBoolean(bool value) => WriteBytes(BitConverter.GetBytes(value));

        public void WriteBuffer(Buffer buffer) => WriteBytes(buffer.Copy());

        public void WriteBuffer(Buffer buffer, uint start, uint count)
        {
            var part = new byte[count];
            Array.Copy(buffer.Data, (int)start, part, 0, (int)count);
            WriteBytes(part);
        }

        public void WriteByte(byte value) => WriteBytes(new[] { value });

        public void WriteBytes(byte[] value)
        {
            uint start = Length;
            EnsureCapacity(start + (uint)value.Length);
            Array.Copy(value, 0, Data, (int)start, value.Length);
            Length = start + (uint)value.Length;
        }

        public void WriteDateTime(DateTime value) => WriteInt64(value.Ticks);

        public void WriteDouble(double value) => WriteBytes(BitConverter.GetBytes(value));

        public void WriteGuid(Guid value) => WriteBytes(value.ToByteArray());

        public void WriteInt16(short value) => WriteBytes(BitConverter.GetBytes(value));

        public void WriteInt32(int value) => WriteBytes(BitConverter.GetBytes(value));

        public void WriteInt64(long value) => WriteBytes(BitConverter.GetBytes(value));

        public void WriteSingle(float value) => WriteBytes(BitConverter.GetBytes(value));

        public uint WriteString(string value)
        {
            byte[] bytes = WhispurrNet.Virtual.BoardText.ToUtf8(
                value ?? throw new ArgumentNullException(nameof(value)));
            WriteBytes(bytes);
            return (uint)bytes.Length;
        }

        public void WriteTimeSpan(TimeSpan value) => WriteInt64(value.Ticks);

        public void WriteUInt16(ushort value) => WriteBytes(BitConverter.GetBytes(value));

        public void WriteUInt32(uint value) => WriteBytes(BitConverter.GetBytes(value));

        public void WriteUInt64(ulong value) => WriteBytes(BitConverter.GetBytes(value));

        /// <summary>A UUID as Bluetooth sends it: least significant byte first.</summary>
        public void WriteUuid(Guid value) => WriteBytes(Utilities.ToAirOrder(value));

        /// <summary>A UUID as it is written: most significant byte first.</summary>
        public void WriteUuid2(Guid value)
        {
            byte[] bytes = Utilities.ToAirOrder(value);
            Array.Reverse(bytes);
            WriteBytes(bytes);
        }
    }
}
