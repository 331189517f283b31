using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>One discoverable node whose card is out, which a test hands any frame over a stream.</summary>
internal sealed class DirectDesk
{
    public DirectDesk(int seed = 1)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.Discoverable = true;
        Node = TestNetwork.Node(seed, configuration);
        Node.Observer = Recorder;
        Advance(30_000);
        Card = CardReader.CardOf(Node, Recorder);
    }

    public NodeCore Node { get; }

    public Recorder Recorder { get; } = new();

    public FrameMaker Maker { get; } = new(2);

    /// <summary>The node's card at the start.</summary>
    public byte[] Card { get; }

    public byte[] PublicKey => Card[..32];

    public byte[] MailboxKey => Card[32..64];

    public byte[] Id => Convert.FromHexString(Node.IdentityText[..32]);

    public long NowMs { get; private set; }

    public NodeStatistics Statistics => Node.Statistics;

    public void Advance(long ms)
    {
        NowMs += ms;
        Node.HandleTimeout(NowMs);
    }

    /// <summary>Hands frames to the node and returns what its application gets.</summary>
    public List<WhisperMessage> Take(params byte[][] frames)
    {
        WirePeer peer = new(Node, nowMs: NowMs);
        peer.Meet();
        Array.ForEach(frames, peer.SendFrame);
        Node.CloseLink(peer.Link, NowMs);
        return Poll();
    }

    public List<WhisperMessage> Poll()
    {
        List<WhisperMessage> all = [];
        WhisperMessage message = TestNetwork.Message(Node);
        while (Node.PollWhisper(message))
        {
            all.Add(message);
            message = TestNetwork.Message(Node);
        }

        return all;
    }

    /// <summary>Opens a contact that goes on until it is closed.</summary>
    public int OpenContact()
    {
        return Node.OpenLink(LinkKind.Contact, true, FragmentWriter.UnitSizeMin, 0xC0, NowMs);
    }
}
