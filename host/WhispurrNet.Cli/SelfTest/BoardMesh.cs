using System.Collections.Concurrent;
using System.Text;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Virtual;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>The nodes of a self-test as virtual boards, which run device binaries as fast as this machine can.</summary>
internal sealed class BoardMesh : ITestMesh
{
    private const string Inspector = "WhispurrNet.Board.BoardInspector";

    // In board time, of which days pass in seconds.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    private readonly BoardClock _clock = new(double.PositiveInfinity);
    private readonly Ether _ether;
    private readonly Dictionary<TestNode, VirtualBoard> _boards = [];
    private readonly ConcurrentQueue<(TestNode Node, string Line)> _lines = new();
    private readonly ClockHold _hold;

    private BoardMesh()
    {
        // Nothing happens by itself between two checks: board time passes only while one waits for something.
        _hold = _clock.Hold();
        _ether = new Ether(_clock, Random.Shared.Next());
    }

    /// <summary>Switches the boards on and waits until they run. One thread uses and disposes of what this returns.</summary>
    /// <param name="program">The device executable.</param>
    /// <exception cref="CommandFailure">They do not start.</exception>
    public static BoardMesh Start(string program)
    {
        var mesh = new BoardMesh();
        try
        {
            string join = GatewayOptionSet.CreateJoinCode();
            mesh.Add(TestNode.Speaker, program, join, SelfTestRun.OtherIntent);
            mesh.Add(TestNode.Listener, program, join, SelfTestRun.Intent);
            mesh.Add(TestNode.Bystander, program, join, SelfTestRun.OtherIntent);
            mesh.Add(TestNode.Stranger, program, GatewayOptionSet.CreateJoinCode(), SelfTestRun.Intent);
            mesh._ether.LinkAll([.. mesh._boards.Values.Select(board => board.Name)]);
            foreach (VirtualBoard board in mesh._boards.Values)
            {
                board.Start();
            }

            foreach (TestNode node in mesh._boards.Keys)
            {
                mesh.AwaitBoot(node, times: 1);
            }

            return mesh;
        }
        catch
        {
            mesh.Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> TestPrimitives() => (string[])Ask(TestNode.Speaker, "SelfTest")!;

    public string Identity(TestNode node) => (string)Ask(node, "Identity")!;

    public void Restart(TestNode node)
    {
        int times = Boots(node);
        _boards[node].Restart();
        AwaitBoot(node, times + 1);
    }

    public IReadOnlyList<byte[]>? ReadStorage(TestNode node)
    {
        BoardFileSystem drive = _boards[node].Files;
        return [.. drive.ListFiles(BoardFileSystem.Root).Select(drive.Read)];
    }

    public SentWhisper Whisper(TestNode node, string intent, string text) =>
        Sent(node, Ask(node, "Whisper", intent, Encoding.UTF8.GetBytes(text)));

    public SentWhisper Broadcast(TestNode node, string text) =>
        Sent(node, Ask(node, "Broadcast", Encoding.UTF8.GetBytes(text)));

    public int CountKeysThatOpen(TestNode node, byte[] frame) => (int)Ask(node, "CountKeysThatOpen", frame)!;

    public bool Hears(TestNode node, string text) => Await(() => HasHeard(node, text));

    public bool Holds(TestNode node, SentWhisper whisper) => Await(() => _lines.Any(
        said => said.Node == node
            && said.Line.StartsWith($"wn frame {whisper.FrameId:x16} stored ", StringComparison.Ordinal)));

    public bool HasHeard(TestNode node, string text) => _lines.Any(
        said => said.Node == node && said.Line.StartsWith("heard ", StringComparison.Ordinal)
            && said.Line.EndsWith(": " + text, StringComparison.Ordinal));

    public void Dispose()
    {
        _hold.Dispose();
        Parallel.ForEach(_boards.Values, board => board.Dispose());
        _ether.Dispose();
        _clock.Dispose();
    }

    private void Add(TestNode node, string program, string join, string intent)
    {
        string name = node.ToString().ToLowerInvariant();
        string settings = $"name={name}\njoin={join}\nintents={intent}\ntrace=on\nevery=0\n"
            + (node == TestNode.Stranger ? "size=full\n" : string.Empty);
        var board = new VirtualBoard(new VirtualBoardOptions
        {
            Name = name,
            BluetoothAddress = 0x2462_AB00_0001UL + (uint)node,
            EntryAssembly = program,
            Clock = _clock,
            Ether = _ether,
            Files = new Dictionary<string, byte[]> { [@"I:\whispurr.cfg"] = Encoding.UTF8.GetBytes(settings) },
        });
        board.SerialLine += (_, line) => _lines.Enqueue((node, line.Text));
        _boards.Add(node, board);
    }

    private object? Ask(TestNode node, string method, params object?[] arguments)
    {
        try
        {
            return _boards[node].InvokeStatic(Inspector, method, arguments);
        }
        catch (Exception e) when (e is TypeLoadException or MissingMethodException)
        {
            throw new CommandFailure("The boards' program has no BoardInspector of WhispurrNet.Board to ask.");
        }
    }

    private SentWhisper Sent(TestNode node, object? result)
    {
        if (result is not 0)
        {
            throw new CommandFailure($"The board did not take it: result {result}.");
        }

        var id = (ulong)Ask(node, "LastSentId")!;
        var frame = new byte[FrameLayout.StandardFrameSize];
        return (bool)Ask(node, "CopyFrame", id, frame)!
            ? new SentWhisper(id, frame)
            : throw new CommandFailure("The board does not hold what it just took.");
    }

    private int Boots(TestNode node) => _lines.Count(
        said => said.Node == node && said.Line.StartsWith("wn boot ", StringComparison.Ordinal));

    private void AwaitBoot(TestNode node, int times)
    {
        if (!Await(() => Boots(node) >= times))
        {
            string? error = _lines.LastOrDefault(
                said => said.Node == node && said.Line.StartsWith("wn error ", StringComparison.Ordinal)).Line;
            throw new CommandFailure($"A virtual board does not start{(error is null ? "." : ": " + error[9..])}");
        }
    }

    private bool Await(Func<bool> condition) => _hold.WaitUntil(condition, s_patience, s_step);
}
