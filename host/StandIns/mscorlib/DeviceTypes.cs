using System.Reflection;

namespace System
{
    /// <summary>The device's only span.</summary>
    public readonly ref struct SpanByte
    {
        private readonly byte[] _array;
        private readonly int _start;
        private readonly int _length;

        public SpanByte(byte[] array)
            : this(array, 0, array == null ? 0 : array.Length)
        {
        }

        public SpanByte(byte[] array, int start, int length)
        {
            if (array == null ? start != 0 || length != 0 : start < 0 || length < 0 || start + length > array.Length)
            {
                throw new ArgumentOutOfRangeException();
            }

            _array = array;
            _start = start;
            _length = length;
        }

        public static SpanByte Empty => new SpanByte(null, 0, 0);

        public bool IsEmpty => _length == 0;

        public int Length => _length;

        public byte this[int index]
        {
            get => _array[Offset(index)];
            set => _array[Offset(index)] = value;
        }

        public static implicit operator SpanByte(byte[] array) => new SpanByte(array);

        public void CopyTo(SpanByte destination)
        {
            if (_length > destination._length)
            {
                throw new ArgumentException();
            }

            Array.Copy(_array, _start, destination._array, destination._start, _length);
        }

        public SpanByte Slice(int start) => Slice(start, _length - start);

        public SpanByte Slice(int start, int length)
        {
            if (start < 0 || length < 0 || start + length > _length)
            {
                throw new ArgumentOutOfRangeException();
            }

            return new SpanByte(_array, _start + start, length);
        }

        public byte[] ToArray()
        {
            var copy = new byte[_length];
            if (_length > 0)
            {
                Array.Copy(_array, _start, copy, 0, _length);
            }

            return copy;
        }

        private int Offset(int index) =>
            (uint)index < (uint)_length ? _start + index : throw new ArgumentOutOfRangeException();
    }
}

namespace System.IO
{
    public class IOException : SystemException
    {
        public IOException()
        {
        }

        public IOException(string message)
            : base(message)
        {
        }

        public IOException(string message, Exception innerException)
            : base(message, innerException)
        {
        }

        public IOException(string message, int hresult)
            : base(message) => HResult = hresult;

        public enum IOExceptionErrorCode
        {
            Others = -536870912,
            InvalidDriver = -520093696,
            FileNotFound = -503316480,
            DirectoryNotFound = -486539264,
            VolumeNotFound = -469762048,
            PathTooLong = -452984832,
            DirectoryNotEmpty = -436207616,
            UnauthorizedAccess = -419430400,
            PathAlreadyExists = -402653184,
            TooManyOpenHandles = -385875968,
        }

        public IOExceptionErrorCode ErrorCode => (IOExceptionErrorCode)HResult;
    }
}

namespace System.Runtime.CompilerServices
{
    public class ExcludeTypeAttribute : Attribute
    {
    }

    public sealed class AccessedThroughPropertyAttribute : Attribute
    {
        public AccessedThroughPropertyAttribute(string propertyName) => PropertyName = propertyName;

        public string PropertyName { get; }
    }
}

namespace System.Reflection
{
    public sealed class AssemblyNativeVersionAttribute : Attribute
    {
        public AssemblyNativeVersionAttribute(string version) => NativeVersion = version;

        public string NativeVersion { get; }
    }
}

namespace System.Diagnostics
{
    public sealed class NativeProfiledAttribute : Attribute
    {
    }
}
