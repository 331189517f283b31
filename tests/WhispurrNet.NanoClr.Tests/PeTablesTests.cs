using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace WhispurrNet.NanoClr.Tests;

/// <summary>The heap that assemblies take: the rule, and what the real runtime says about it.</summary>
public partial class PeTablesTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);

    [Fact]
    public void The_heap_of_an_assembly_is_its_structure_and_a_place_for_each_entry()
    {
        // 140 + 4 * (1 + 3 + 2 + 5) + 8 * 2 + 2 * 3 + 2 * 7 + 12 * 1 + 7, tables in words, the whole in blocks of 12.
        var tables = new PeTables(ByteCode: 100, References: [1, 3, 2, 5], Types: 2, Fields: 3, Methods: 7, Statics: 1);

        Assert.Equal(252, tables.HeapBytes);
    }

    [Fact]
    public void A_limit_is_broken_by_bytecode_of_one_assembly_and_by_the_files_of_the_project()
    {
        PeFile fits = File("Fits", 60_000, 65_535, isLibrary: false);
        PeFile library = File("Library", 500_000, 1_000, isLibrary: true);

        Assert.Empty(SizeLimits.Broken([fits, library]));
        Assert.Equal(
            ["Long has 65,536 bytes of bytecode; below 65,536 are allowed."],
            SizeLimits.Broken([File("Long", 60_000, 65_536, isLibrary: false)]));
        Assert.Equal(
            ["The project's PE files have 163,841 bytes; 163,840 are allowed."],
            SizeLimits.Broken([fits, File("Other", 103_841, 1_000, isLibrary: false)]));
    }

    [Fact]
    public void The_runtime_takes_what_the_rule_says()
    {
        Toolset? tools = Toolset.TryLocate(Environment.GetEnvironmentVariable, out string? missing);
        Assert.SkipWhen(tools is null, $"No nanoCLR here: {missing}");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nanoclr-");
        try
        {
            IReadOnlyList<PeFile> files = PeConverter.Convert([TestAssembly()], tools!, folder.FullName);
            string launcher = tools!.LibraryPe(Toolset.LauncherName);
            ToolResult run = ToolProcess.Run(
                tools.ClrPath, files.SkipLast(1).Select(file => file.Path).Append(launcher), s_timeout);
            Dictionary<string, int> said = run.Output
                .Select(line => Announcement().Match(line))
                .Where(match => match.Success)
                .ToDictionary(match => match.Groups[1].Value, match => int.Parse(
                    match.Groups[2].Value, CultureInfo.InvariantCulture));

            Assert.True(files.Count > 3);
            Assert.All(files.SkipLast(1), file => Assert.Equal(On64Bits(file.Tables), said[file.Name]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // This machine's runtime: pointers of 8 bytes, blocks of 24, no debugging information.
    private static int On64Bits(PeTables tables)
    {
        int references = (tables.References[0] * 8) + (tables.References.Skip(1).Sum() * 4);
        return 200 + references + (tables.Types * 8) + Whole(tables.Fields * 2) + Whole(tables.Methods * 2)
            + (tables.Statics * 24);
    }

    private static int Whole(int bytes) => (bytes + 3) / 4 * 4;

    private static PeFile File(string name, long bytes, int byteCode, bool isLibrary) =>
        new(name, name + ".pe", bytes, isLibrary, new PeTables(byteCode, [0, 0, 0, 0], 0, 0, 0, 0));

    private static string TestAssembly() => typeof(PeTablesTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "DeviceTestAssembly").Value!;

    [GeneratedRegex(@"Assembly: (\S+) \(.*\((\d+) RAM")]
    private static partial Regex Announcement();
}
