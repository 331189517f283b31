using System.Diagnostics;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>Runs checks and keeps what they found.</summary>
internal sealed class CheckList
{
    private readonly List<CheckResult> _results = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<CheckResult> Results => _results;

    /// <summary>Runs one check; an exception counts as a failure.</summary>
    /// <param name="group">What it belongs to.</param>
    /// <param name="name">What ought to be true.</param>
    /// <param name="check">Gives null if it is, else why not.</param>
    public void Run(string group, string name, Func<string?> check)
    {
        long start = Stopwatch.GetTimestamp();
        string? reason;
        try
        {
            reason = check();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            reason = $"{e.GetType().Name}: {e.Message}";
        }

        Add(group, name, reason, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>Adds what was found.</summary>
    /// <param name="group">What it belongs to.</param>
    /// <param name="name">What ought to be true.</param>
    /// <param name="reason">Null if it is, else why not.</param>
    /// <param name="ms">How long the check took, in milliseconds.</param>
    public void Add(string group, string name, string? reason, long ms) =>
        _results.Add(new CheckResult(group, name, reason is null, reason, ms));
}
