using System.Reflection;
using System.Runtime.Loader;

namespace WhispurrNet.Instrumentation;

/// <summary>Device builds, loaded with probes in them. A program that only drives the rest stays as it is.</summary>
public sealed class DeviceCode : AssemblyLoadContext
{
    /// <summary>The program that holds the operations.</summary>
    public const string Program = "WhispurrNet.Costs";

    /// <summary>The device builds that come with this program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "device");

    private readonly string _folder;
    private readonly bool _counted;
    private readonly bool _traced;
    private int _blocks;

    /// <summary>Loads from a folder, as the assemblies are asked for.</summary>
    /// <param name="traced">Whether indices count as events too.</param>
    /// <param name="folder">Where the device builds are; null for those that came with this program.</param>
    /// <param name="counted">Whether probes are put in; without them it is as fast as the device builds are.</param>
    public DeviceCode(bool traced, string? folder = null, bool counted = true)
        : base("counted device code", isCollectible: true)
    {
        _counted = counted;
        _traced = traced;
        _folder = folder ?? DefaultFolder;
    }

    /// <summary>Runs device code on this thread and says what it did.</summary>
    public static Execution Measure(Action action)
    {
        Probe.Reset();
        action();
        return Probe.Read();
    }

    /// <summary>A type by its full name, from whichever device assembly has it.</summary>
    public Type TypeOf(string fullName)
    {
        string[] assemblies =
            ["WhispurrNet.Protocol.Crypto", "WhispurrNet.Protocol", "WhispurrNet.Protocol.Extras", Program];
        return assemblies.Select(name => LoadFromAssemblyName(new AssemblyName(name)).GetType(fullName))
            .FirstOrDefault(type => type != null)
            ?? throw new TypeLoadException($"No device assembly has a type {fullName}.");
    }

    /// <summary>Makes an object of a device type.</summary>
    public dynamic New(string fullName, params object?[] arguments) =>
        Activator.CreateInstance(TypeOf(fullName), arguments)!;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = PathOf(_folder, assemblyName.Name!);
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] image;
        if (assemblyName.Name == Program || !_counted)
        {
            image = File.ReadAllBytes(path);
        }
        else
        {
            (image, _blocks) = Instrumenter.Instrument(path, _blocks, _traced);
        }

        return LoadFromStream(new MemoryStream(image));
    }

    /// <summary>The file of a device assembly.</summary>
    internal static string PathOf(string folder, string assembly) =>
        Path.Combine(folder, assembly + (assembly == Program ? ".exe" : ".dll"));
}
