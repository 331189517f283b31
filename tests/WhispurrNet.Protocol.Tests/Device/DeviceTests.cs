using Xunit;

namespace WhispurrNet.Protocol.Tests.Device;

/// <summary>Every test of the device test assembly, run on .NET from the binary that also runs on the board.</summary>
public class DeviceTests
{
    // Raised with every device test added; a test that is not found must not pass unnoticed.
    private const int CaseCount = 58;

    public static TheoryData<string> Cases => [.. DeviceTestAssembly.Cases()];

    [Fact]
    public void AllCasesAreFound()
    {
        Assert.Equal(CaseCount, DeviceTestAssembly.Cases().Count);
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
