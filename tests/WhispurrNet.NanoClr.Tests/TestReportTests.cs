using Xunit;

namespace WhispurrNet.NanoClr.Tests;

public class TestReportTests
{
    private static readonly DeclaredTest[] s_declared =
    [
        new("Ns.Class", "Ns.Class.Prepare", TestRole.Setup, 1),
        new("Ns.Class", "Ns.Class.First", TestRole.Test, 1),
        new("Ns.Class", "Ns.Class.Rows", TestRole.Test, 2),
    ];

    private static readonly string[] s_goodRun =
    [
        "Test passed,Ns.Class.Prepare.0,1",
        "Test passed,Ns.Class.First.0,2",
        "Test passed,Ns.Class.Rows.0,3",
        "Test passed,Ns.Class.Rows.1,4",
        "Done.",
        "Exiting.",
    ];

    [Fact]
    public void SucceedsWhenAllThatIsDeclaredPassed()
    {
        TestReport report = Judge(s_goodRun);

        Assert.True(report.IsSuccess);
        Assert.Empty(report.Problems);
        Assert.Equal(3, report.Passed);
    }

    [Fact]
    public void AFailedSetupCountsAsAFailure()
    {
        TestReport report = Judge([.. s_goodRun.Select(
            line => line.Contains("Prepare") ? "Test failed,Ns.Class.Prepare.0,why" : line)]);

        Assert.False(report.IsSuccess);
        Assert.Equal((3, 1), (report.Passed, report.Failed));
    }

    [Fact]
    public void ASkippedSetupExcusesItsClassButNotARunWithoutTests()
    {
        TestReport report = Judge(["Test skipped,Ns.Class.Prepare.0,no radio", "Done."]);

        Assert.Equal(["No test ran."], report.Problems);
        Assert.Equal(1, report.Skipped);
        Assert.False(report.IsSuccess);
    }

    [Theory]
    [InlineData("Rows.1", "Ns.Class.Rows reported 1 of 2 results.")]
    [InlineData("First.0", "Ns.Class.First reported 0 of 1 results.")]
    public void NoticesATestThatNeverReported(string missing, string problem)
    {
        TestReport report = Judge([.. s_goodRun.Where(line => !line.Contains(missing))]);

        Assert.Equal([problem], report.Problems);
        Assert.False(report.IsSuccess);
    }

    [Fact]
    public void ASegmentationFaultFailsEvenAfterTheFinalLine()
    {
        TestReport report = Judge(s_goodRun, exitCode: 139);

        Assert.Contains("exit code 139 (segmentation fault), after Ns.Class.Rows.1.", report.Problems[0]);
        Assert.False(report.IsSuccess);
    }

    [Fact]
    public void AMissingFinalLineFailsAndShowsWhatTheRuntimeSaid()
    {
        TestReport report = Judge(["Resolving.", "Error: a3000000"]);

        Assert.False(report.IsSuccess);
        Assert.StartsWith("nanoCLR ended without its final \"Done.\", before the first result.", report.Problems[0]);
        Assert.Contains("nanoCLR wrote: Error: a3000000", report.Problems);
    }

    [Fact]
    public void ARunOutOfTimeFails()
    {
        var run = new ToolResult(137, s_goodRun[..2], [], TimedOut: true, TimeSpan.FromSeconds(30));

        TestReport report = TestReport.Judge(run, s_declared);

        Assert.Equal("nanoCLR was stopped after 30 s, after Ns.Class.First.0.", report.Problems[0]);
        Assert.False(report.IsSuccess);
    }

    private static TestReport Judge(string[] output, int exitCode = 0) => TestReport.Judge(
        new ToolResult(exitCode, output, [], TimedOut: false, TimeSpan.FromSeconds(1)), s_declared);
}
