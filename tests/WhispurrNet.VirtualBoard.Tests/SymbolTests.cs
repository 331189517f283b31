using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using WhispurrNet.Virtual.Loading;
using CustomAttribute = Mono.Cecil.CustomAttribute;
using ModuleDefinition = Mono.Cecil.ModuleDefinition;

namespace WhispurrNet.Virtual.Tests;

/// <summary>What a debugger and a stack trace need: symbols that fit the instrumented code.</summary>
public sealed class SymbolTests
{
    public static TheoryData<string, bool> Binaries
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string file in (string[])
                ["programs/WhispurrNet.BoardPrograms.exe", "firmware/EmotionSample.exe",
                "firmware/WhispurrNet.Board.dll", "firmware/WhispurrNet.Protocol.Crypto.dll",
                "firmware/WhispurrNet.Protocol.dll"])
            {
                data.Add(file, false);
                data.Add(file, true);
            }

            return data;
        }
    }

    [Fact]
    public void An_exception_tells_file_and_line_of_every_frame()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Stacks.Fall");
        bench.Until(() => bench.Deaths(board).Any(), "report of the thread", board);

        string trace = Assert.Single(bench.Deaths(board)).Exception;

        string[] source = File.ReadAllLines(Path.Combine(Repository(), "tests/WhispurrNet.BoardPrograms/Stacks.cs"));
        string[] order = ["Thrown here", "Called here", "Begun here"];
        string[] frames = [.. trace.Split('\n').Where(line => line.Contains("Stacks.cs:line", StringComparison.Ordinal))];
        Assert.Equal(order.Length, frames.Length);
        Assert.All(order.Index(), expected =>
        {
            int line = 1 + Array.FindIndex(source, text => text.Contains($"// {expected.Item}", StringComparison.Ordinal));
            Assert.EndsWith($"BoardPrograms/Stacks.cs:line {line}", frames[expected.Index].Trim().Replace('\\', '/'));
        });
    }

    [Theory]
    [MemberData(nameof(Binaries))]
    public void Every_line_of_the_build_is_found_in_the_instrumented_code(string file, bool countsHeap)
    {
        string path = Path.Combine(AppContext.BaseDirectory, file);
        DeviceBinary binary = DeviceBinary.Get(path, countsHeap);
        using var before = new PEReader(File.OpenRead(path));
        using var after = new PEReader(new MemoryStream(binary.Image));
        using var symbolsBefore = MetadataReaderProvider.FromPortablePdbStream(
            File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        using var symbolsAfter = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(binary.Symbols!));

        // The debugger refuses symbols of another build.
        DebugDirectoryEntry entry = Assert.Single(
            after.ReadDebugDirectory(), candidate => candidate.Type == DebugDirectoryEntryType.CodeView);
        var id = new BlobContentId(symbolsAfter.GetMetadataReader().DebugMetadataHeader!.Id);
        Assert.Equal(id.Guid, after.ReadCodeViewDebugDirectoryData(entry).Guid);
        Assert.Equal(id.Stamp, entry.Stamp);

        string[] expected = Lines(before.GetMetadataReader(), symbolsBefore.GetMetadataReader());
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Lines(after.GetMetadataReader(), symbolsAfter.GetMetadataReader()));
    }

    [Theory]
    [MemberData(nameof(Binaries))]
    public void The_first_instruction_of_a_method_belongs_to_a_line(string file, bool countsHeap)
    {
        DeviceBinary binary = DeviceBinary.Get(Path.Combine(AppContext.BaseDirectory, file), countsHeap);
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(binary.Symbols!));
        MetadataReader reader = symbols.GetMetadataReader();

        Assert.All(reader.MethodDebugInformation, handle =>
        {
            int[] offsets = [.. reader.GetMethodDebugInformation(handle).GetSequencePoints().Select(p => p.Offset)];
            Assert.Equal(offsets.Order().Distinct(), offsets);
            Assert.True(offsets.Length == 0 || offsets[0] == 0);
        });
    }

    [Fact]
    public void Under_a_debugger_code_is_compiled_as_written()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "firmware/WhispurrNet.Board.dll");
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);

        Optimization.Disable(module);

        using var written = new MemoryStream();
        module.Write(written);
        using ModuleDefinition read = ModuleDefinition.ReadModule(new MemoryStream(written.ToArray()));
        CustomAttribute attribute = Assert.Single(
            read.Assembly.CustomAttributes, a => a.AttributeType.Name == nameof(DebuggableAttribute));
        var modes = (DebuggableAttribute.DebuggingModes)(int)attribute.ConstructorArguments[0].Value;
        Assert.True(new DebuggableAttribute(modes).IsJITOptimizerDisabled);
    }

    // Rows may move when a module is written anew; what is in a method may not.
    private static string[] Lines(MetadataReader metadata, MetadataReader symbols)
    {
        var lines = new List<string>();
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            string type = metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name);
            MethodDebugInformation debug = symbols.GetMethodDebugInformation(handle.ToDebugInformationHandle());
            IEnumerable<string> points = debug.GetSequencePoints().Where(point => !point.IsHidden).Select(point =>
                $"{symbols.GetString(symbols.GetDocument(point.Document).Name)}:{point.StartLine},{point.StartColumn}"
                + $"-{point.EndLine},{point.EndColumn}");
            lines.Add($"{type}.{metadata.GetString(method.Name)} {string.Join(' ', points)}");
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Repository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "nanoFramework.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
