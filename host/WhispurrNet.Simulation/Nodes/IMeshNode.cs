using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Simulation.Nodes;

/// <summary>
/// What the medium drives: a node's radio schedule, its links, its application. The node core that boards run and every
/// strategy that it is compared with stand behind it, and see the same radio, the same time, the same load.
/// </summary>
/// <remarks>
/// Time is milliseconds of the world. The medium asks <see cref="NextAction"/> when the radio is free and
/// <see cref="RadioDeadlineMs"/> has come or something was received; does what it says; and tells how it went. Over an open
/// link it moves units of at most 20 bytes in a contact, whole records on a stream.
/// </remarks>
internal interface IMeshNode
{
    /// <summary>Most bytes that <see cref="PollTransmit"/> writes.</summary>
    int MaxUnit { get; }

    /// <summary>When <see cref="HandleTimeout"/> wants to be called at the latest; long.MaxValue for never.</summary>
    long NextDeadlineMs { get; }

    /// <summary>When to ask <see cref="NextAction"/> again at the latest.</summary>
    long RadioDeadlineMs { get; }

    /// <summary>Whom to connect to while the action is <see cref="RadioAction.Contact"/>.</summary>
    ulong ContactAddress { get; }

    /// <summary>What the radio should be doing now.</summary>
    RadioAction NextAction(long nowMs);

    /// <summary>The scan really began only now.</summary>
    void ScanBegan(long nowMs);

    /// <summary>The scan is over.</summary>
    void ScanEnded(long nowMs);

    /// <summary>Writes what is advertised from now on, 24 bytes; for every start of serving.</summary>
    void WriteAdvertisement(byte[] advertisement, long nowMs);

    /// <summary>Whether serving is to stop and begin anew, for the sake of what is advertised.</summary>
    bool RenewsAdvertisement(long nowMs);

    /// <summary>An advertisement was heard.</summary>
    void AdvertisementSeen(ulong address, byte[] advertisement, long nowMs);

    /// <summary>A contact that this node dialled is over.</summary>
    void ContactEnded(ulong address, ContactResult result, long nowMs);

    /// <summary>A contact in which this node was dialled is over.</summary>
    /// <param name="stuck">Whether the other side was silent or took too long.</param>
    /// <param name="nowMs">Now.</param>
    void InboundEnded(bool stuck, long nowMs);

    /// <summary>Takes a link into use.</summary>
    /// <param name="kind">How it carries records.</param>
    /// <param name="initiator">True on the side that connected.</param>
    /// <param name="neighbour">The other side's address; 0 when it is not known, as on the side that was dialled.</param>
    /// <param name="nowMs">Now.</param>
    /// <returns>Its number, or -1 when there is no place.</returns>
    int OpenLink(LinkKind kind, bool initiator, ulong neighbour, long nowMs);

    /// <summary>Takes one unit that came over a link.</summary>
    void Receive(int link, byte[] unit, int count, long nowMs);

    /// <summary>Writes the next unit to be sent over a link.</summary>
    /// <returns>Its bytes, 0 when there is nothing to send now. A unit that was polled is sent.</returns>
    int PollTransmit(int link, byte[] unit, long nowMs);

    /// <summary>Where a link is in its life.</summary>
    LinkState GetLinkState(int link);

    /// <summary>The connection under a link is gone.</summary>
    void CloseLink(int link, long nowMs);

    /// <summary>Does what is due.</summary>
    void HandleTimeout(long nowMs);

    /// <summary>Takes a whisper of the node's own.</summary>
    /// <param name="whisper">What to send.</param>
    /// <param name="nowMs">Now.</param>
    /// <returns>Whether it was taken; otherwise it is tried again later.</returns>
    SendOutcome Send(SimulatedWhisper whisper, long nowMs);

    /// <summary>The number of the next whisper that came for the application, or -1.</summary>
    int PollDelivered(long nowMs);
}

/// <summary>What became of a whisper that was to be sent.</summary>
internal enum SendOutcome
{
    /// <summary>The node takes care of it from now on.</summary>
    Accepted,

    /// <summary>The node said: later.</summary>
    Congested,

    /// <summary>There is nobody it could go to yet.</summary>
    NoRecipient,
}
