using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Gateway.Nodes;

/// <summary>
/// One open link of a pump's node. The node reuses link numbers, so whoever brings bytes holds this object instead of a
/// number: what arrives for a link that is gone reaches no other.
/// </summary>
internal sealed class PumpLink(int number, LinkKind kind, ILinkOutlet outlet, string peer)
{
    public int Number { get; } = number;

    public LinkKind Kind { get; } = kind;

    public ILinkOutlet Outlet { get; } = outlet;

    /// <summary>
    /// Who is at the other end, as far as the connection tells: an address, or a node of this process.
    /// </summary>
    public string Peer { get; } = peer;

    public bool IsOpen { get; set; } = true;
}
