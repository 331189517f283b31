namespace WhispurrNet.Virtual;

/// <summary>A thread's place among those with work to do; see <see cref="BoardClock"/>.</summary>
internal sealed class BusyMark
{
    public BusyMark() => Node = new LinkedListNode<BusyMark>(this);

    public LinkedListNode<BusyMark> Node { get; }

    /// <summary>Timestamp of the moment it got work.</summary>
    public long Since { get; set; }
}
