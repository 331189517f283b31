using System.Collections.Concurrent;
using System.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;
using WhispurrNet.Virtual.Memory;

namespace WhispurrNet.Virtual.Loading;

/// <summary>A device assembly, instrumented once per file and shared by all boards that run it.</summary>
internal sealed class DeviceBinary
{
    private static readonly ConcurrentDictionary<(string Path, DateTime Written, bool CountsHeap), Lazy<DeviceBinary>> s_cache = new();

    private DeviceBinary(byte[] image, byte[]? symbols, int tableBytes)
    {
        TableBytes = tableBytes;
        Image = image;
        Symbols = symbols;
    }

    /// <summary>The instrumented assembly.</summary>
    public byte[] Image { get; }

    /// <summary>Its portable symbols, moved along with the instructions; null if the build made none.</summary>
    public byte[]? Symbols { get; }

    /// <summary>Heap that its tables take on a device, in bytes.</summary>
    public int TableBytes { get; }

    /// <summary>Reads and instruments a file, unless that was done before.</summary>
    /// <param name="path">The device assembly.</param>
    /// <param name="countsHeap">Whether its allocations are to be charged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static DeviceBinary Get(string path, bool countsHeap)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The device binary '{path}' is missing.", path);
        }

        return s_cache.GetOrAdd(
            (path, File.GetLastWriteTimeUtc(path), countsHeap),
            key => new Lazy<DeviceBinary>(() => Build(key.Path, key.CountsHeap))).Value;
    }

    private static DeviceBinary Build(string path, bool countsHeap)
    {
        bool hasSymbols = File.Exists(Path.ChangeExtension(path, ".pdb"));
        using var resolver = new DeviceResolver(Path.GetDirectoryName(path)!);
        var reading = new ReaderParameters
        {
            AssemblyResolver = resolver,
            ReadSymbols = hasSymbols,
            SymbolReaderProvider = hasSymbols ? new PortablePdbReaderProvider() : null,
            InMemory = true,
        };
        using ModuleDefinition module = ModuleDefinition.ReadModule(path, reading);
        int tableBytes = AssemblyTables.Of(module);
        Instrumenter.Instrument(module, countsHeap);
        if (Debugger.IsAttached)
        {
            Optimization.Disable(module);
        }

        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        module.Write(image, new WriterParameters
        {
            SymbolStream = hasSymbols ? symbols : null,
            SymbolWriterProvider = hasSymbols ? new PortablePdbWriterProvider() : null,
        });
        return new DeviceBinary(image.ToArray(), hasSymbols ? symbols.ToArray() : null, tableBytes);
    }
}
