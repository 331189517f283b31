using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.Nodes.Peers;

namespace WhispurrNet.Simulation.Tests.Peers;

/// <summary>A few peers of one strategy, their time, and contacts and streams between them, unit by unit.</summary>
internal sealed class PeerBench
{
    public const long LifetimeMs = 3600 * 1000;

    private const int StepMs = 30;

    public PeerBench(string strategy, int count, NodeLimits? limits = null, int seed = 1)
    {
        Nodes = new PeerNode[count];
        for (int i = 0; i < count; i++)
        {
            Nodes[i] = PeerFactory.Create(
                strategy, limits ?? NodeLimits.Full(), AddressOf(i), seed, LifetimeMs, NowMs, i);
        }
    }

    public PeerNode[] Nodes { get; }

    public long NowMs { get; set; }

    /// <summary>May change a unit on its way: gets it and its bytes, returns its bytes.</summary>
    public Func<byte[], int, int>? Damage { get; set; }

    public static TheoryData<string> Strategies => [.. StrategyNames.All.Where(s => s != StrategyNames.Whispurr)];

    public static ulong AddressOf(int node) => 0xC00000000000UL + (ulong)node;

    /// <summary>Both hear each other's advertisement.</summary>
    public void Hear(int a, int b)
    {
        byte[] advertisement = new byte[Digest.Size];
        Nodes[a].AdvertisementSeen(AddressOf(b), advertisement, NowMs);
        Nodes[b].AdvertisementSeen(AddressOf(a), advertisement, NowMs);
    }

    /// <summary>Everybody hears everybody.</summary>
    public void HearAll()
    {
        for (int a = 0; a < Nodes.Length; a++)
        {
            for (int b = a + 1; b < Nodes.Length; b++)
            {
                Hear(a, b);
            }
        }
    }

    public SendOutcome Send(int node, int number, WhisperKind kind = WhisperKind.Broadcast, int recipient = -1)
    {
        return Nodes[node].Send(new SimulatedWhisper(number, kind, node) { Recipient = recipient }, NowMs);
    }

    /// <summary>What a node's application gets now.</summary>
    public List<int> Delivered(int node)
    {
        List<int> numbers = [];
        for (int number = Nodes[node].PollDelivered(NowMs); number >= 0; number = Nodes[node].PollDelivered(NowMs))
        {
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Holds a contact to its end.</summary>
    /// <param name="client">Who dials.</param>
    /// <param name="server">Who is dialled.</param>
    /// <param name="cutAfterUnits">Units after which the connection is gone.</param>
    public Meeting Contact(int client, int server, int cutAfterUnits = int.MaxValue)
    {
        Meeting meeting = new();
        PeerNode[] ends = [Nodes[client], Nodes[server]];
        int[] links =
        [
            ends[0].OpenLink(LinkKind.Contact, true, AddressOf(server), NowMs),
            ends[1].OpenLink(LinkKind.Contact, false, 0, NowMs),
        ];
        byte[] unit = new byte[PeerRecord.SizeMax];
        while (meeting.Units < cutAfterUnits
            && ends[0].GetLinkState(links[0]) == LinkState.Open && ends[1].GetLinkState(links[1]) != LinkState.Failed)
        {
            for (int side = 0; side < 2 && meeting.Units < cutAfterUnits; side++)
            {
                ends[side].HandleTimeout(NowMs);
                int count = ends[side].PollTransmit(links[side], unit, NowMs);
                Assert.InRange(count, 0, 20);
                if (count > 0)
                {
                    meeting.Count(side, unit, count);
                    count = Damage?.Invoke(unit, count) ?? count;
                    ends[1 - side].Receive(links[1 - side], unit, count, NowMs);
                }
            }

            NowMs += StepMs;
        }

        meeting.Client = ends[0].GetLinkState(links[0]);
        meeting.Server = ends[1].GetLinkState(links[1]);
        ends[0].CloseLink(links[0], NowMs);
        ends[1].CloseLink(links[1], NowMs);
        bool completed = meeting.Client == LinkState.Finished;
        ends[0].ContactEnded(
            AddressOf(server), completed ? ContactResult.Completed : ContactResult.Cut, NowMs);
        ends[1].InboundEnded(meeting.Server == LinkState.Failed, NowMs);
        return meeting;
    }

    /// <summary>Opens a stream.</summary>
    public (int Client, int Server) Stream(int client, int server)
    {
        return (Nodes[client].OpenLink(LinkKind.Stream, true, 0, NowMs),
            Nodes[server].OpenLink(LinkKind.Stream, false, 0, NowMs));
    }

    /// <summary>Moves what a stream has to say, until it is silent.</summary>
    /// <returns>Frames that went over it.</returns>
    public int Flow(int client, int server, (int Client, int Server) stream)
    {
        byte[] unit = new byte[PeerRecord.SizeMax];
        int frames = 0;
        for (bool any = true; any;)
        {
            any = false;
            for (int side = 0; side < 2; side++)
            {
                (PeerNode from, int link) = side == 0 ? (Nodes[client], stream.Client) : (Nodes[server], stream.Server);
                (PeerNode to, int other) = side == 0 ? (Nodes[server], stream.Server) : (Nodes[client], stream.Client);
                from.HandleTimeout(NowMs);
                int count = from.PollTransmit(link, unit, NowMs);
                any |= count > 0;
                if (count > 0)
                {
                    frames += count == 1 + PeerFrame.Size + RecordSeal.Size ? 1 : 0;
                    to.Receive(other, unit, count, NowMs);
                }
            }
        }

        return frames;
    }
}

/// <summary>What went over the air in one contact.</summary>
internal sealed class Meeting
{
    private const int FrameRecord = 1 + PeerFrame.Size + RecordSeal.Size;

    public LinkState Client { get; set; }

    public LinkState Server { get; set; }

    public int Units { get; private set; }

    public int[] Bytes { get; } = new int[2];

    public int[] Frames { get; } = new int[2];

    public void Count(int side, byte[] unit, int count)
    {
        Units++;
        Bytes[side] += count;
        bool isFirst = (unit[1] & 0x80) != 0;
        Frames[side] += isFirst && unit[2] + (unit[3] << 8) == FrameRecord ? 1 : 0;
    }
}
