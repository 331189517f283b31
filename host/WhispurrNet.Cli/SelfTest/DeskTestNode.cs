using System.Text;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>A core with streams to others, and what its application was given.</summary>
internal sealed class DeskTestNode(NodeCore core)
{
    private readonly List<(int Link, DeskTestNode Peer, int PeerLink)> _links = [];
    private readonly WhisperMessage _message = new(core.MaxPayload);

    /// <summary>The node.</summary>
    public NodeCore Core => core;

    /// <summary>The texts it was given.</summary>
    public HashSet<string> Heard { get; } = [];

    /// <summary>Opens a stream between two nodes.</summary>
    public static void Connect(DeskTestNode first, DeskTestNode second, long nowMs)
    {
        int atFirst = first.Core.OpenLink(LinkKind.Stream, true, 0, 0, nowMs);
        int atSecond = second.Core.OpenLink(LinkKind.Stream, false, 0, 0, nowMs);
        first._links.Add((atFirst, second, atSecond));
        second._links.Add((atSecond, first, atFirst));
    }

    /// <summary>Ends its streams on this side.</summary>
    public void CloseAll(long nowMs)
    {
        foreach ((int link, _, _) in _links)
        {
            core.CloseLink(link, nowMs);
        }

        _links.Clear();
    }

    /// <summary>Does what is due, sends what there is, and takes what came.</summary>
    /// <returns>How many messages it sent.</returns>
    public int Exchange(long nowMs)
    {
        core.HandleTimeout(nowMs);
        int sent = 0;
        var unit = new byte[core.MaxUnit];
        foreach ((int link, DeskTestNode peer, int peerLink) in _links)
        {
            while (core.PollTransmit(link, unit, 0, nowMs) is > 0 and int count)
            {
                peer.Core.Receive(peerLink, unit.AsSpan(0, count).ToArray(), 0, count, nowMs);
                sent++;
            }
        }

        while (core.PollWhisper(_message))
        {
            Heard.Add(Encoding.UTF8.GetString(_message.Payload, 0, _message.PayloadCount));
        }

        return sent;
    }
}
