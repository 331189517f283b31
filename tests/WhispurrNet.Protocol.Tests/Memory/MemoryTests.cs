using System.Globalization;
using System.Text;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Noise;
using WhispurrNet.Protocol.Obfuscation;
using WhispurrNet.Protocol.Sealing;
using WhispurrNet.Protocol.Tests.Document;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Memory;

/// <summary>The budgets of a board: 18 KB for the core without external RAM, 57 KB with it.</summary>
public class MemoryTests
{
    private const int SmallMax = 18 * 1024;
    private const int FullMax = 57 * 1024;
    private const int UsualIntents = 4;
    private const int DirectInnerSize = 99;

    [Fact]
    public void TheHeapRuleGivesTheKnownSizes()
    {
        Assert.Equal(24, ManagedHeap.SizeOf(new byte[1]));
        Assert.Equal(276, ManagedHeap.SizeOf(new byte[256]));
        Assert.Equal(108, ManagedHeap.SizeOf(new long[10]));
        Assert.Equal(216, ManagedHeap.SizeOf(new object[16]));
        Assert.Equal(24, ManagedHeap.SizeOf(new Boxed()));
        Assert.Equal(24, ManagedHeap.SizeOf("0123456789"));
    }

    [Fact]
    public void TheSmallCoreFitsItsBudget()
    {
        AssertFits(Usual(NodeLimits.Small()), SmallMax);
    }

    [Fact]
    public void TheFullCoreFitsItsBudget()
    {
        AssertFits(Usual(NodeLimits.Full()), FullMax);
    }

    [Fact]
    public void WorkDoesNotMakeTheCoreGrow()
    {
        NodeCore node = Usual(NodeLimits.Small());
        int before = new NodeFootprint(node).Total;
        FrameMaker maker = new(2);
        WhisperMessage message = TestNetwork.Message(node);
        WirePeer peer = new(node, nowMs: 1000);
        Assert.Equal(NodeCore.NoLink, peer.Link);
        node.CloseLink(0, 1000);
        node.CloseLink(1, 1000);
        for (int i = 0; i < 50; i++)
        {
            WirePeer next = new(node, nowMs: i * 1000);
            next.Meet();
            next.SendFrame(maker.Broadcast());
            node.PollWhisper(message);
            node.Broadcast([1], 0, 1, i * 1000);
            node.Neighbours.Heard((ulong)i + 1, i * 1000);
            node.HandleTimeout(i * 1000);
            next.Receive();
            node.CloseLink(next.Link, i * 1000);
        }

        Assert.Equal(before, new NodeFootprint(node).Total);
    }

    [Fact]
    public void EveryStructureOfTheTableIsFound()
    {
        NodeFootprint footprint = new(Usual(NodeLimits.Small()));

        Assert.All(NodeFootprint.Groups, group => Assert.True(footprint[group] > 0, group));
    }

    /// <summary>With WHISPURR_UPDATE_EXAMPLES=1 in the environment the page is rewritten first.</summary>
    [Fact]
    public void ThePageSaysTheSizes()
    {
        const string begin = "<!-- memory -->\n";
        const string end = "<!-- /memory -->\n";
        string page = File.ReadAllText(ProtocolDocument.Path);
        int from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = page.IndexOf(end, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("WHISPURR_UPDATE_EXAMPLES") == "1")
        {
            File.WriteAllText(ProtocolDocument.Path, page[..from] + Table() + page[to..]);
            return;
        }

        Assert.Equal(Table(), page[from..to]);
    }

    /// <summary>A maker's node: four intents, one contact and one stream open.</summary>
    private static NodeCore Usual(NodeLimits limits, Action<NodeConfiguration>? configure = null)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home, limits);
        configure?.Invoke(configuration);
        NodeCore node = TestNetwork.Node(1, configuration);
        for (int i = 0; i < UsualIntents; i++)
        {
            Assert.True(node.Tune("emotion_data" + i));
        }

        new WirePeer(node, LinkKind.Contact).Meet();
        new WirePeer(node).Meet();
        Assert.Equal(SendResult.Queued, node.Broadcast([1], 0, 1, 0));
        return node;
    }

    /// <summary>Every key in use and every link a contact once.</summary>
    private static NodeCore Worst(NodeLimits limits)
    {
        NodeCore node = TestNetwork.Node(1, limits: limits);
        for (int i = 1; i < limits.Keys; i++)
        {
            Assert.True(node.Tune("emotion_data" + i));
        }

        for (int i = 0; i < limits.Links; i++)
        {
            new WirePeer(node, LinkKind.Contact).Meet();
        }

        return node;
    }

    private static void Obfuscated(NodeConfiguration configuration)
    {
        configuration.Obfuscation = new StealthObfuscation();
    }

    private static void Large(NodeConfiguration configuration)
    {
        configuration.FrameSize = FrameLayout.StealthFrameSize;
    }

    private static void AssertFits(NodeCore node, int max)
    {
        int total = new NodeFootprint(node).Total;
        Assert.True(total <= max, $"{total} of {max} bytes\n{Table()}");
    }

    private static string Table()
    {
        NodeLimits[] limits = [NodeLimits.Small(), NodeLimits.Full()];
        NodeFootprint[] usual = [.. limits.Select(l => new NodeFootprint(Usual(l)))];
        NodeFootprint[] worst = [.. limits.Select(l => new NodeFootprint(Worst(l)))];
        StringBuilder table = new("| structure | small: bound | bytes | full: bound | bytes |\n");
        table.Append("| --- | --- | --- | --- | --- |\n");
        foreach (string group in NodeFootprint.Groups)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {group} | {BoundOf(group, limits[0])} ");
            table.Append(CultureInfo.InvariantCulture, $"| {usual[0][group]:N0} ");
            table.Append(CultureInfo.InvariantCulture, $"| {BoundOf(group, limits[1])} | {usual[1][group]:N0} |\n");
        }

        AppendSum(table, "**core**, four intents, a contact and a stream", usual[0].Total, usual[1].Total);
        AppendSum(table, "core, all keys in use, all links contacts", worst[0].Total, worst[1].Total);
        foreach ((string what, int bytes) in Besides())
        {
            AppendSum(table, "besides: " + what, bytes, bytes);
        }

        int[] obfuscated = [.. limits.Select(l => new NodeFootprint(Usual(l, Obfuscated)).Total)];
        AppendSum(table, "besides: obfuscation", obfuscated[0] - usual[0].Total, obfuscated[1] - usual[1].Total);
        int[] large = [.. limits.Select(l => new NodeFootprint(Usual(l, Large)).Total)];
        AppendSum(table, "besides: frames of 512 bytes", large[0] - usual[0].Total, large[1] - usual[1].Total);

        return table.ToString();
    }

    private static void AppendSum(StringBuilder table, string what, int small, int full)
    {
        table.Append(CultureInfo.InvariantCulture, $"| {what} | | {small:N0} | | {full:N0} |\n");
    }

    /// <summary>What is not the core's, or not for long.</summary>
    private static (string What, int Bytes)[] Besides()
    {
        MacWorkspace mac = new(new HmacSha256());
        int sealing =
            ManagedHeap.SizeOfAll(new WhisperSealer(mac, 256), mac) + ManagedHeap.SizeOfAll(new WhisperHeader());
        HandshakeState noise = new(
            HandshakePattern.X(), true, new byte[60], new byte[32], new byte[32], new byte[32], new byte[32],
            null, null, mac.Hmac);
        X25519 making = new();
        making.ScalarMultiplyBase(new byte[X25519.KeySize], new byte[X25519.KeySize]);
        int curve = ManagedHeap.SizeOfAll(making);
        int handshake = ManagedHeap.SizeOfAll(noise, mac.Hmac) + curve + ManagedHeap.SizeOf(new byte[60]);
        int inner = ManagedHeap.SizeOf(new byte[DirectInnerSize]) + ManagedHeap.SizeOf(new byte[195]);
        return
        [
            ("while a whisper is sealed or opened", sealing),
            ("while a direct whisper is sealed or opened", handshake + inner + DirectKeys()),
            ("while a new identity is made", curve),
            ("HMAC, if the firmware has none of its own", ManagedHeap.SizeOfAll(mac.Hmac)),
        ];
    }

    /// <summary>Keys of a direct whisper that is sealed; an opened one has fewer.</summary>
    private static int DirectKeys()
    {
        const int fields = 7;
        return ManagedHeap.SizeOf(new object[fields]) + (fields * ManagedHeap.SizeOf(new byte[32]));
    }

    private static string BoundOf(string group, NodeLimits limits)
    {
        return group switch
        {
            NodeFootprint.Frames => $"{limits.Frames}",
            NodeFootprint.SeenOwn => $"{limits.SeenOwn}",
            NodeFootprint.SeenStrangers => $"{limits.SeenStrangers}",
            NodeFootprint.Neighbours => $"{limits.Neighbours}",
            NodeFootprint.Links => $"{limits.Links}",
            NodeFootprint.Keys => $"5 of {limits.Keys}",
            NodeFootprint.Delivered => $"{limits.Delivered}",
            NodeFootprint.Contacts => $"{limits.Contacts}",
            NodeFootprint.Identity => $"{limits.Mailboxes}",
            NodeFootprint.Clock => $"{limits.Neighbours}",
            NodeFootprint.Statuses => $"{limits.Statuses}",
            NodeFootprint.Outgoing => $"{limits.Outgoing}",
            _ => "",
        };
    }

    private sealed class Boxed
    {
        public int Value { get; set; }
    }
}
