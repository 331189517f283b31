extern alias nano;

using System;
using System.Runtime.CompilerServices;

[assembly: TypeForwardedTo(typeof(System.IO.SeekOrigin))]

namespace System.IO
{
    public abstract class Stream : MarshalByRefObject, IDisposable
    {
        public abstract bool CanRead { get; }

        public abstract bool CanSeek { get; }

        public virtual bool CanTimeout => false;

        public abstract bool CanWrite { get; }

        public abstract long Length { get; }

        public abstract long Position { get; set; }

        public virtual int ReadTimeout
        {
            get => throw new InvalidOperationException();
            set => throw new InvalidOperationException();
        }

        public virtual int WriteTimeout
        {
            get => throw new InvalidOperationException();
            set => throw new InvalidOperationException();
        }

        public virtual void Close()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public void CopyTo(Stream destination)
        {
            var buffer = new byte[2048];
            int count;
            while ((count = Read(buffer, 0, buffer.Length)) != 0)
            {
                destination.Write(buffer, 0, count);
            }
        }

        public void Dispose() => Close();

        public abstract void Flush();

        public abstract int Read(byte[] buffer, int offset, int count);

        public abstract int Read(SpanByte buffer);

        public virtual int ReadByte()
        {
            var one = new byte[1];
            return Read(one, 0, 1) == 0 ? -1 : one[0];
        }

        public abstract long Seek(long offset, SeekOrigin origin);

        public abstract void SetLength(long value);

        public abstract void Write(byte[] buffer, int offset, int count);

        public virtual void WriteByte(byte value) => Write(new[] { value }, 0, 1);

        protected virtual void Dispose(bool disposing)
        {
        }
    }

    public class MemoryStream : Stream
    {
        private readonly bool _fixed;
        private readonly bool _writable = true;
        private byte[] _bytes;
        private int _length;
        private int _position;
        private bool _closed;

        public MemoryStream() => _bytes = new byte[256];

        public MemoryStream(byte[] buffer)
            : this(buffer, true)
        {
        }

        public MemoryStream(byte[] buffer, bool isWritable)
        {
            _bytes = buffer ?? throw new ArgumentNullException();
            _length = buffer.Length;
            _fixed = true;
            _writable = isWritable;
        }

        public override bool CanRead => !_closed;

        public override bool CanSeek => !_closed;

        public override bool CanWrite => !_closed && _writable;

        public override long Length => Open()._length;

        public override long Position
        {
            get => Open()._position;
            set => _position = value < 0 ? throw new ArgumentOutOfRangeException() : (int)value;
        }

        public override void Flush()
        {
        }

        public virtual byte[] GetBuffer() => _bytes;

        public override int Read(byte[] buffer, int offset, int count)
        {
            Open();
            int available = Math.Max(0, Math.Min(count, _length - _position));
            Array.Copy(_bytes, _position, buffer, offset, available);
            _position += available;
            return available;
        }

        public override int Read(SpanByte buffer)
        {
            var bytes = new byte[buffer.Length];
            int count = Read(bytes, 0, bytes.Length);
            new SpanByte(bytes, 0, count).CopyTo(buffer);
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin)
        {
            Open();
            long start = origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? _position : _length;
            if (start + offset < 0)
            {
                throw new nano::System.IO.IOException();
            }

            _position = (int)(start + offset);
            return _position;
        }

        public override void SetLength(long value)
        {
            Grow((int)value);
            if (value > _length)
            {
                Array.Clear(_bytes, _length, (int)value - _length);
            }

            _length = (int)value;
            _position = Math.Min(_position, _length);
        }

        public virtual byte[] ToArray()
        {
            var copy = new byte[_length];
            Array.Copy(_bytes, copy, _length);
            return copy;
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (!Open()._writable)
            {
                throw new NotSupportedException();
            }

            Grow(_position + count);
            Array.Copy(buffer, offset, _bytes, _position, count);
            _position += count;
            _length = Math.Max(_length, _position);
        }

        public virtual void WriteTo(Stream stream) => stream.Write(_bytes, 0, _length);

        protected override void Dispose(bool disposing) => _closed = true;

        private MemoryStream Open() => _closed ? throw new ObjectDisposedException(null) : this;

        private void Grow(int capacity)
        {
            if (capacity <= _bytes.Length)
            {
                return;
            }

            if (_fixed)
            {
                throw new NotSupportedException();
            }

            Array.Resize(ref _bytes, Math.Max(capacity, _bytes.Length * 2));
        }
    }
}
