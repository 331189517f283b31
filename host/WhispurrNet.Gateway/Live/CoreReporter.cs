using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Live;

/// <summary>
/// Turns what a node core of this process tells its observer into the same reports that boards print.
/// </summary>
internal sealed class CoreReporter(string node, MeshMap map) : INodeObserver
{
    /// <summary>Tells the addresses of peers; set once the pump exists.</summary>
    public NodePump? Pump { get; set; }

    /// <summary>Whether a contact was learned since this was last set to false. Only used while the node is
    /// held.</summary>
    public bool KnowsNewContact { get; set; }

    /// <summary>The identity that the node has taken since it was made; null while it has its first one.</summary>
    public string? Identity { get; private set; }

    /// <summary>A frame id as reports write it.</summary>
    public static string Id(ulong frameId) => frameId.ToString("x16");

    public void LinkOpened(int link, LinkKind kind, bool initiator, uint linkTag) =>
        map.Report(node, new LinkOpenedReport(Tag(linkTag), kind == LinkKind.Contact, initiator, Pump?.PeerOf(link)));

    public void LinkClosed(int link, uint linkTag, LinkState last) =>
        map.Report(node, new LinkClosedReport(Tag(linkTag), last.ToString().ToLowerInvariant()));

    public void FrameStored(ulong frameId, uint linkTag, bool own, int hopBudget) =>
        map.Report(node, new FrameStoredReport(Id(frameId), Tag(linkTag), own, hopBudget));

    public void FrameSent(ulong frameId, uint linkTag) =>
        map.Report(node, new FrameSentReport(Id(frameId), Tag(linkTag)));

    public void FrameRefused(FrameVerdict reason, uint linkTag)
    {
        // The node's statistics count refusals by reason; there is nothing to draw.
    }

    public void IdentityRenewed(byte[] id, uint timestamp)
    {
        Identity = EphemeralIdentity.Format(id, timestamp);
        map.Report(node, new IdentityReport(Identity));
    }

    public void ContactLearned(byte[] id, uint timestamp)
    {
        KnowsNewContact = true;
        map.Report(node, new ContactReport(EphemeralIdentity.Format(id, timestamp)));
    }

    public void WhisperStatusChanged(ulong innerId, WhisperStatus status) =>
        map.Report(node, new WhisperStatusReport(Id(innerId), status.ToString().ToLowerInvariant()));

    private static string Tag(uint linkTag) => linkTag.ToString("x8");
}
