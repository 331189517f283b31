using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>Notes what a member makes, and what each of these frames is.</summary>
/// <param name="node">Number of the member.</param>
/// <param name="recording">Receives the truth.</param>
internal sealed class OriginWatcher(int node, Recording recording) : INodeObserver
{
    private readonly List<ulong> _made = [];
    private uint _cards;
    private uint _covers;

    /// <summary>The direct whisper's frame that came last: what is acknowledged next.</summary>
    public ulong LastOpened { get; set; }

    /// <summary>Names the frames made since the last call by a whisper of the application.</summary>
    /// <returns>Id of the first; 0 when there was none.</returns>
    public ulong Name(FrameKind kind, string? conversation, long atMs, ulong answerTo = 0)
    {
        foreach (ulong id in _made)
        {
            recording.Add(new FrameTruth(id, kind, conversation, node, atMs) { AnswerTo = answerTo });
        }

        ulong first = _made.Count > 0 ? _made[0] : 0;
        _made.Clear();
        return first;
    }

    /// <summary>Names the frames that the node made of its own accord.</summary>
    public void NameOwn(NodeStatistics statistics, long atMs)
    {
        // In one turn a node makes acknowledgements and resends first, then its card, then cover.
        uint cards = statistics.CardsSent - _cards;
        uint covers = statistics.CoverFrames - _covers;
        (_cards, _covers) = (statistics.CardsSent, statistics.CoverFrames);
        for (int i = 0; i < _made.Count; i++)
        {
            int fromEnd = _made.Count - i;
            FrameKind kind = fromEnd <= covers ? FrameKind.Cover
                : fromEnd <= covers + cards ? FrameKind.Card
                : FrameKind.Acknowledgement;
            ulong answerTo = kind == FrameKind.Acknowledgement ? LastOpened : 0;
            recording.Add(new FrameTruth(_made[i], kind, null, node, atMs) { AnswerTo = answerTo });
        }

        _made.Clear();
    }

    public void FrameStored(ulong frameId, uint linkTag, bool own, int hopBudget)
    {
        if (linkTag == 0)
        {
            _made.Add(frameId);
        }
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
