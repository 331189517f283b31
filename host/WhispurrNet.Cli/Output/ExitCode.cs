namespace WhispurrNet.Cli.Output;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Understood, but it failed.</summary>
    public const int Failed = 1;

    /// <summary>The user has to change something: an option, a variable, a file, a port that is taken.</summary>
    public const int Usage = 2;
}
