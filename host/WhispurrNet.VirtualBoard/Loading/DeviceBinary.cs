using System.Collections.Concurrent;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace WhispurrNet.Virtual.Loading;

/// <summary>A device assembly, instrumented once per file and shared by all boards that run it.</summary>
internal sealed class DeviceBinary
{
    private static readonly ConcurrentDictionary<(string Path, DateTime Written), Lazy<DeviceBinary>> s_cache = new();

    private DeviceBinary(byte[] image, byte[]? symbols)
    {
        Image = image;
        Symbols = symbols;
    }

    /// <summary>The instrumented assembly.</summary>
    public byte[] Image { get; }

    /// <summary>Its portable symbols, moved along with the instructions; null if the build made none.</summary>
    public byte[]? Symbols { get; }

    /// <summary>Reads and instruments a file, unless that was done before.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static DeviceBinary Get(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The device binary '{path}' is missing.", path);
        }

        return s_cache.GetOrAdd(
            (path, File.GetLastWriteTimeUtc(path)), key => new Lazy<DeviceBinary>(() => Build(key.Path))).Value;
    }

    private static DeviceBinary Build(string path)
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
        Instrumenter.Instrument(module);

        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        module.Write(image, new WriterParameters
        {
            SymbolStream = hasSymbols ? symbols : null,
            SymbolWriterProvider = hasSymbols ? new PortablePdbWriterProvider() : null,
        });
        return new DeviceBinary(image.ToArray(), hasSymbols ? symbols.ToArray() : null);
    }
}
