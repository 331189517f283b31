using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using WhispurrNet.Virtual.Memory;

namespace WhispurrNet.Virtual.Loading;

/// <summary>
/// One board's assemblies: the device binaries, instrumented, and its own copies of the stand-ins, so that statics are
/// the board's own. Anything else is .NET's. Collectible: a board that is gone leaves nothing behind.
/// </summary>
internal sealed class BoardLoadContext : AssemblyLoadContext
{
    private readonly string _folder;
    private readonly string _entryPath;
    private readonly bool _countsHeap;
    private readonly ManualResetEventSlim _staticsMade = new();

    public BoardLoadContext(string name, string entryAssembly, bool countsHeap)
        : base(name, isCollectible: true)
    {
        _countsHeap = countsHeap;
        _folder = Path.GetDirectoryName(Path.GetFullPath(entryAssembly))!;
        _entryPath = Path.GetFullPath(entryAssembly);
        Entry = LoadDevice(_entryPath);
    }

    public Assembly Entry { get; }

    /// <summary>The device assemblies, each after those it references, as the chip's deployment has them.</summary>
    public IReadOnlyList<Assembly> DeviceAssembliesInOrder()
    {
        var ordered = new List<Assembly>();
        Visit(Entry);
        return ordered;

        void Visit(Assembly assembly)
        {
            if (ordered.Contains(assembly))
            {
                return;
            }

            foreach (AssemblyName reference in assembly.GetReferencedAssemblies().Where(name => IsDevice(name.Name!)))
            {
                Visit(LoadFromAssemblyName(reference));
            }

            if (!ordered.Contains(assembly))
            {
                ordered.Add(assembly);
            }
        }
    }

    /// <summary>Heap that the tables of all assemblies take on a device, in bytes.</summary>
    public int TableBytes
    {
        get
        {
            IReadOnlyList<Assembly> assemblies = DeviceAssembliesInOrder();
            return assemblies.Sum(assembly => DeviceBinary.Get(PathOf(assembly), _countsHeap).TableBytes)
                + AssemblyTables.OfLibraries(assemblies.SelectMany(
                    assembly => assembly.GetReferencedAssemblies().Select(reference => reference.Name!)));
        }
    }

    /// <summary>Ties this board's copy of the stand-ins to the board.</summary>
    public void Attach(BoardContext board)
    {
        Assembly mscorlib = LoadFromAssemblyName(new AssemblyName("mscorlib"));
        Type gate = mscorlib.GetType("WhispurrNet.Virtual.Gate", throwOnError: true)!;
        gate.GetMethod("Attach")!.Invoke(null, [board]);
    }

    /// <summary>
    /// Runs every static constructor before the program starts, in metadata order, as the chip does (facts 7).
    /// </summary>
    /// <exception cref="PowerOffException">The power went off meanwhile.</exception>
    public void RunStaticConstructors()
    {
        try
        {
            foreach (Assembly assembly in DeviceAssembliesInOrder())
            {
                IEnumerable<Type> types = assembly.GetTypes().Where(type => type.TypeInitializer is not null);
                foreach (Type type in types.OrderBy(type => type.MetadataToken))
                {
                    RuntimeHelpers.RunClassConstructor(type.TypeHandle);
                }
            }
        }
        catch (TypeInitializationException exception) when (exception.InnerException is PowerOffException)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
        }
        finally
        {
            _staticsMade.Set();
        }
    }

    /// <summary>Waits, in real time, until the static constructors have run or the power went off.</summary>
    public void WaitForStatics() => _staticsMade.Wait();

    /// <summary>Finds a type of the device assemblies.</summary>
    public Type FindType(string fullName) =>
        DeviceAssembliesInOrder()
            .Select(assembly => assembly.GetType(fullName))
            .FirstOrDefault(type => type is not null)
        ?? throw new TypeLoadException($"The board's program has no type '{fullName}'.");

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        if (StandInFolder.Paths.TryGetValue(name, out string? standIn))
        {
            return LoadFromAssemblyPath(standIn);
        }

        return name == typeof(BoardContext).Assembly.GetName().Name ? typeof(BoardContext).Assembly
            : IsDevice(name) ? LoadDevice(DevicePath(name))
            : null;
    }

    private string PathOf(Assembly assembly) =>
        assembly == Entry ? _entryPath : DevicePath(assembly.GetName().Name!);

    private string DevicePath(string name) => Path.Combine(_folder, name + ".dll");

    private bool IsDevice(string name) => !StandInFolder.Paths.ContainsKey(name) && File.Exists(DevicePath(name));

    private Assembly LoadDevice(string path)
    {
        DeviceBinary binary = DeviceBinary.Get(path, _countsHeap);
        using var image = new MemoryStream(binary.Image, writable: false);
        using MemoryStream? symbols = binary.Symbols is null ? null : new MemoryStream(binary.Symbols, writable: false);
        return LoadFromStream(image, symbols);
    }
}
