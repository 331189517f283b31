namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>What a line is.</summary>
internal enum LineKind
{
    /// <summary>Text of the application.</summary>
    Text,

    /// <summary>A line in which the firmware says something of itself: it starts with <c>wn</c>.</summary>
    Report,

    /// <summary>Something a person should know: a <c>wn error</c>, a CLR that cannot run, a chip that panics.</summary>
    Error,

    /// <summary>What the CLR says while it starts.</summary>
    Clr,

    /// <summary>What the chip says before any firmware runs.</summary>
    Rom,

    /// <summary>No text.</summary>
    Noise,

    /// <summary>The first line of an exception.</summary>
    ExceptionHead,

    /// <summary>An exception's message.</summary>
    ExceptionMessage,

    /// <summary>A frame of an exception's stack.</summary>
    StackFrame,

    /// <summary>Nobody caught the exception before.</summary>
    Uncaught,
}
