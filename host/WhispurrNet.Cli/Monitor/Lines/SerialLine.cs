namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>How text came over the cable.</summary>
internal enum LineSource
{
    /// <summary>As bytes between packets.</summary>
    Raw,

    /// <summary>Inside packets.</summary>
    Message,
}

/// <summary>A line of a board, or a piece of one.</summary>
/// <param name="Text">What it says, fit for a terminal (<see cref="SafeText"/>).</param>
/// <param name="Bytes">The bytes as they came, when the text had to escape some; else null.</param>
/// <param name="Length">How many bytes it had, without the line end.</param>
/// <param name="NonText">How many of them are no text.</param>
/// <param name="Source">How it came.</param>
/// <param name="Starts">Whether it begins where a line begins.</param>
/// <param name="Ends">Whether it ends with a line end.</param>
internal readonly record struct SerialLine(
    string Text, byte[]? Bytes, int Length, int NonText, LineSource Source, bool Starts, bool Ends)
{
    /// <summary>A line, from its begin to its end.</summary>
    public bool IsWhole => Starts && Ends;

    /// <summary>Whether most of it cannot be text: the wrong baud rate, or a chip that starts at another.</summary>
    public bool IsNoise => NonText * 3 > Length;
}

/// <summary>Takes lines.</summary>
internal interface ILineSink
{
    /// <summary>A line or a piece of one.</summary>
    void OnLine(in SerialLine line);
}
