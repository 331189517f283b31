namespace WhispurrNet.Virtual;

/// <summary>
/// Unwinds a board's thread after the power went off. Device code never handles it: every catch-all handler of an
/// instrumented binary asks <see cref="BoardContext.LeaveHandler"/> first.
/// </summary>
public sealed class PowerOffException : Exception
{
    internal PowerOffException()
        : base("The board was switched off.")
    {
    }
}
