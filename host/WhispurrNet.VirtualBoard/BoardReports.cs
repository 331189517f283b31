namespace WhispurrNet.Virtual;

/// <summary>One line that a board wrote to its serial port.</summary>
/// <param name="BoardMs">Board time in milliseconds.</param>
/// <param name="Text">The line without its end.</param>
public sealed record SerialLineReport(long BoardMs, string Text);

/// <summary>A thread that an uncaught exception ended; the board goes on without it.</summary>
/// <param name="BoardMs">Board time in milliseconds.</param>
/// <param name="Thread">What the thread ran.</param>
/// <param name="Exception">Type, message and stack as text.</param>
public sealed record ThreadDiedReport(long BoardMs, string Thread, string Exception);

/// <summary>The board was switched on or off.</summary>
/// <param name="BoardMs">Board time in milliseconds.</param>
/// <param name="IsOn">Its state now.</param>
/// <param name="Reason">Who did it.</param>
public sealed record PowerReport(long BoardMs, bool IsOn, string Reason);

/// <summary>A program drives an output to another level.</summary>
/// <param name="BoardMs">Board time in milliseconds.</param>
/// <param name="Pin">Number of the pin.</param>
/// <param name="IsHigh">Its level now.</param>
public sealed record PinReport(long BoardMs, int Pin, bool IsHigh);
