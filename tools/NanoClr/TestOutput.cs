using System.Globalization;

namespace WhispurrNet.NanoClr;

/// <summary>How a test ended.</summary>
internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>One result line of the launcher.</summary>
/// <param name="Name">Namespace, class and method, then a dot and the index of the attribute that made it a
/// test.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Ticks">Duration in units of 100 ns as the runtime measured it; 0 unless passed.</param>
/// <param name="Message">First line of the reason of a failed or skipped test; empty otherwise.</param>
/// <param name="Output">What was written since the result before this one. A message of several lines continues
/// in the output of the next result: the launcher does not mark where it ends.</param>
internal sealed record TestResult(
    string Name, TestOutcome Outcome, long Ticks, string Message, IReadOnlyList<string> Output)
{
    /// <summary>The name without the index: namespace, class and method.</summary>
    public string Method => Name.LastIndexOf('.') is var dot and >= 0 ? Name[..dot] : Name;
}

/// <summary>What nanoCLR wrote while it ran a test assembly.</summary>
/// <param name="Results">Results in the order in which they came.</param>
/// <param name="IsFinished">True if the final <c>Done.</c> came after the last result: the runtime came to the end
/// of the launcher.</param>
/// <param name="Tail">Lines after the last result, <c>Done.</c> excluded: the reason, when it is not
/// finished.</param>
internal sealed record TestOutput(IReadOnlyList<TestResult> Results, bool IsFinished, IReadOnlyList<string> Tail)
{
    private const string FinalLine = "Done.";

    // What nanoCLR writes once everything is loaded; what precedes it are tables of metadata sizes.
    private const string ReadyLine = "Ready.";

    private static readonly (string Prefix, TestOutcome Outcome)[] s_prefixes =
    [
        ("Test passed,", TestOutcome.Passed),
        ("Test failed,", TestOutcome.Failed),
        ("Test skipped,", TestOutcome.Skipped),
    ];

    /// <summary>Reads the lines of standard output.</summary>
    public static TestOutput Parse(IEnumerable<string> lines)
    {
        var results = new List<TestResult>();
        var pending = new List<string>();
        bool isFinished = false;
        foreach (string raw in lines)
        {
            string line = raw.TrimEnd('\r');
            if (TryParseResult(line, pending, out TestResult? result))
            {
                results.Add(result!);
                pending = [];
                isFinished = false;
            }
            else if (line == FinalLine)
            {
                isFinished = true;
            }
            else if (line == ReadyLine && results.Count == 0)
            {
                pending.Clear();
            }
            else
            {
                pending.Add(line);
            }
        }

        return new TestOutput(results, isFinished, pending);
    }

    private static bool TryParseResult(string line, List<string> pending, out TestResult? result)
    {
        result = null;
        foreach ((string prefix, TestOutcome outcome) in s_prefixes)
        {
            if (!line.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            // Only the first comma separates: a message may hold more of them.
            string rest = line[prefix.Length..];
            int comma = rest.IndexOf(',');
            string name = comma < 0 ? rest : rest[..comma];
            string value = comma < 0 ? "" : rest[(comma + 1)..];
            long ticks = 0;
            bool isWellFormed = name.Length > 0 && comma >= 0 && (outcome != TestOutcome.Passed
                || long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ticks));
            if (!isWellFormed)
            {
                return false;
            }

            string message = outcome == TestOutcome.Passed ? "" : value;
            result = new TestResult(name, outcome, ticks, message, pending);
            return true;
        }

        return false;
    }
}
