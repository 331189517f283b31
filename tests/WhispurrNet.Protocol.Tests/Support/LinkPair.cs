using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>A link between two nodes over two queues without delay.</summary>
internal sealed class LinkPair
{
    private readonly byte[] _unit;

    /// <summary>Opens the link on both sides; the first node initiates.</summary>
    public LinkPair(
        NodeCore initiator, NodeCore responder, LinkKind kind, long nowMs = 0,
        int unitSize = FragmentWriter.UnitSizeMin, ulong responderAddress = 0)
    {
        Initiator = initiator;
        Responder = responder;

        // As a pump does between two links: a key pair that the last one used up is made anew.
        initiator.HandleTimeout(nowMs);
        responder.HandleTimeout(nowMs);
        InitiatorLink = initiator.OpenLink(kind, true, unitSize, responderAddress, nowMs);
        ResponderLink = responder.OpenLink(kind, false, unitSize, 0, nowMs);
        _unit = new byte[Math.Max(initiator.MaxUnit, responder.MaxUnit)];
    }

    public NodeCore Initiator { get; }

    public NodeCore Responder { get; }

    public int InitiatorLink { get; }

    public int ResponderLink { get; }

    /// <summary>Units carried so far.</summary>
    public int Units { get; private set; }

    public bool IsFinished =>
        Initiator.GetLinkState(InitiatorLink) == LinkState.Finished
        && Responder.GetLinkState(ResponderLink) == LinkState.Finished;

    /// <summary>Carries units both ways in turn until both sides are silent.</summary>
    /// <param name="nowMs">Now, for everything.</param>
    /// <param name="unitsMax">Stops after so many units: a cut.</param>
    public void Run(long nowMs, int unitsMax = 100_000)
    {
        bool quiet = false;
        while (!quiet && Units < unitsMax)
        {
            quiet = !Carry(Initiator, InitiatorLink, Responder, ResponderLink, nowMs)
                & !Carry(Responder, ResponderLink, Initiator, InitiatorLink, nowMs);
        }

        if (!quiet && unitsMax == 100_000)
        {
            throw new InvalidOperationException("The pair never falls silent.");
        }
    }

    public void Close(long nowMs)
    {
        Initiator.CloseLink(InitiatorLink, nowMs);
        Responder.CloseLink(ResponderLink, nowMs);
    }

    /// <summary>One contact from hello to disconnect.</summary>
    public static LinkPair Contact(NodeCore initiator, NodeCore responder, long nowMs = 0)
    {
        LinkPair pair = new(initiator, responder, LinkKind.Contact, nowMs);
        pair.Run(nowMs);
        pair.Close(nowMs);
        return pair;
    }

    private bool Carry(NodeCore from, int fromLink, NodeCore to, int toLink, long nowMs)
    {
        int count = from.PollTransmit(fromLink, _unit, 0, nowMs);
        if (count == 0)
        {
            return false;
        }

        Units++;
        to.Receive(toLink, _unit, 0, count, nowMs);
        return true;
    }
}
