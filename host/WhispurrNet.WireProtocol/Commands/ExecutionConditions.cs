namespace WhispurrNet.WireProtocol;

/// <summary>
/// The condition word of the CLR. <see cref="Command.ChangeConditions"/> carries the bits to set and those to clear, 8
/// bytes, and is answered with the word as it then is.
/// </summary>
[Flags]
public enum ExecutionConditions : uint
{
    /// <summary>The CLR starts.</summary>
    None = 0,

    /// <summary>An assembly that the program needs is missing.</summary>
    ResolutionFailed = 0x1,

    /// <summary>The program runs.</summary>
    ProgramRunning = 0x400,

    /// <summary>The program has ended.</summary>
    ProgramExited = 0x800,

    /// <summary>Breakpoints are off.</summary>
    BreakpointsDisabled = 0x1000,

    /// <summary>Text is not sent.</summary>
    Quiet = 0x10000,

    /// <summary>Exceptions come without their stack.</summary>
    NoStackTrace = 0x0200_0000,

    /// <summary>Debugging by source lines.</summary>
    SourceLevelDebugging = 0x1000_0000,

    /// <summary>A reboot is due.</summary>
    RebootPending = 0x2000_0000,

    /// <summary>A host has pinged since the last reboot.</summary>
    Enabled = 0x4000_0000,

    /// <summary>Stopped by the host.</summary>
    Stopped = 0x8000_0000,
}
