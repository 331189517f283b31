using System.Reflection;
using Xunit;

namespace WhispurrNet.NanoClr.Tests;

/// <summary>The device tests on the real interpreter, where one is installed.</summary>
public class DeviceTestsOnNanoClr
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    [Fact]
    public void EveryDeviceTestPasses()
    {
        Toolset? tools = Toolset.TryLocate(Environment.GetEnvironmentVariable, out string? missing);
        Assert.SkipWhen(tools is null, $"No nanoCLR here: {missing}");

        TestReport report = DeviceTestRun.Run(TestAssembly(), tools!, s_timeout).Report;

        using var text = new StringWriter();
        ReportWriter.WriteTests(text, report);
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString());
        Assert.True(report.IsSuccess, text.ToString());
    }

    private static string TestAssembly() => typeof(DeviceTestsOnNanoClr).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "DeviceTestAssembly").Value!;
}
