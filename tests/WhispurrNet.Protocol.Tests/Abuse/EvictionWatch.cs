using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Tests.Abuse;

/// <summary>Watches a node for own frames that go when a stranger's frame comes.</summary>
internal sealed class EvictionWatch(NodeCore node) : INodeObserver
{
    private uint _evictedOwn;

    public int EvictedForStrangers { get; private set; }

    public void FrameStored(ulong frameId, uint linkTag, bool own, int hopBudget)
    {
        // A frame is stored right after room was made for it.
        if (!own && node.Statistics.EvictedOwn != _evictedOwn)
        {
            EvictedForStrangers++;
        }

        _evictedOwn = node.Statistics.EvictedOwn;
    }

    public void LinkOpened(int link, LinkKind kind, bool initiator, uint linkTag)
    {
    }

    public void LinkClosed(int link, uint linkTag, LinkState last)
    {
    }

    public void FrameSent(ulong frameId, uint linkTag)
    {
    }

    public void FrameRefused(FrameVerdict reason, uint linkTag)
    {
        _evictedOwn = node.Statistics.EvictedOwn;
    }

    public void ContactLearned(byte[] id, uint timestamp)
    {
    }

    public void IdentityRenewed(byte[] id, uint timestamp)
    {
    }

    public void WhisperStatusChanged(ulong innerId, WhisperStatus status)
    {
    }
}
