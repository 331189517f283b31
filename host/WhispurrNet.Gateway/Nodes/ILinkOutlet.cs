namespace WhispurrNet.Gateway.Nodes;

/// <summary>Where the units of one link go. No member may wait: a pump calls them while it holds its node.</summary>
internal interface ILinkOutlet
{
    /// <summary>
    /// Whether <see cref="Enqueue"/> may be called now. When it turns true again, the outlet calls
    /// <see cref="NodePump.Kick"/>.
    /// </summary>
    bool HasRoom { get; }

    /// <summary>Takes one unit, to be delivered whole and in order.</summary>
    void Enqueue(byte[] unit);

    /// <summary>The node has given the link up; the outlet must end its connection.</summary>
    void Close();
}
