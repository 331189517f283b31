namespace WhispurrNet.Cli.SelfTest;

/// <summary>What one check of a self-test found.</summary>
/// <param name="Group">identity, encryption, resonance or obfuscation.</param>
/// <param name="Name">What ought to be true.</param>
/// <param name="Passed">Whether it is.</param>
/// <param name="Reason">Why it is not; null if it is.</param>
/// <param name="Ms">How long the check took, in milliseconds; of the board's time for a primitive on a board.</param>
internal sealed record CheckResult(string Group, string Name, bool Passed, string? Reason, long Ms);

/// <summary>Everything a self-test found.</summary>
/// <param name="Side">board or desk.</param>
/// <param name="Passed">Checks that passed.</param>
/// <param name="Failed">Checks that did not.</param>
/// <param name="Checks">All of them, in their order.</param>
internal sealed record SelfTestReport(string Side, int Passed, int Failed, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Counts.</summary>
    public static SelfTestReport Of(string side, IReadOnlyList<CheckResult> checks) =>
        new(side, checks.Count(check => check.Passed), checks.Count(check => !check.Passed), checks);
}
