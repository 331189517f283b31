using Mono.Cecil;
using WhispurrNet.Virtual.Loading;

namespace WhispurrNet.Virtual.Tests;

/// <summary>
/// Every type and member that device binaries name exists where a virtual board will look for it (facts 8.2).
/// </summary>
public sealed class MemberTests
{
    public static TheoryData<string> Binaries =>
    [
        "programs/WhispurrNet.BoardPrograms.exe",
        "firmware/EmotionSample.exe",
        "firmware/WhispurrNet.Board.dll",
        "firmware/WhispurrNet.Protocol.Crypto.dll",
        "firmware/WhispurrNet.Protocol.dll",
    ];

    [Theory]
    [MemberData(nameof(Binaries))]
    public void Every_member_reference_of_a_device_binary_resolves(string binary)
    {
        string path = Path.Combine(AppContext.BaseDirectory, binary);
        using var resolver = new DeviceResolver(Path.GetDirectoryName(path)!);
        using ModuleDefinition module = ModuleDefinition.ReadModule(
            path, new ReaderParameters { AssemblyResolver = resolver });

        Assert.Empty(Missing(module));
    }

    [Fact]
    public void Stand_ins_reference_nothing_that_a_board_would_look_for_elsewhere()
    {
        using var resolver = new DeviceResolver(AppContext.BaseDirectory);
        foreach (string path in StandInFolder.Paths.Values)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(
                path, new ReaderParameters { AssemblyResolver = resolver });
            Assert.True(module.GetTypeReferences().Any(), path);
            Assert.Empty(Missing(module).Select(member => $"{module.Name}: {member}"));
        }
    }

    [Fact]
    public void Every_member_of_the_device_core_library_resolves()
    {
        using var resolver = new DeviceResolver(AppContext.BaseDirectory);
        using ModuleDefinition device = ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, "reference", "mscorlib.dll"),
            new ReaderParameters { AssemblyResolver = resolver });
        var named = new List<MemberReference>();
        using ModuleDefinition program = ModuleDefinition.CreateModule(
            "program", new ModuleParameters { Kind = ModuleKind.Dll, AssemblyResolver = resolver });
        foreach (TypeDefinition type in device.Types.Where(type => type.IsPublic && !type.HasGenericParameters))
        {
            foreach (MethodDefinition method in type.Methods.Where(method => method.IsPublic || method.IsFamily))
            {
                named.Add(program.ImportReference(method));
            }

            foreach (FieldDefinition field in type.Fields.Where(
                field => field.IsPublic && !field.HasConstant && !field.IsSpecialName))
            {
                named.Add(program.ImportReference(field));
            }
        }

        // Remoting is gone from .NET and was never of use on a device.
        Assert.True(named.Count > 800, $"only {named.Count} members were looked at");
        Assert.Equal(
            ["System.Boolean System.Runtime.Remoting.RemotingServices::IsTransparentProxy(System.Object)"],
            named.Where(member => !IsFound(member)).Select(member => member.FullName));
    }

    private static List<string> Missing(ModuleDefinition module)
    {
        var missing = new List<string>();
        foreach (TypeReference type in module.GetTypeReferences())
        {
            if (TryResolve(type.Resolve) is null)
            {
                missing.Add(type.FullName);
            }
        }

        missing.AddRange(
            module.GetMemberReferences().Where(member => !IsFound(member)).Select(member => member.FullName));
        return missing;
    }

    private static bool IsFound(MemberReference member) =>
        (member is MethodReference method && MemberRedirects.Covers(method)) || TryResolve(member.Resolve) is not null;

    private static object? TryResolve(Func<object?> resolve)
    {
        try
        {
            return resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }
}
