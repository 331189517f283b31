using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Mesh;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Abuse;

/// <summary>
/// Seven honest boards and a flooder among them, in one of several topologies. The honest ones whisper every five minutes,
/// as the sample does; the flooder makes a frame every half second, without any budget, that claims to live for a day.
/// </summary>
internal sealed class AbuseMesh
{
    public const int Honest = 7;

    private const long SendForMs = 30 * 60_000;
    private const long EveryMs = 5 * 60_000;
    private const long FloodEveryMs = 500;

    private const long EndMs = SendForMs + (30 * 60_000);

    private readonly List<EvictionWatch> _watches = [];

    public AbuseMesh(string topology, int seed, int floodersNetwork)
    {
        Mesh = new VirtualMesh(seed) { Discoverable = false };
        Flooder = Mesh.Board(floodersNetwork, NodeLimits.Desk(), c =>
        {
            c.WhisperBurst = int.MaxValue;
            c.WhisperRefillMs = 1;
            c.WhisperLifetimeSeconds = 24 * 3600;
            c.Gossip.StayMs = 0;
        });
        Boards = [.. Enumerable.Range(0, Honest).Select(_ => Mesh.Board())];
        foreach (MeshNode board in Boards)
        {
            EvictionWatch watch = new(board.Core);
            board.Core.Observer = watch;
            _watches.Add(watch);
        }

        Arrange(topology);
        for (int i = 0; i < Honest; i++)
        {
            Boards[i].Tune("a");
            for (long atMs = 60_000; atMs < SendForMs; atMs += EveryMs)
            {
                Mesh.SendAt(Boards[i], i % 2 == 0 ? "a" : null, atMs + Mesh.Topology.Next((int)EveryMs));
            }
        }
    }

    public VirtualMesh Mesh { get; }

    public MeshNode Flooder { get; }

    public MeshNode[] Boards { get; }

    /// <summary>Own frames evicted for a stranger's, on all boards together.</summary>
    public int EvictedForStrangers => _watches.Sum(w => w.EvictedForStrangers);

    /// <summary>Whispers that arrived at the honest, and those that should have.</summary>
    public (int Arrived, int Due) Run()
    {
        Mesh.At(1, Flood);
        Mesh.RunCalmly(EndMs);
        return Mesh.Tally(n => n != Flooder);
    }

    private void Flood()
    {
        // To an intent that nobody listens to: what it carries is for nobody.
        SendResult result = Flooder.Core.Resonate("noise", [1, 2, 3], 0, 3, Mesh.NowMs);
        Assert.True(result is SendResult.Queued or SendResult.StoreFull, result.ToString());
        Mesh.At(Mesh.NowMs + FloodEveryMs, Flood);
    }

    private void Arrange(string topology)
    {
        List<MeshNode> all = [.. Boards];
        switch (topology)
        {
            case "line":
                all.Insert(Honest / 2, Flooder);
                Line(all);

                // The line holds together without the flooder, which need not hand anything on.
                Mesh.InRange(Boards[(Honest / 2) - 1], Boards[Honest / 2]);
                break;
            case "ring":
                all.Add(Flooder);
                Line(all);
                Mesh.InRange(Flooder, Boards[0]);
                Mesh.InRange(Boards[^1], Boards[0]);
                break;
            case "star":
                all.Add(Flooder);
                all[1..].ForEach(b => Mesh.InRange(all[0], b));
                break;
            default:
                all.Add(Flooder);
                for (int i = 0; i < all.Count; i++)
                {
                    all[..i].ForEach(b => Mesh.InRange(all[i], b));
                }

                break;
        }
    }

    private void Line(List<MeshNode> nodes)
    {
        for (int i = 1; i < nodes.Count; i++)
        {
            Mesh.InRange(nodes[i - 1], nodes[i]);
        }
    }
}
