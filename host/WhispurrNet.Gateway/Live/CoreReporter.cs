using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Gossip;
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

    public void ContactLearned(byte[] id, uint timestamp)
    {
        // The node itself tells whom it can write to.
    }

    private static string Tag(uint linkTag) => linkTag.ToString("x8");
}
