using System;

namespace nanoFramework.Device.Bluetooth
{
    public class Buffer
    {
        protected uint _length;
        private byte[] _bytes;

        public Buffer(byte[] array)
        {
            _bytes = array;
            _length = (uint)array.Length;
        }

        public Buffer(uint capacity) => _bytes = new byte[capacity];

        public uint Capacity => (uint)_bytes.Length;

        public uint Length
        {
            get => _length;
            set => _length = value <= Capacity ? value : throw new ArgumentException();
        }

        internal byte[] Data => _bytes;

        public void EnsureCapacity(uint newCapacity)
        {
            if (newCapacity > Capacity)
            {
                Array.Resize(ref _bytes, (int)newCapacity);
            }
        }

        /// <summary>The used bytes alone.</summary>
        internal byte[] Copy()
        {
            var copy = new byte[_length];
            Array.Copy(_bytes, copy, (int)_length);
            return copy;
        }
    }
}
