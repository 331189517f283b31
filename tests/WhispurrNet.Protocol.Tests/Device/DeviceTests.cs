using Xunit;

namespace WhispurrNet.Protocol.Tests.Device;

/// <summary>Every test of the device test assembly, run on .NET from the binary that also runs on the board.</summary>
public class DeviceTests
{
    // Cases in each namespace below WhispurrNet.DeviceTests, raised with every test added: one that is not found must
    // not pass unnoticed.
    private static readonly Dictionary<string, int> CaseCounts = new()
    {
        ["Board"] = 59,
        ["Core"] = 43,
        ["Crypto"] = 34,
        ["Extras"] = 10,
    };

    public static TheoryData<string> Cases => [.. DeviceTestAssembly.Cases()];

    [Fact]
    public void AllCasesAreFound()
    {
        var found = DeviceTestAssembly.Cases()
            .CountBy(testCase => testCase.Split('.')[2])
            .OrderBy(count => count.Key, StringComparer.Ordinal);

        Assert.Equal(CaseCounts, found);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Passes(string testCase)
    {
        try
        {
            DeviceTestAssembly.Run(testCase);
        }
        catch (Exception skipped) when (skipped.GetType().Name == "SkipTestException")
        {
            Assert.Skip(skipped.Message);
        }
    }
}
