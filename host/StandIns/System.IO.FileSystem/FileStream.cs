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
    /// A file that is read whole when it is opened and stored whole when it is closed, as littlefs does: what the power
    /// cuts off before that is lost. Flushing hands the bytes to littlefs and stores nothing, because the firmware does
    /// not synchronise after it.
    /// </summary>
    public class FileStream : streams::System.IO.Stream
    {
        private readonly streams::System.IO.MemoryStream _content = new streams::System.IO.MemoryStream();
        private readonly FileAccess _access;
        private readonly Files.OpenFile _open;
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
            _open = Files.Open(path, access, share);
            try
            {
                Start(mode);
            }
            catch
            {
                Files.Close(_open);
                throw;
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
            Open();
            Files.Guard(Name, files => { });
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

            Files.Guard(Name, files =>
            {
                if (!files.HasRoomFor(Math.Max(Open().Length, Open().Position + count)))
                {
                    throw new BoardFileException(BoardFileError.Others, Name);
                }

                _dirty = true;
                int taken = files.Faults.TakeBytes(count);
                Open().Write(buffer, offset, taken);
                if (files.Faults.WritesThrough)
                {
                    files.Write(Name, _content.ToArray());
                }

                if (taken < count)
                {
                    Gate.Board.CutPower();
                }
            });
        }

        protected override void Dispose(bool disposing)
        {
            if (_closed)
            {
                return;
            }

            // While a thread unwinds because the power is off, nothing reaches the drive any more: the guard throws.
            _closed = true;
            Files.Close(_open);
            if (_dirty)
            {
                Files.Guard(Name, Store);
            }
        }

        private void Start(FileMode mode)
        {
            bool exists = Files.Guard(Name, files => files.FileExists(Name));
            if (mode == FileMode.CreateNew && exists)
            {
                throw Files.Fail(nano::System.IO.IOException.IOExceptionErrorCode.PathAlreadyExists, Name);
            }

            if ((mode == FileMode.Open || mode == FileMode.Truncate) && !exists)
            {
                throw Files.Fail(nano::System.IO.IOException.IOExceptionErrorCode.FileNotFound, Name);
            }

            if (exists && mode != FileMode.Create && mode != FileMode.Truncate)
            {
                byte[] bytes = Files.Guard(Name, files => files.Read(Name));
                _content.Write(bytes, 0, bytes.Length);
                _content.Position = mode == FileMode.Append ? bytes.Length : 0;
            }
            else
            {
                // A new file is there at once, and empty. So is, taken at its worst, an old one that is cut to nothing.
                Files.Guard(Name, Store);
            }
        }

        private void Store(BoardFileSystem files)
        {
            Files.Step(files);
            files.Write(Name, _content.ToArray());
        }

        private streams::System.IO.MemoryStream Open() => _closed ? throw new ObjectDisposedException(null) : _content;
    }
}
