extern alias nano;
extern alias streams;

using System;
using WhispurrNet.Virtual;

namespace System.IO
{
    public static class File
    {
        public static void AppendAllText(string path, string contents)
        {
            using (FileStream file = new FileStream(path, FileMode.Append))
            {
                byte[] bytes = BoardText.ToUtf8(contents);
                file.Write(bytes, 0, bytes.Length);
            }
        }

        public static streams::System.IO.StreamWriter AppendText(string path) =>
            new streams::System.IO.StreamWriter(new FileStream(path, FileMode.Append));

        public static void Copy(string sourceFileName, string destFileName) =>
            Copy(sourceFileName, destFileName, false);

        public static void Copy(string sourceFileName, string destFileName, bool overwrite)
        {
            if (!overwrite && Exists(destFileName))
            {
                throw Files.Fail(nano::System.IO.IOException.IOExceptionErrorCode.PathAlreadyExists, destFileName);
            }

            WriteAllBytes(destFileName, ReadAllBytes(sourceFileName));
        }

        public static FileStream Create(string path) => new FileStream(path, FileMode.Create);

        public static FileStream Create(string path, int bufferSize) => Create(path);

        public static void Delete(string path) => Files.Guard(path, files =>
        {
            Files.CheckClosed(path);
            if (files.FileExists(path))
            {
                Files.Step(files);
                files.Delete(path);
            }
        });

        public static bool Exists(string path)
        {
            Gate.Check();
            if (string.IsNullOrEmpty(path))
            {
                return false;
            }

            try
            {
                return Files.Guard(path, files => files.FileExists(path));
            }
            catch (nano::System.IO.IOException)
            {
                return false;
            }
        }

        public static FileAttributes GetAttributes(string path) => Exists(path)
            ? FileAttributes.Normal
            : throw Files.Fail(nano::System.IO.IOException.IOExceptionErrorCode.FileNotFound, path);

        public static void Move(string sourceFileName, string destFileName) =>
            Files.Guard(sourceFileName, files =>
            {
                Files.CheckClosed(sourceFileName);
                if (files.FileExists(sourceFileName) && !files.FileExists(destFileName))
                {
                    Files.Step(files);
                }

                files.Move(sourceFileName, destFileName);
            });

        public static FileStream Open(string path, FileMode mode) => new FileStream(path, mode);

        public static FileStream Open(string path, FileMode mode, FileAccess access) =>
            new FileStream(path, mode, access);

        public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share) =>
            new FileStream(path, mode, access, share);

        public static FileStream OpenRead(string path) => new FileStream(path, FileMode.Open, FileAccess.Read);

        public static streams::System.IO.StreamReader OpenText(string path) =>
            new streams::System.IO.StreamReader(OpenRead(path));

        public static FileStream OpenWrite(string path) =>
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write);

        public static byte[] ReadAllBytes(string path)
        {
            using (FileStream file = new FileStream(path, FileMode.Open, FileAccess.Read))
            {
                byte[] bytes = new byte[(int)file.Length];
                file.Read(bytes, 0, bytes.Length);
                return bytes;
            }
        }

        public static string ReadAllText(string path)
        {
            byte[] bytes = ReadAllBytes(path);
            return BoardText.FromUtf8(bytes, 0, bytes.Length);
        }

        public static void WriteAllBytes(string path, byte[] bytes)
        {
            using (FileStream file = new FileStream(path, FileMode.Create, FileAccess.Write))
            {
                file.Write(bytes, 0, bytes.Length);
            }
        }

        public static void WriteAllText(string path, string contents) =>
            WriteAllBytes(path, BoardText.ToUtf8(contents));
    }

    public sealed class DirectoryInfo
    {
        public DirectoryInfo(string path) => FullName = path;

        public bool Exists => Directory.Exists(FullName);

        public string FullName { get; }

        public string Name => Path.GetFileName(FullName);
    }

    public static class Directory
    {
        public static DirectoryInfo CreateDirectory(string path)
        {
            Files.Guard(path, files => files.CreateDirectory(path));
            return new DirectoryInfo(path);
        }

        public static void Delete(string path) => Delete(path, false);

        public static void Delete(string path, bool recursive) =>
            Files.Guard(path, files => files.DeleteDirectory(path, recursive));

        public static bool Exists(string path) => Files.Guard(path, files => files.DirectoryExists(path));

        public static string[] GetDirectories(string path) => Files.Guard(path, files => files.ListDirectories(path));

        public static string[] GetFiles(string path) => Files.Guard(path, files => files.ListFiles(path));
    }

    public static class Path
    {
        public static readonly char DirectorySeparatorChar = '\\';
        public static readonly char AltDirectorySeparatorChar = '/';
        public static readonly char VolumeSeparatorChar = ':';
        public static readonly char PathSeparator = ';';

        public static string Combine(string path1, string path2) =>
            path1.Length == 0 || path1[path1.Length - 1] == DirectorySeparatorChar
                ? path1 + path2
                : path1 + DirectorySeparatorChar + path2;

        public static string GetDirectoryName(string path)
        {
            int slash = path.LastIndexOf(DirectorySeparatorChar);
            return slash < 0 ? "" : path.Substring(0, slash);
        }

        public static string GetExtension(string path)
        {
            string name = GetFileName(path);
            int dot = name.LastIndexOf('.');
            return dot < 0 ? "" : name.Substring(dot);
        }

        public static string GetFileName(string path) => path.Substring(path.LastIndexOf(DirectorySeparatorChar) + 1);

        public static string GetFileNameWithoutExtension(string path)
        {
            string name = GetFileName(path);
            int dot = name.LastIndexOf('.');
            return dot < 0 ? name : name.Substring(0, dot);
        }
    }
}
