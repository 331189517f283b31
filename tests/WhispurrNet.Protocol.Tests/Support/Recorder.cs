using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>Writes down what a node tells its observer.</summary>
internal sealed class Recorder : INodeObserver
{
    public List<(ulong Id, uint Tag, bool Own, int Hops)> Stored { get; } = [];

    public List<(ulong Id, uint Tag)> Sent { get; } = [];

    public List<FrameVerdict> Refused { get; } = [];

    public List<(int Link, uint Tag)> Opened { get; } = [];

    public List<(int Link, uint Tag, LinkState Last)> Closed { get; } = [];

    public List<(byte[] Id, uint Timestamp)> Contacts { get; } = [];

    public List<(byte[] Id, uint Timestamp)> Identities { get; } = [];

    public void LinkOpened(int link, LinkKind kind, bool initiator, uint linkTag)
    {
        Opened.Add((link, linkTag));
    }

    public void LinkClosed(int link, uint linkTag, LinkState last)
    {
        Closed.Add((link, linkTag, last));
    }

    public void FrameStored(ulong frameId, uint linkTag, bool own, int hopBudget)
    {
        Stored.Add((frameId, linkTag, own, hopBudget));
    }

    public void FrameSent(ulong frameId, uint linkTag)
    {
        Sent.Add((frameId, linkTag));
    }

    public void FrameRefused(FrameVerdict reason, uint linkTag)
    {
        Refused.Add(reason);
    }

    public void ContactLearned(byte[] id, uint timestamp)
    {
        Contacts.Add(([.. id], timestamp));
    }

    public List<(ulong InnerId, WhisperStatus Status)> Statuses { get; } = [];

    public void WhisperStatusChanged(ulong innerId, WhisperStatus status)
    {
        Statuses.Add((innerId, status));
    }

    public void IdentityRenewed(byte[] id, uint timestamp)
    {
        Identities.Add(([.. id], timestamp));
    }
}
