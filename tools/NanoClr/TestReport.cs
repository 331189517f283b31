namespace WhispurrNet.NanoClr;

/// <summary>The verdict over one run of a test assembly.</summary>
/// <param name="Results">Results of tests; setup and cleanup only where they did not pass.</param>
/// <param name="Problems">Everything beside failed tests that makes the run a failure, one sentence each.</param>
/// <param name="Duration">Wall-clock time of the run.</param>
internal sealed record TestReport(
    IReadOnlyList<TestResult> Results, IReadOnlyList<string> Problems, TimeSpan Duration)
{
    private const int SegmentationFaultExitCode = 139;
    private const int TailLinesShown = 5;

    public int Passed => Count(TestOutcome.Passed);

    public int Failed => Count(TestOutcome.Failed);

    public int Skipped => Count(TestOutcome.Skipped);

    /// <summary>True if at least one test ran, none failed, and nothing else went wrong.</summary>
    public bool IsSuccess => Passed > 0 && Failed == 0 && Problems.Count == 0;

    /// <summary>Judges a run by all that is known of it: nanoCLR's exit code is 0 even when tests fail.</summary>
    /// <param name="run">The finished process.</param>
    /// <param name="declared">What the test assembly declares.</param>
    public static TestReport Judge(ToolResult run, IReadOnlyList<DeclaredTest> declared)
    {
        TestOutput output = TestOutput.Parse(run.Output);
        var problems = new List<string>();
        AddEnding(problems, run, output);
        AddMissing(problems, output, declared);

        var helpers = declared.Where(test => test.Role != TestRole.Test).Select(test => test.Method).ToHashSet();
        TestResult[] results =
            [.. output.Results.Where(r => r.Outcome != TestOutcome.Passed || !helpers.Contains(r.Method))];
        if (!results.Any(result => result.Outcome != TestOutcome.Skipped))
        {
            problems.Add("No test ran.");
        }

        return new TestReport(results, problems, run.Duration);
    }

    private static void AddEnding(List<string> problems, ToolResult run, TestOutput output)
    {
        string last = output.Results.Count == 0 ? "before the first result" : $"after {output.Results[^1].Name}";
        if (run.TimedOut)
        {
            problems.Add($"nanoCLR was stopped after {run.Duration.TotalSeconds:0} s, {last}.");
            return;
        }

        if (run.ExitCode != 0)
        {
            string meaning = run.ExitCode == SegmentationFaultExitCode ? " (segmentation fault)" : "";
            problems.Add($"nanoCLR ended with exit code {run.ExitCode}{meaning}, {last}.");
        }
        else if (!output.IsFinished)
        {
            problems.Add($"nanoCLR ended without its final \"Done.\", {last}.");
        }

        if (run.ExitCode != 0 || !output.IsFinished)
        {
            IEnumerable<string> tail = output.Tail.Where(line => line.Trim().Length > 0).TakeLast(TailLinesShown);
            problems.AddRange(tail.Concat(run.Errors).Select(line => $"nanoCLR wrote: {line.Trim()}"));
        }
    }

    private static void AddMissing(
        List<string> problems, TestOutput output, IReadOnlyList<DeclaredTest> declared)
    {
        var reported = output.Results.GroupBy(result => result.Method).ToDictionary(g => g.Key, g => g.Count());
        var skippedSetups = output.Results.Where(r => r.Outcome == TestOutcome.Skipped).Select(r => r.Method);
        var skippedClasses = declared
            .Where(test => test.Role == TestRole.Setup).IntersectBy(skippedSetups, test => test.Method)
            .Select(test => test.ClassName).ToHashSet();
        foreach (DeclaredTest test in declared)
        {
            // A skipped setup skips its whole class, and that is reported as the setup's own result.
            int count = reported.GetValueOrDefault(test.Method);
            if (count < test.Results && !skippedClasses.Contains(test.ClassName))
            {
                problems.Add($"{test.Method} reported {count} of {test.Results} results.");
            }
        }
    }

    private int Count(TestOutcome outcome) => Results.Count(result => result.Outcome == outcome);
}
