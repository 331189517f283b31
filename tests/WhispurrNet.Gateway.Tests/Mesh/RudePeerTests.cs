using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Mesh;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Gateway.Tests.Support;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Tests.Mesh;

/// <summary>
/// Peers that do what they should not. Each is refused or dropped and counted, and the others notice nothing.
/// </summary>
public sealed class RudePeerTests
{
    [Fact]
    public async Task One_peer_too_many_is_told_so_before_it_is_a_peer()
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options() with { MaxPeers = 2 });
        using ClientWebSocket first = await ConnectAsync(gateway);
        using ClientWebSocket second = await ConnectAsync(gateway);
        using var third = new ClientWebSocket();
        third.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(
            () => third.ConnectAsync(gateway.MeshUrl, TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, third.HttpStatusCode);
        Assert.Equal(1, gateway.Relay.ReadCounts().PeersRefusedFull);
        Assert.Equal(2, gateway.Relay.PeerCount);
    }

    [Fact]
    public async Task A_text_message_ends_the_connection()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        using ClientWebSocket peer = await ConnectAsync(gateway);

        await peer.SendAsync(
            "hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await CloseOfAsync(peer));
        Assert.Equal(1, gateway.Relay.ReadCounts().PeersRefusedText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_oversized_message_ends_the_connection(bool whole)
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        using ClientWebSocket peer = await ConnectAsync(gateway);

        await peer.SendAsync(
            new byte[8192], WebSocketMessageType.Binary, whole, TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await CloseOfAsync(peer));
        Assert.Equal(1, gateway.Relay.ReadCounts().PeersRefusedOversize);
    }

    [Fact]
    public async Task Garbage_of_every_length_is_counted_and_harms_nobody()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options(code));
        await using MeshClient good = await MeshClient.ConnectAsync(gateway.MeshUrl, code);
        var random = new Random(20);
        int sent = 0;
        while (sent < 200)
        {
            // The relay drops a link on the first damaged record, so the rude one has to come again and again.
            using ClientWebSocket peer = await ConnectAsync(gateway);
            byte[] unit = new byte[random.Next(0, 300)];
            random.NextBytes(unit);
            CancellationToken cancellation = TestContext.Current.CancellationToken;
            await peer.SendAsync(unit, WebSocketMessageType.Binary, true, cancellation);
            await peer.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
            await CloseOfAsync(peer);
            sent++;
        }

        await Eventually.TrueAsync(
            () => gateway.Relay.PeerCount == 1 && gateway.Relay.ReadCounts().UnitsIn > sent, "the rude peers are gone");
        gateway.Desk!.Broadcast("still here"u8.ToArray());
        await Eventually.TrueAsync(() => good.Heard.Contains("still here"), "the good peer still hears");
        Assert.Equal(1, gateway.Relay.HeldFrames);
    }

    [Fact]
    public async Task A_message_in_fragments_is_put_together()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        using ClientWebSocket peer = await ConnectAsync(gateway);
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        await peer.SendAsync(new byte[10], WebSocketMessageType.Binary, false, cancellation);
        await peer.SendAsync(new byte[10], WebSocketMessageType.Binary, true, cancellation);

        await Eventually.TrueAsync(() => gateway.Relay.ReadCounts().UnitsIn == 1, "two fragments make one unit");
    }

    [Fact]
    public async Task A_cut_connection_frees_its_place()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        ClientWebSocket peer = await ConnectAsync(gateway);
        await Eventually.TrueAsync(() => gateway.Relay.PeerCount == 1, "the peer is in");

        peer.Abort();

        await Eventually.TrueAsync(() => gateway.Relay.PeerCount == 0, "the peer is out");
    }

    [Fact]
    public async Task A_board_sends_neither_origin_nor_port_and_is_let_in()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        using var tcp = new TcpClient();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await tcp.ConnectAsync(IPAddress.Loopback, gateway.MeshUrl.Port, cancellation);
        const string Request = "GET /mesh HTTP/1.1\r\nHost: 192.168.1.10\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Request), cancellation);

        byte[] answer = new byte[4096];
        int count = await tcp.GetStream().ReadAsync(answer, cancellation);

        string text = Encoding.ASCII.GetString(answer, 0, count);
        Assert.StartsWith("HTTP/1.1 101 ", text);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", text);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", text);
    }

    [Fact]
    public async Task A_page_of_another_site_may_not_join_the_mesh()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        using var peer = new ClientWebSocket();
        peer.Options.SetRequestHeader("Origin", "http://elsewhere.example");
        peer.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(
            () => peer.ConnectAsync(gateway.MeshUrl, TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Forbidden, peer.HttpStatusCode);
        Assert.Equal(1, gateway.Relay.ReadCounts().PeersRefusedOrigin);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_dropped_and_counted()
    {
        var counters = new RelayCounters();
        using var pump = new NodePump(TimeProvider.System, CreateCore);
        NodeCore other = CreateCore(0);
        byte[] unit = new byte[other.MaxUnit];
        int link = other.OpenLink(LinkKind.Stream, initiator: true, unit.Length, 0, 0);
        byte[] hello = unit[..other.PollTransmit(link, unit, 0, 0)];
        using var socket = new StalledWebSocket(hello);
        var options = new GatewayOptions { SlowPeer = TimeSpan.FromMilliseconds(100) };
        var peer = new WebSocketPeer(socket, pump, counters, unit.Length, port: 0, options);

        // What it does not take is the relay's answer to its hello.
        await peer.RunAsync("stalled", TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(1, counters.Read().PeersDroppedSlow);
        Assert.True(socket.IsAborted);
    }

    private static NodeCore CreateCore(long nowMs) => new(
        new NodeConfiguration { Limits = NodeLimits.Desk() }, new HostHmacSha256(), new byte[NodeCore.SeedSize], nowMs);

    private static async Task<ClientWebSocket> ConnectAsync(GatewayServer gateway)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(gateway.MeshUrl, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<WebSocketCloseStatus?> CloseOfAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return part.CloseStatus;
            }
        }
    }
}
