using System.Reflection;
using System.Runtime.Loader;
using WhispurrNet.Instrumentation;
using Xunit;

namespace WhispurrNet.IlCounter.Tests;

/// <summary>Counts and traces of code whose every instruction is known.</summary>
public sealed class InstrumenterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ilcounter-");
    private readonly AssemblyLoadContext _context = new("sample", isCollectible: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void CountsEveryInstruction(int rounds)
    {
        Func<int, int> sum = Load("Sum", traced: false);

        Assert.Equal(SampleModule.SumInstructions(rounds), DeviceCode.Measure(() => sum(rounds)).Instructions);
    }

    [Fact]
    public void ProbesDoNotChangeResults()
    {
        Assert.Equal(499_500, Load("Sum", traced: true)(1000));
        Assert.Equal(0, Load("LookUp", traced: true)(15));
        Assert.Equal(1, Load("Choose", traced: true)(0));
    }

    [Fact]
    public void AnIndexShowsInTheTraceAlone()
    {
        Func<int, int> counted = Load("LookUp", traced: false);
        Func<int, int> traced = Load("LookUp", traced: true);

        Assert.Equal(DeviceCode.Measure(() => counted(3)), DeviceCode.Measure(() => counted(4)));
        Assert.Equal(DeviceCode.Measure(() => traced(3)), DeviceCode.Measure(() => traced(3)));
        Assert.NotEqual(DeviceCode.Measure(() => traced(3)), DeviceCode.Measure(() => traced(4)));
    }

    [Fact]
    public void AChoiceBetweenEqualCostsShowsInTheTrace()
    {
        Func<int, int> choose = Load("Choose", traced: false);
        Execution first = DeviceCode.Measure(() => choose(0));
        Execution second = DeviceCode.Measure(() => choose(1));

        Assert.Equal(first.Instructions, second.Instructions);
        Assert.NotEqual(first.Trace, second.Trace);
    }

    public void Dispose()
    {
        _context.Unload();
        _folder.Delete(recursive: true);
    }

    private Func<int, int> Load(string method, bool traced)
    {
        string path = Path.Combine(_folder.FullName, $"Sample{traced}{method}.dll");
        SampleModule.Write(path);
        (byte[] image, int next) = Instrumenter.Instrument(path, firstBlock: 7, traced);
        Assert.Equal(7 + SampleBlocks, next);
        Assembly assembly = _context.LoadFromStream(new MemoryStream(image));
        return assembly.GetType("Sample.Code")!.GetMethod(method)!.CreateDelegate<Func<int, int>>();
    }

    /// <summary>Four of Sum, one of LookUp, three of Choose.</summary>
    private const int SampleBlocks = 8;
}
