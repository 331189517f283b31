namespace WhispurrNet.Virtual;

/// <summary>Why a file operation failed, with the device's own numbers (IOException.IOExceptionErrorCode).</summary>
public enum BoardFileError
{
    /// <summary>Anything else, a full partition included.</summary>
    Others = -536870912,

    /// <summary>No such file.</summary>
    FileNotFound = -503316480,

    /// <summary>No such directory.</summary>
    DirectoryNotFound = -486539264,

    /// <summary>No such drive.</summary>
    VolumeNotFound = -469762048,

    /// <summary>The directory is not empty.</summary>
    DirectoryNotEmpty = -436207616,

    /// <summary>The name is taken.</summary>
    PathAlreadyExists = -402653184,
}

/// <summary>A refused file operation.</summary>
public sealed class BoardFileException(BoardFileError error, string path) : Exception($"{error}: {path}")
{
    /// <summary>The reason.</summary>
    public BoardFileError Error { get; } = error;
}

/// <summary>
/// Drive <c>I:</c> of one board: the littlefs partition of 256 KB (facts 5), in memory and kept over restarts. Names are
/// case sensitive. The host reads and writes whole files here; how a board's own accesses go, and fail, is
/// <see cref="Faults"/>. All members may be called from any thread.
/// </summary>
public sealed class BoardFileSystem
{
    /// <summary>Bytes of a board with 4 MB of flash.</summary>
    public const int DefaultCapacity = 256 * 1024;

    /// <summary>The drive's root.</summary>
    public const string Root = @"I:\";

    private const int BlockBytes = 4096;

    private readonly object _lock = new();
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal) { Root };

    /// <summary>Bytes it can hold, whole blocks of 4 KB a file; smaller for a drive that is soon full.</summary>
    public int Capacity { get; set; } = DefaultCapacity;

    /// <summary>What goes wrong with the board's own accesses.</summary>
    public BoardFileFaults Faults { get; } = new();

    /// <summary>Brings a path to the form <c>I:\name\name</c>.</summary>
    /// <exception cref="BoardFileException">The path names no drive or another one.</exception>
    public static string Normalize(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[] parts = path.Replace('/', '\\').Split('\\', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !parts[0].Equals("I:", StringComparison.OrdinalIgnoreCase))
        {
            throw new BoardFileException(BoardFileError.VolumeNotFound, path);
        }

        return Root + string.Join('\\', parts[1..]);
    }

    /// <summary>Whether there is such a file.</summary>
    public bool FileExists(string path)
    {
        lock (_lock)
        {
            return _files.ContainsKey(Normalize(path));
        }
    }

    /// <summary>Whether there is such a directory.</summary>
    public bool DirectoryExists(string path)
    {
        lock (_lock)
        {
            return _directories.Contains(Normalize(path));
        }
    }

    /// <summary>A copy of a file's bytes.</summary>
    public byte[] Read(string path)
    {
        lock (_lock)
        {
            return (byte[])Find(Normalize(path)).Clone();
        }
    }

    /// <summary>Replaces or makes a file.</summary>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        string name = Normalize(path);
        lock (_lock)
        {
            if (!_directories.Contains(Parent(name)))
            {
                throw new BoardFileException(BoardFileError.DirectoryNotFound, path);
            }

            if (_directories.Contains(name))
            {
                throw new BoardFileException(BoardFileError.PathAlreadyExists, path);
            }

            if (Used(name) + Blocks(content.Length) > Capacity)
            {
                throw new BoardFileException(BoardFileError.Others, path);
            }

            _files[name] = content.ToArray();
        }
    }

    /// <summary>
    /// Whether so many bytes can be written to a file beside what it holds now: the old content keeps its blocks until
    /// the new one counts.
    /// </summary>
    public bool HasRoomFor(long length)
    {
        lock (_lock)
        {
            return Used(except: null) + Blocks(length) <= Capacity;
        }
    }

    /// <summary>Deletes a file; without effect if there is none.</summary>
    public bool Delete(string path)
    {
        lock (_lock)
        {
            return _files.Remove(Normalize(path));
        }
    }

    /// <summary>Renames a file; the new name must be free.</summary>
    public void Move(string from, string to)
    {
        string source = Normalize(from);
        string target = Normalize(to);
        lock (_lock)
        {
            byte[] content = Find(source);
            if (_files.ContainsKey(target) || _directories.Contains(target))
            {
                throw new BoardFileException(BoardFileError.PathAlreadyExists, to);
            }

            if (!_directories.Contains(Parent(target)))
            {
                throw new BoardFileException(BoardFileError.DirectoryNotFound, to);
            }

            _files.Remove(source);
            _files[target] = content;
        }
    }

    /// <summary>Makes a directory and those above it.</summary>
    public void CreateDirectory(string path)
    {
        lock (_lock)
        {
            for (string name = Normalize(path); !_directories.Contains(name); name = Parent(name))
            {
                if (_files.ContainsKey(name))
                {
                    throw new BoardFileException(BoardFileError.PathAlreadyExists, path);
                }

                _directories.Add(name);
            }
        }
    }

    /// <summary>Deletes a directory.</summary>
    public void DeleteDirectory(string path, bool recursive)
    {
        string name = Normalize(path);
        lock (_lock)
        {
            if (!_directories.Contains(name))
            {
                throw new BoardFileException(BoardFileError.DirectoryNotFound, path);
            }

            string prefix = name.EndsWith('\\') ? name : name + '\\';
            string[] files = [.. _files.Keys.Where(file => file.StartsWith(prefix, StringComparison.Ordinal))];
            string[] directories = [.. _directories.Where(
                other => other != name && other.StartsWith(prefix, StringComparison.Ordinal))];
            if (!recursive && files.Length + directories.Length > 0)
            {
                throw new BoardFileException(BoardFileError.DirectoryNotEmpty, path);
            }

            foreach (string file in files)
            {
                _files.Remove(file);
            }

            _directories.ExceptWith(directories);
            if (name != Root)
            {
                _directories.Remove(name);
            }
        }
    }

    /// <summary>The files directly in a directory, full paths.</summary>
    public string[] ListFiles(string path) => List(path, _files.Keys);

    /// <summary>The directories directly in a directory, full paths.</summary>
    public string[] ListDirectories(string path) => List(path, _directories);

    private static string Parent(string name)
    {
        int slash = name.LastIndexOf('\\');
        return slash <= 2 ? Root : name[..slash];
    }

    private static long Blocks(long length) => (length + BlockBytes - 1) / BlockBytes * (long)BlockBytes;

    private long Used(string? except)
    {
        long used = 0;
        foreach ((string name, byte[] bytes) in _files)
        {
            used += name == except ? 0 : Blocks(bytes.Length);
        }

        return used;
    }

    private string[] List(string path, IEnumerable<string> names)
    {
        string name = Normalize(path);
        lock (_lock)
        {
            if (!_directories.Contains(name))
            {
                throw new BoardFileException(BoardFileError.DirectoryNotFound, path);
            }

            return [.. names.Where(other => other != Root && Parent(other) == name).Order(StringComparer.Ordinal)];
        }
    }

    private byte[] Find(string name) =>
        _files.TryGetValue(name, out byte[]? content)
            ? content
            : throw new BoardFileException(BoardFileError.FileNotFound, name);
}
