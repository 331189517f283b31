using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.Up;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>
/// The nodes of a self-test as protocol cores of the desk, as the gateway runs them: the operating system's HMAC, time
/// by command, and streams that deliver at once.
/// </summary>
internal sealed class DeskMesh : ITestMesh
{
    private const string BoardLibrary = "WhispurrNet.Board.dll";
    private static readonly Lazy<MethodInfo> s_selfTest = new(() => Assembly
        .LoadFrom(Path.Combine(Path.GetDirectoryName(LineOptions.BundledProgram)!, BoardLibrary))
        .GetType("WhispurrNet.Board.BoardInspector", throwOnError: true)!
        .GetMethod("SelfTest")!);

    private const int StepMs = 100;
    private const int PatienceMs = 60_000;

    private readonly Dictionary<TestNode, DeskTestNode> _nodes = [];
    private readonly string _join = GatewayOptionSet.CreateJoinCode();
    private readonly string _otherJoin = GatewayOptionSet.CreateJoinCode();
    private long _nowMs;

    public DeskMesh()
    {
        foreach (TestNode node in Enum.GetValues<TestNode>())
        {
            _nodes.Add(node, Create(node));
        }

        LinkAll();
    }

    // The answers are in the board's library; here they are compared without a board around it.
    public IReadOnlyList<string> TestPrimitives() => (string[])s_selfTest.Value.Invoke(null, null)!;

    public string Identity(TestNode node) => _nodes[node].Core.IdentityText;

    public void Restart(TestNode node)
    {
        _nodes[node] = Create(node);
        LinkAll();
    }

    public IReadOnlyList<byte[]>? ReadStorage(TestNode node) => null;

    public SentWhisper Whisper(TestNode node, string intent, string text)
    {
        byte[] payload = Encoding.UTF8.GetBytes(text);
        return Sent(node, _nodes[node].Core.Resonate(intent, payload, 0, payload.Length, _nowMs));
    }

    public SentWhisper Broadcast(TestNode node, string text)
    {
        byte[] payload = Encoding.UTF8.GetBytes(text);
        return Sent(node, _nodes[node].Core.Broadcast(payload, 0, payload.Length, _nowMs));
    }

    public int CountKeysThatOpen(TestNode node, byte[] frame) => _nodes[node].Core.CountKeysThatOpen(frame);

    public bool Hears(TestNode node, string text) => Await(() => HasHeard(node, text));

    public bool Holds(TestNode node, SentWhisper whisper) => Await(
        () => _nodes[node].Core.CopyFrame(whisper.FrameId, new byte[whisper.Frame.Length]));

    public bool HasHeard(TestNode node, string text) => _nodes[node].Heard.Contains(text);

    public void Dispose()
    {
        foreach (DeskTestNode node in _nodes.Values)
        {
            node.Core.Wipe();
        }
    }

    private DeskTestNode Create(TestNode node)
    {
        var configuration = new NodeConfiguration
        {
            Network = NetworkKey.FromJoinCode(node == TestNode.Stranger ? _otherJoin : _join),
            Limits = NodeLimits.Desk(),
        };
        var created = new DeskTestNode(new NodeCore(
            configuration, new HostHmacSha256(), RandomNumberGenerator.GetBytes(NodeCore.SeedSize), _nowMs));
        created.Core.Tune(node is TestNode.Listener or TestNode.Stranger
            ? SelfTestRun.Intent
            : SelfTestRun.OtherIntent);
        return created;
    }

    // A link to everybody else, anew.
    private void LinkAll()
    {
        foreach (DeskTestNode node in _nodes.Values)
        {
            node.CloseAll(_nowMs);
        }

        DeskTestNode[] nodes = [.. _nodes.Values];
        for (int i = 0; i < nodes.Length; i++)
        {
            for (int j = i + 1; j < nodes.Length; j++)
            {
                DeskTestNode.Connect(nodes[i], nodes[j], _nowMs);
            }
        }
    }

    private bool Await(Func<bool> condition)
    {
        long end = _nowMs + PatienceMs;
        while (!condition() && _nowMs < end)
        {
            while (_nodes.Values.Sum(node => node.Exchange(_nowMs)) > 0)
            {
                // What one sends, another may pass on.
            }

            _nowMs += StepMs;
        }

        return condition();
    }

    private SentWhisper Sent(TestNode node, SendResult result)
    {
        NodeCore core = _nodes[node].Core;
        var frame = new byte[FrameLayout.StandardFrameSize];
        return result != SendResult.Queued ? throw new CommandFailure($"The node did not take it: {result}.")
            : core.CopyFrame(core.LastSentId, frame) ? new SentWhisper(core.LastSentId, frame)
            : throw new UnreachableException("A node holds what it just took.");
    }
}
