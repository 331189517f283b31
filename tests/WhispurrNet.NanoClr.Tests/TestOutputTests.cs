using Xunit;

namespace WhispurrNet.NanoClr.Tests;

public class TestOutputTests
{
    [Fact]
    public void ReadsEveryOutcome()
    {
        TestOutput output = TestOutput.Parse(
        [
            "Test passed,Ns.Class.First.0,31",
            "Test failed,Ns.Class.Second.0,Expected:<1>, actual:<2>.",
            "Test skipped,Ns.Class.Third.2,not here, not now",
            "Done.",
            "Exiting.",
        ]);

        Assert.True(output.IsFinished);
        Assert.Collection(
            output.Results,
            result => Assert.Equal(
                ("Ns.Class.First.0", TestOutcome.Passed, 31L, ""),
                (result.Name, result.Outcome, result.Ticks, result.Message)),
            result => Assert.Equal(
                ("Ns.Class.Second.0", TestOutcome.Failed, 0L, "Expected:<1>, actual:<2>."),
                (result.Name, result.Outcome, result.Ticks, result.Message)),
            result => Assert.Equal(
                ("Ns.Class.Third.2", TestOutcome.Skipped, 0L, "not here, not now"),
                (result.Name, result.Outcome, result.Ticks, result.Message)));
        Assert.Equal("Ns.Class.Third", output.Results[2].Method);
    }

    [Fact]
    public void AcceptsCarriageReturnsAndNegativeTicks()
    {
        // The board's clock may be set back while a test runs.
        TestOutput output = TestOutput.Parse(["Test passed,Ns.Class.First.0,-5\r", "Done.\r"]);

        Assert.Equal(-5, Assert.Single(output.Results).Ticks);
        Assert.True(output.IsFinished);
    }

    [Theory]
    [InlineData("Test passed,Ns.Class.First.0")]
    [InlineData("Test passed,Ns.Class.First.0,soon")]
    [InlineData("Test passed,,31")]
    [InlineData("Test failed")]
    [InlineData(" Test passed,Ns.Class.First.0,31")]
    public void DoesNotTakeOtherTextForAResult(string line)
    {
        TestOutput output = TestOutput.Parse([line, "Done."]);

        Assert.Empty(output.Results);
        Assert.Equal([line], output.Tail);
    }

    [Theory]
    [InlineData("Test passed,Ns.Class.First.0,31")]
    [InlineData("Done.|Test passed,Ns.Class.First.0,31")]
    [InlineData("Test passed,Ns.Class.First.0,31|All Done.")]
    public void RequiresTheFinalLine(string lines) =>
        Assert.False(TestOutput.Parse(lines.Split('|')).IsFinished);

    [Fact]
    public void KeepsWhatATestWroteAndLeavesTheStartUpTablesOut()
    {
        TestOutput output = TestOutput.Parse(
        [
            "Loading Assemblies.",
            "Ready.",
            "from the first",
            "Test passed,Ns.Class.First.0,31",
            "from the second",
            "Ready.",
            "Test failed,Ns.Class.Second.0,why",
            "from nowhere",
        ]);

        Assert.Equal(["from the first"], output.Results[0].Output);
        Assert.Equal(["from the second", "Ready."], output.Results[1].Output);
        Assert.Equal(["from nowhere"], output.Tail);
    }
}
