namespace WhispurrNet.NanoClr;

/// <summary>Ends the program with one sentence on standard error.</summary>
internal sealed class RunnerException : Exception
{
    /// <summary>A tool or file that the user has to provide is absent or cannot be used.</summary>
    public const int UsageExitCode = 2;

    /// <summary>The tools are there, but the work failed.</summary>
    public const int FailureExitCode = 1;

    private RunnerException(string message, int exitCode) : base(message)
    {
        ExitCode = exitCode;
    }

    /// <summary>Exit code of the process: 1 or 2.</summary>
    public int ExitCode { get; }

    /// <summary>The caller has to change something: exit code 2.</summary>
    public static RunnerException Usage(string message) => new(message, UsageExitCode);

    /// <summary>A tool refused its input: exit code 1.</summary>
    public static RunnerException Failure(string message) => new(message, FailureExitCode);
}
