extern alias nano;
extern alias streams;

using System;
using System.Runtime.CompilerServices;
using WhispurrNet.Virtual;

[assembly: TypeForwardedTo(typeof(System.IO.FileAccess))]
[assembly: TypeForwardedTo(typeof(System.IO.FileAttributes))]
[assembly: TypeForwardedTo(typeof(System.IO.FileMode))]
[assembly: TypeForwardedTo(typeof(System.IO.FileShare))]

namespace System.IO
{
    /// <summary>
    /// A file that is read whole when it is opened and stored whole when it is flushed or closed; what the power cuts
    /// off before that is lost.
    /// </summary>
    public class FileStream : streams::System.IO.Stream
    {
        private readonly streams::System.IO.MemoryStream _content = new streams::System.IO.MemoryStream();
        private readonly FileAccess _access;
        private bool _dirty;
        private bool _closed;

        public FileStream(string path, FileMode mode)
            : this(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access)
            : this(path, mode, access, FileShare.Read)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share)
            : this(path, mode, access, share, 0)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize)
        {
            Name = path;
            _access = access;
            bool exists = File.Exists(path);
            if (mode == FileMode.CreateNew && exists)
            {
                throw Files.Fail(nano::System.IO.IOException.IOExceptionErrorCode.PathAlreadyExists, path);
            }

            if ((mode == FileMode.Open || mode == FileMode.Truncate) && !exists)
            {
                throw Files.Fail(nano::System.IO.IOException.IOExceptionErrorCode.FileNotFound, path);
            }

            if (exists && mode != FileMode.Create && mode != FileMode.Truncate)
            {
                byte[] bytes = File.ReadAllBytes(path);
                _content.Write(bytes, 0, bytes.Length);
                _content.Position = mode == FileMode.Append ? bytes.Length : 0;
            }
            else
            {
                _dirty = true;
                Flush();
            }
        }

        public override bool CanRead => !_closed && (_access & FileAccess.Read) != 0;

        public override bool CanSeek => !_closed;

        public override bool CanWrite => !_closed && (_access & FileAccess.Write) != 0;

        public override long Length => Open().Length;

        public string Name { get; }

        public override long Position
        {
            get => Open().Position;
            set => Open().Position = value;
        }

        public override void Flush()
        {
            if (_dirty)
            {
                _dirty = false;
                Files.Guard(Name, files => files.Write(Name, _content.ToArray()));
            }
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            CanRead ? Open().Read(buffer, offset, count) : throw new NotSupportedException();

        public override int Read(SpanByte buffer) => CanRead ? Open().Read(buffer) : throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => Open().Seek(offset, origin);

        public override void SetLength(long value)
        {
            Open().SetLength(value);
            _dirty = true;
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Gate.Check();
            if (!CanWrite)
            {
                throw new NotSupportedException();
            }

            Open().Write(buffer, offset, count);
            _dirty = true;
        }

        protected override void Dispose(bool disposing)
        {
            if (!_closed)
            {
                // While a thread unwinds because the power is off, nothing reaches the drive any more: Flush meets the
                // gate.
                Flush();
                _closed = true;
            }
        }

        private streams::System.IO.MemoryStream Open() => _closed ? throw new ObjectDisposedException(null) : _content;
    }
}
