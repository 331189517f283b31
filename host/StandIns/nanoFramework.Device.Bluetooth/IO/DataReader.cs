using System;

namespace nanoFramework.Device.Bluetooth
{
    /// <summary>
    /// Takes values from a buffer, little-endian; reading past its end throws ArgumentOutOfRangeException.
    /// </summary>
    public class DataReader
    {
        private readonly Buffer _buffer;
        private int _position;

        private DataReader(Buffer buffer) => _buffer = buffer;

        public uint UnconsumedBufferLength => _buffer.Length - (uint)_position;

        public static DataReader FromBuffer(Buffer buffer) => new DataReader(buffer);

        public bool ReadBoolean() => _buffer.Data[Take(1)] > 0;

        public Buffer ReadBuffer(uint length)
        {
            var bytes = new byte[length];
            ReadBytes(bytes);
            return new Buffer(bytes);
        }

        public byte ReadByte() => _buffer.Data[Take(1)];

        public void ReadBytes(byte[] value) => Array.Copy(_buffer.Data, Take(value.Length), value, 0, value.Length);

        public DateTime ReadDateTime() => new DateTime(ReadInt64());

        public double ReadDouble() => BitConverter.ToDouble(_buffer.Data, Take(8));

        public Guid ReadGuid() => new Guid(Bytes(16));

        public short ReadInt16() => BitConverter.ToInt16(_buffer.Data, Take(2));

        public int ReadInt32() => BitConverter.ToInt32(_buffer.Data, Take(4));

        public long ReadInt64() => BitConverter.ToInt64(_buffer.Data, Take(8));

        public float ReadSingle() => BitConverter.ToSingle(_buffer.Data, Take(4));

        public string ReadString(uint codeUnitCount) =>
            WhispurrNet.Virtual.BoardText.FromUtf8(_buffer.Data, Take((int)codeUnitCount), (int)codeUnitCount);

        public TimeSpan ReadTimeSpan() => new TimeSpan(ReadInt64());

        public ushort ReadUInt16() => BitConverter.ToUInt16(_buffer.Data, Take(2));

        public uint ReadUInt32() => BitConverter.ToUInt32(_buffer.Data, Take(4));

        public ulong ReadUInt64() => BitConverter.ToUInt64(_buffer.Data, Take(8));

        public Guid ReadUuid() => Utilities.FromAirOrder(Bytes(16));

        public Guid ReadUuid2()
        {
            byte[] bytes = Bytes(16);
            Array.Reverse(bytes);
            return Utilities.FromAirOrder(bytes);
        }

        private byte[] Bytes(int count)
        {
            var bytes = new byte[count];
            ReadBytes(bytes);
            return bytes;
        }

        private int Take(int count)
        {
            if (UnconsumedBufferLength < count)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            _position += count;
            return _position - count;
        }
    }
}
