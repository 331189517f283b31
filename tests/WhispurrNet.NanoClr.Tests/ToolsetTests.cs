using Xunit;

namespace WhispurrNet.NanoClr.Tests;

public sealed class ToolsetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("toolset-");
    private readonly Dictionary<string, string> _variables = [];

    public ToolsetTests()
    {
        foreach (string name in new[] { "clr", "mdp.dll", "mscorlib.pe", "nanoFramework.UnitTestLauncher.pe" })
        {
            File.WriteAllBytes(PathOf(name), []);
        }

        _variables["NANOCLR"] = PathOf("clr");
        _variables["NANO_MDP"] = PathOf("mdp.dll");
        _variables["NANO_LIB"] = _folder.FullName;
    }

    [Fact]
    public void FindsWhatTheVariablesName()
    {
        Toolset? tools = Locate(out string? missing);

        Assert.Null(missing);
        Assert.Equal(new Toolset(PathOf("clr"), PathOf("mdp.dll"), _folder.FullName), tools);
    }

    [Theory]
    [InlineData("NANOCLR")]
    [InlineData("NANO_MDP")]
    [InlineData("NANO_LIB")]
    public void SaysWhichVariableIsNotSet(string name)
    {
        _variables.Remove(name);

        Assert.Null(Locate(out string? missing));
        Assert.StartsWith($"{name} is not set; it names ", missing);
    }

    [Theory]
    [InlineData("NANOCLR")]
    [InlineData("NANO_MDP")]
    [InlineData("NANO_LIB")]
    public void SaysWhichPathDoesNotExist(string name)
    {
        _variables[name] = PathOf("nowhere");

        Assert.Null(Locate(out string? missing));
        Assert.StartsWith($"{name} names '{PathOf("nowhere")}', which does not exist", missing);
    }

    [Theory]
    [InlineData("mscorlib.pe")]
    [InlineData("nanoFramework.UnitTestLauncher.pe")]
    public void SaysWhatTheLibraryFolderLacks(string file)
    {
        File.Delete(PathOf(file));

        Assert.Null(Locate(out string? missing));
        Assert.EndsWith($"which holds no {file}.", missing);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Toolset? Locate(out string? missing) => Toolset.TryLocate(_variables.GetValueOrDefault, out missing);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
