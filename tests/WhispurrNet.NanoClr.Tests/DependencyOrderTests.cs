using Xunit;

namespace WhispurrNet.NanoClr.Tests;

public class DependencyOrderTests
{
    [Fact]
    public void PutsEveryAssemblyAfterAllItReferences()
    {
        IReadOnlyList<string> order = Sort("tests", new()
        {
            ["tests"] = ["framework", "core", "base"],
            ["framework"] = ["base"],
            ["core"] = ["text", "base"],
            ["text"] = ["base"],
            ["base"] = [],
        });

        Assert.Equal(["base", "framework", "text", "core", "tests"], order);
    }

    [Fact]
    public void NamesACircle()
    {
        var e = Assert.Throws<RunnerException>(() => Sort("tests", new()
        {
            ["tests"] = ["one"],
            ["one"] = ["two"],
            ["two"] = ["one"],
        }));

        Assert.Contains("one -> two -> one", e.Message);
        Assert.Equal(1, e.ExitCode);
    }

    [Fact]
    public void HintsCoverTheWholeClosureAndComeFirst()
    {
        DeviceAssembly[] assemblies =
        [
            new("base", "lib/base.dll", [], IsLibrary: true),
            new("text", "lib/text.dll", ["base"], IsLibrary: true),
            new("core", "out/core.dll", ["text"], IsLibrary: false),
        ];

        IReadOnlyList<string> arguments = PeConverter.Arguments(
            assemblies[2], assemblies.ToDictionary(assembly => assembly.Name), "pe/core.pe");

        Assert.Equal(
            "-loadHints base lib/base.dll -loadHints text lib/text.dll -parse out/core.dll -compile pe/core.pe false",
            string.Join(' ', arguments));
    }

    private static IReadOnlyList<string> Sort(string root, Dictionary<string, string[]> references) =>
        DependencyOrder.Sort(root, name => references[name]);
}
