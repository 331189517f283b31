using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>Members of the home network that meet when told to, and have each other's contact cards.</summary>
internal sealed class CardedMesh
{
    private readonly List<NodeCore> _nodes = [];

    public CardedMesh(int frameSize, params int[] seeds)
    {
        foreach (int seed in seeds)
        {
            NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
            configuration.FrameSize = frameSize;
            configuration.Discoverable = true;
            _nodes.Add(TestNetwork.Node(seed, configuration));
        }

        Advance(30_000);
        MeetAll();
    }

    public long NowMs { get; private set; }

    public NodeCore this[int index] => _nodes[index];

    /// <summary>The identity that a node has now.</summary>
    public byte[] IdOf(int index)
    {
        return Convert.FromHexString(_nodes[index].IdentityText[..32]);
    }

    /// <summary>Time passes, and every node does what is due in steps of ten seconds.</summary>
    public void Advance(long ms)
    {
        for (long left = ms; left > 0; left -= 10_000)
        {
            NowMs += Math.Min(left, 10_000);
            _nodes.ForEach(n => n.HandleTimeout(NowMs));
        }
    }

    public void Contact(int from, int to)
    {
        LinkPair.Contact(_nodes[from], _nodes[to], NowMs);
    }

    /// <summary>Everybody meets everybody, and opens what came.</summary>
    public void MeetAll()
    {
        for (int i = 0; i < _nodes.Count; i++)
        {
            for (int j = i + 1; j < _nodes.Count; j++)
            {
                Contact(i, j);
            }
        }

        for (int i = 0; i < _nodes.Count; i++)
        {
            Poll(i);
        }
    }

    /// <summary>Everything that a node has for its application.</summary>
    public List<WhisperMessage> Poll(int index)
    {
        List<WhisperMessage> all = [];
        while (true)
        {
            WhisperMessage message = TestNetwork.Message(_nodes[index]);
            if (!_nodes[index].PollWhisper(message))
            {
                return all;
            }

            all.Add(message);
        }
    }
}
