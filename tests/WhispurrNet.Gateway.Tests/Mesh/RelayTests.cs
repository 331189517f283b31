using System.Text;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Tests.Support;

namespace WhispurrNet.Gateway.Tests.Mesh;

/// <summary>Whispers through the relay, between nodes behind real WebSockets.</summary>
public sealed class RelayTests
{
    private const string Intent = "emotion_data";

    [Fact]
    public async Task A_whisper_goes_from_one_client_to_another_and_the_relay_cannot_read_it()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        await using MeshClient sender = await MeshClient.ConnectAsync(gateway.MeshUrl, code);
        await using MeshClient reader = await MeshClient.ConnectAsync(gateway.MeshUrl, code, Intent);
        await using MeshClient other = await MeshClient.ConnectAsync(gateway.MeshUrl, code, "room_climate");
        await using MeshClient stranger =
            await MeshClient.ConnectAsync(gateway.MeshUrl, TestNetwork.NewJoinCode(), Intent);

        ulong id = sender.Resonate(Intent, "the kettle is on");

        await Eventually.TrueAsync(() => reader.Heard.Contains("the kettle is on"), "the reader hears the whisper");
        Assert.Empty(other.Heard);
        Assert.Empty(stranger.Heard);
        byte[] frame = gateway.Relay.CopyFrame(id, DeskNode.FrameSize)!;
        Assert.Equal(0, gateway.Relay.CountKeysThatOpen(frame));
        Assert.Equal(-1, frame.AsSpan().IndexOf(Encoding.UTF8.GetBytes("the kettle")));
    }

    [Fact]
    public async Task A_client_that_comes_later_gets_what_the_relay_holds()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        await using (MeshClient sender = await MeshClient.ConnectAsync(gateway.MeshUrl, code))
        {
            sender.Resonate(Intent, "for later");
            await Eventually.TrueAsync(() => gateway.Relay.HeldFrames == 1, "the relay holds the frame");
        }

        await using MeshClient reader = await MeshClient.ConnectAsync(gateway.MeshUrl, code, Intent);
        await Eventually.TrueAsync(() => reader.Heard.Contains("for later"), "the late reader hears the whisper");
    }

    [Fact]
    public async Task After_a_sleep_of_the_machine_the_desk_still_hears_what_the_relay_gets()
    {
        string code = TestNetwork.NewJoinCode();
        var time = new FastTime(20);
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(code) with { Time = time });
        time.Skip(TimeSpan.FromMinutes(10));
        await Eventually.TrueAsync(
            () => gateway.Desk!.Pump.With((core, _) => core.Statistics.Links) > 1, "the desk is linked again");
        await using MeshClient sender = await MeshClient.ConnectAsync(time, gateway.MeshUrl, code);
        sender.Resonate(Intent, "good morning");

        await Eventually.TrueAsync(
            () => gateway.Map.ReadWhispers().Any(w => w.Payload == "good morning"), "the desk reads the whisper");
    }

    [Fact]
    public async Task The_desk_reads_what_a_client_whispers_and_the_map_shows_the_way()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options(code));
        await using MeshClient sender = await MeshClient.ConnectAsync(gateway.MeshUrl, code);

        ulong id = sender.Resonate(Intent, "to the desk");

        await Eventually.TrueAsync(
            () => gateway.Map.ReadWhispers().Any(w => w.Payload == "to the desk"), "the desk reads the whisper");
        WhisperView whisper = Assert.Single(gateway.Map.ReadWhispers());
        Assert.Equal(id.ToString("x16"), whisper.Id);
        Assert.Equal(DeskNode.Name, Assert.Single(whisper.Deliveries).Node);
        Assert.Contains(gateway.Map.ReadMesh().Nodes, n => n.Kind == NodeKind.Peer && n.Name.StartsWith("127.0.0.1:"));
    }

    [Fact]
    public async Task A_client_that_leaves_makes_room_for_the_next()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options() with { MaxPeers = 1 });
        for (int i = 0; i < 3; i++)
        {
            await using (MeshClient client = await MeshClient.ConnectAsync(gateway.MeshUrl, code))
            {
                Assert.Equal(1, gateway.Relay.PeerCount);
            }

            await Eventually.TrueAsync(() => gateway.Relay.PeerCount == 0, "the peer is gone");
        }
    }

    [Fact]
    public async Task Many_clients_at_once_all_hear_a_broadcast_from_the_desk()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options(code));
        MeshClient[] clients = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => MeshClient.ConnectAsync(gateway.MeshUrl, code)));

        gateway.Desk!.Broadcast("to all"u8.ToArray());

        await Eventually.TrueAsync(() => clients.All(c => c.Heard.Contains("to all")), "all twenty hear the broadcast");
        foreach (MeshClient client in clients)
        {
            await client.DisposeAsync();
        }
    }
}
