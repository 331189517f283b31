using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Xunit;

namespace WhispurrNet.NanoClr.Tests;

public sealed class DeviceAssembliesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assemblies-");
    private readonly string _library;
    private readonly string _output;
    private readonly string _hints;

    public DeviceAssembliesTests()
    {
        _library = _folder.CreateSubdirectory("lib").FullName;
        _output = _folder.CreateSubdirectory("out").FullName;
        _hints = _folder.CreateSubdirectory("hints").FullName;
        WriteDll(_output, "NFUnitTest", "core", "mscorlib");
        WriteDll(_output, "core", "text", "mscorlib");
        WritePe("text");
        WritePe("mscorlib");
        WriteDll(_library, "text", "mscorlib");
        WriteDll(_hints, "mscorlib");
    }

    [Fact]
    public void TellsLibrariesFromTheProjectsAssembliesAndOrdersThem()
    {
        IReadOnlyList<DeviceAssembly> assemblies = Resolve();

        Assert.Equal(
            [("mscorlib", true), ("text", true), ("core", false), ("NFUnitTest", false)],
            assemblies.Select(assembly => (assembly.Name, assembly.IsLibrary)));
        Assert.Equal(Path.Combine(_hints, "mscorlib.dll"), assemblies[0].DllPath);
    }

    [Fact]
    public void PrefersTheLibrarysOwnDllToAReferenceAssembly()
    {
        WriteDll(_hints, "text");
        WriteDll(_output, "text");

        Assert.Equal(Path.Combine(_library, "text.dll"), Resolve()[1].DllPath);
    }

    [Fact]
    public void NamesAReferenceThatIsNowhere()
    {
        File.Delete(Path.Combine(_output, "core.dll"));

        var e = Assert.Throws<RunnerException>(Resolve);

        Assert.Equal($"core is referenced but is neither in '{_library}' nor in '{_output}'.", e.Message);
        Assert.Equal(2, e.ExitCode);
    }

    [Fact]
    public void NamesALibraryWithoutItsDll()
    {
        File.Delete(Path.Combine(_hints, "mscorlib.dll"));

        var e = Assert.Throws<RunnerException>(Resolve);

        Assert.StartsWith($"mscorlib has a PE file in '{_library}' but no mscorlib.dll there", e.Message);
    }

    [Fact]
    public void RefusesWhatIsNoAssembly()
    {
        File.WriteAllText(Path.Combine(_output, "core.dll"), "not an assembly");

        Assert.EndsWith("is not a .NET assembly.", Assert.Throws<RunnerException>(Resolve).Message);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyList<DeviceAssembly> Resolve() => DeviceAssemblies.Resolve(
        Path.Combine(_output, "NFUnitTest.dll"), new Toolset("clr", "mdp.dll", _library), [_hints]);

    private void WritePe(string name) => File.WriteAllBytes(Path.Combine(_library, name + ".pe"), []);

    private static void WriteDll(string folder, string name, params string[] references)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString(name + ".dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default,
            default);
        metadata.AddAssembly(metadata.GetOrAddString(name), new Version(1, 0), default, default, 0,
            AssemblyHashAlgorithm.None);
        foreach (string reference in references)
        {
            metadata.AddAssemblyReference(
                metadata.GetOrAddString(reference), new Version(1, 0), default, default, 0, default);
        }

        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder())
            .Serialize(image);
        File.WriteAllBytes(Path.Combine(folder, name + ".dll"), image.ToArray());
    }
}
