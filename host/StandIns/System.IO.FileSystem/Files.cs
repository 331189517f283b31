extern alias nano;

using System;
using System.Collections.Generic;
using WhispurrNet.Virtual;

namespace System.IO
{
    /// <summary>The way from device code to the board's drive, and which of its files are open.</summary>
    internal static class Files
    {
        private static readonly List<OpenFile> s_open = new List<OpenFile>();

        public static T Guard<T>(string path, Func<BoardFileSystem, T> operation)
        {
            if (string.IsNullOrEmpty(path))
            {
                throw new ArgumentException();
            }

            Gate.Board.Pass();
            try
            {
                BoardFileSystem files = Gate.Board.Hardware.Files;
                files.Faults.CheckAccess(path);
                return operation(files);
            }
            catch (BoardFileException exception)
            {
                throw Fail((nano::System.IO.IOException.IOExceptionErrorCode)exception.Error, path);
            }
        }

        public static void Guard(string path, Action<BoardFileSystem> operation) => Guard(path, files =>
        {
            operation(files);
            return true;
        });

        /// <summary>To be called before the drive changes; the power may fail here instead.</summary>
        public static void Step(BoardFileSystem files)
        {
            if (!files.Faults.TryStep())
            {
                Gate.Board.CutPower();
            }
        }

        public static nano::System.IO.IOException Fail(
            nano::System.IO.IOException.IOExceptionErrorCode code, string path) =>
            new nano::System.IO.IOException(code + ": " + path, (int)code);

        /// <summary>Notes a file as open; names of open files are compared without case, as the library does.</summary>
        public static OpenFile Open(string path, FileAccess access, FileShare share)
        {
            lock (s_open)
            {
                foreach (OpenFile other in s_open)
                {
                    if (other.IsAt(path)
                        && (share != FileShare.ReadWrite || ((int)other.Share & (int)access) != (int)access))
                    {
                        throw Fail(nano::System.IO.IOException.IOExceptionErrorCode.UnauthorizedAccess, path);
                    }
                }

                OpenFile file = new OpenFile(path, share);
                s_open.Add(file);
                return file;
            }
        }

        public static void Close(OpenFile file)
        {
            lock (s_open)
            {
                s_open.Remove(file);
            }
        }

        /// <summary>A file that is open can be neither deleted nor renamed.</summary>
        public static void CheckClosed(string path) => Close(Open(path, FileAccess.ReadWrite, FileShare.None));

        internal sealed class OpenFile
        {
            private readonly string _path;

            public OpenFile(string path, FileShare share)
            {
                _path = path;
                Share = share;
            }

            public FileShare Share { get; }

            public bool IsAt(string path) => string.Equals(_path, path, StringComparison.OrdinalIgnoreCase);
        }
    }
}
