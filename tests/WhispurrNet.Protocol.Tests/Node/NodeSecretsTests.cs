using System.Text;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Node;

/// <summary>Identity, wiping, and what must not be said.</summary>
public class NodeSecretsTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void TheIdentityIsThirtyTwoDigitsAndATime()
    {
        NodeCore node = TestNetwork.Node(1);
        node.SetUnixTime(0xABCDEF01, 0);

        Assert.Matches("^[0-9a-f]{32}:00000000$", node.IdentityText);
        node.HandleTimeout(Hour);
        Assert.Matches("^[0-9a-f]{32}:abcdfd11$", node.IdentityText);
    }

    [Fact]
    public void WithoutAClockTheIdentityCountsFromTheStart()
    {
        NodeCore node = TestNetwork.Node(1, nowMs: 5_000_000);
        node.HandleTimeout(5_000_000 + Hour);

        Assert.EndsWith(":00000e10", node.IdentityText);
    }

    [Fact]
    public void TheIdentityChangesEveryHourAndNotBefore()
    {
        NodeCore node = TestNetwork.Node(1);
        string first = node.IdentityText;
        Assert.Equal(Hour, node.NextDeadlineMs);
        node.HandleTimeout(Hour - 1);
        Assert.Equal(first, node.IdentityText);
        node.HandleTimeout(Hour);
        Assert.NotEqual(first, node.IdentityText);
        Assert.Equal(2 * Hour, node.NextDeadlineMs);
    }

    [Fact]
    public void TheIdentityDoesNotChangeDuringAContact()
    {
        NodeCore node = TestNetwork.Node(1);
        string first = node.IdentityText;
        WirePeer peer = new(node, LinkKind.Contact, nowMs: Hour - 1);
        peer.Meet();
        node.HandleTimeout(Hour);
        Assert.Equal(first, node.IdentityText);
        Assert.True(node.NextDeadlineMs > Hour);
        node.CloseLink(peer.Link, Hour);
        node.HandleTimeout(Hour);
        node.HandleTimeout(node.NextDeadlineMs);

        Assert.NotEqual(first, node.IdentityText);
    }

    [Fact]
    public void TheIdentityChangesDuringAStream()
    {
        NodeCore node = TestNetwork.Node(1);
        string first = node.IdentityText;
        new WirePeer(node, nowMs: Hour - 1).Meet();
        node.HandleTimeout(Hour);

        Assert.NotEqual(first, node.IdentityText);
    }

    [Fact]
    public void OneSeedMakesOneNodeAndAddedEntropyAnother()
    {
        Assert.Equal(TestNetwork.Node(1).IdentityText, TestNetwork.Node(1).IdentityText);
        Assert.NotEqual(TestNetwork.Node(1).IdentityText, TestNetwork.Node(2).IdentityText);

        NodeCore same = TestNetwork.Node(1);
        NodeCore other = TestNetwork.Node(1);
        other.AddEntropy([1]);
        same.Broadcast([1], 0, 1, 0);
        other.Broadcast([1], 0, 1, 0);
        Assert.NotEqual(same.LastSentId, other.LastSentId);
    }

    [Fact]
    public void NothingThatANodeSaysOfItselfHoldsASecret()
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        NodeCore node = TestNetwork.Node(1, configuration);
        node.Tune("secret_intent");
        byte[] payload = Encoding.ASCII.GetBytes("secret payload");
        node.Resonate("secret_intent", payload, 0, payload.Length, 0);
        NodeCore receiver = TestNetwork.Node(2, configuration);
        receiver.Tune("secret_intent");
        LinkPair.Contact(node, receiver);
        WhisperMessage message = TestNetwork.Message(receiver);
        Assert.True(receiver.PollWhisper(message));
        List<byte[]> secrets = Secrets("secret_intent");
        object[] said = [configuration, configuration.Network, message, .. ObjectGraph.Walk(node).Select(e => e.Value)];
        IEnumerable<string> texts = said.Where(o => o is not string).Select(o => o.ToString()!);
        foreach (string text in texts.Append(node.Statistics.ToLine()))
        {
            Assert.DoesNotContain("secret", text);
            Assert.All(secrets, s => Assert.DoesNotContain(Convert.ToHexStringLower(s)[..16], text.ToLowerInvariant()));
        }
    }

    [Fact]
    public void TheStatisticsLineIsNamesAndNumbers()
    {
        NodeCore node = TestNetwork.Node(1);
        node.Broadcast([1], 0, 1, 0);
        LinkPair.Contact(node, TestNetwork.Node(2));

        Assert.Matches("^([a-z]+=[0-9]+ )*[a-z]+=[0-9]+$", node.Statistics.ToLine());
        Assert.Contains("queued=1", node.Statistics.ToLine());
    }

    [Fact]
    public void WipeLeavesNoKeyInAnythingThatTheNodeHolds()
    {
        HmacSha256 hmac = new();
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        NodeCore node = new(configuration, hmac, TestNetwork.Seed(1), 0);
        node.Tune("a");
        node.Resonate("a", [1, 2, 3], 0, 3, 0);
        NodeCore other = TestNetwork.Node(2);
        other.Broadcast([1], 0, 1, 0);
        LinkPair.Contact(node, other);
        node.PollWhisper(TestNetwork.Message(node));
        List<byte[]> secrets = Secrets("a");
        byte[] identity = (byte[])ObjectGraph.Walk(node).Single(
            e => e.Path.EndsWith("identity.keys") || e.Path.EndsWith("Current.keys")).Value;
        secrets.Add([.. identity]);
        Assert.NotEmpty(Holders(node, hmac, configuration, secrets));

        node.Wipe();

        Assert.Empty(Holders(node, hmac, configuration, secrets));
        Assert.Equal(new byte[64], identity);
    }

    [Fact]
    public void AWipedNodeGivesNothingMore()
    {
        NodeCore node = TestNetwork.Node(1);
        node.Wipe();

        Assert.ThrowsAny<Exception>(() => node.Broadcast([1], 0, 1, 0));
    }

    /// <summary>The keys of a member of the home network that is tuned to one intent.</summary>
    private static List<byte[]> Secrets(string intent)
    {
        HmacSha256 hmac = new();
        NetworkKey network = TestNetwork.Key(TestNetwork.Home)!;
        NetworkKeys keys = new(network, hmac);
        return
        [
            .. ObjectGraph.Walk(network).Select(e => e.Value).OfType<byte[]>(),
            keys.Admission, keys.Digest,
            keys.Derive(Labels.BroadcastTag()), keys.Derive(Labels.IntentTag(intent)),
            keys.Derive(Labels.BroadcastSeal()), keys.Derive(Labels.IntentSeal(intent)),
        ];
    }

    /// <summary>
    /// Paths to arrays with the first half of a secret in them. The caller's own objects are not the node's.
    /// </summary>
    private static List<string> Holders(
        NodeCore node, HmacSha256 hmac, NodeConfiguration configuration, List<byte[]> secrets)
    {
        return [.. ObjectGraph.Walk(node, o => o == hmac || o == configuration)
            .Where(e => e.Value is byte[] bytes && secrets.Any(s => bytes.AsSpan().IndexOf(s.AsSpan(0, 16)) >= 0))
            .Select(e => e.Path)];
    }
}
