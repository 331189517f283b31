using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Gateway.Tests.Live;

/// <summary>What the map makes of the nodes' reports.</summary>
public sealed class MeshMapTests
{
    private const string Id = "0123456789abcdef";

    private readonly MeshMap _map = new(TimeProvider.System);

    public MeshMapTests()
    {
        _map.AddNode("desk", NodeKind.Desk);
        _map.AddNode("b1", NodeKind.Board, 0);
        _map.AddNode("b2", NodeKind.Foreign, 1);
        _map.AddNode("b3", NodeKind.Board, 2);
    }

    [Fact]
    public void The_way_of_a_whisper_is_found_from_both_ends_of_each_link()
    {
        Link("00000001", "desk", "b1", bluetooth: false);
        Link("00000002", "b1", "b2", bluetooth: true);
        Link("00000003", "b2", "b3", bluetooth: true);
        Send("desk");
        Store("b1", "00000001");
        Store("b2", "00000002");
        Store("b3", "00000003");
        _map.Report("b3", new WhisperReadReport(Id, "resonance", "emotion_data", "aa:bb", 5));

        Assert.Equal(
            [new Hop("desk", "b1", false), new Hop("b1", "b2", true), new Hop("b2", "b3", true)],
            _map.ReadPath(Id, "b3")!);
        WhisperView whisper = _map.ReadWhisper(Id)!;
        Assert.Equal("desk", whisper.From);
        DeliveryView delivery = Assert.Single(whisper.Deliveries);
        Assert.Equal(("b3", 3, 2), (delivery.Node, delivery.Hops, delivery.BluetoothHops));
        Assert.NotNull(delivery.LatencyMs);
    }

    [Fact]
    public void The_order_of_the_reports_does_not_matter()
    {
        Store("b1", "00000001");
        _map.Report("b1", new WhisperReadReport(Id, "broadcast", null, "aa:bb", 5));
        Assert.Null(Assert.Single(_map.ReadWhisper(Id)!.Deliveries).Hops);

        Send("desk");
        Link("00000001", "desk", "b1", bluetooth: true);

        Assert.Equal(1, Assert.Single(_map.ReadWhisper(Id)!.Deliveries).BluetoothHops);
    }

    [Fact]
    public void A_second_copy_over_another_link_does_not_change_the_way()
    {
        Link("00000001", "desk", "b1", bluetooth: true);
        Link("00000002", "b2", "b1", bluetooth: true);
        Send("desk");
        Store("b1", "00000001");
        Store("b1", "00000002");

        Assert.Equal([new Hop("desk", "b1", true)], _map.ReadPath(Id, "b1")!);
    }

    [Fact]
    public void A_missing_part_makes_the_way_unknown_and_a_circle_does_no_harm()
    {
        Link("00000001", "b1", "b2", bluetooth: true);
        Link("00000002", "b1", "b2", bluetooth: true);
        Store("b1", "00000001");
        Store("b2", "00000002");

        Assert.Null(_map.ReadPath(Id, "b1"));
        Assert.Null(_map.ReadPath(Id, "b3"));
        Assert.Null(_map.ReadPath("ffffffffffffffff", "b1"));
    }

    [Fact]
    public void A_link_is_open_until_one_end_closes_it()
    {
        _map.AddReach("b1", "b2", bluetooth: true);
        Assert.False(Assert.Single(_map.ReadMesh().Links).Open);

        Link("00000001", "b1", "b2", bluetooth: true);
        Assert.True(Assert.Single(_map.ReadMesh().Links).Open);

        _map.Report("b2", new LinkClosedReport("00000001", "failed"));
        _map.Report("b1", new LinkClosedReport("00000001", "finished"));
        LinkView link = Assert.Single(_map.ReadMesh().Links);
        Assert.Equal((false, 1, 1), (link.Open, link.Met, link.Failed));
    }

    [Fact]
    public void A_peer_known_by_its_address_is_shown_until_it_speaks_for_itself()
    {
        _map.Report("desk", new LinkOpenedReport("00000001", false, false, "127.0.0.1:5000"));
        Assert.Contains(_map.ReadMesh().Nodes, n => n.Name == "127.0.0.1:5000" && n.Kind == NodeKind.Peer);

        _map.Report("b1", new LinkOpenedReport("00000001", false, true));
        Assert.DoesNotContain(_map.ReadMesh().Nodes, n => n.Kind == NodeKind.Peer);
    }

    [Fact]
    public void A_sender_is_known_by_any_identity_that_it_had_today()
    {
        _map.Report("b3", new BootReport("b3", "old", "small", 256, true));
        _map.Report("b3", new IdentityReport("new"));
        _map.Report("b1", new WhisperReadReport(Id, "direct", null, "old", 5, IsProven: true));
        _map.Report("b1", new WhisperSentReport("fedcba9876543210", "direct", null, "new"));

        WhisperView read = _map.ReadWhisper(Id)!;
        Assert.Equal(("b3", "direct", "b1"), (read.From, read.Kind, read.To));
        Assert.True(Assert.Single(read.Deliveries).Proven);
        Assert.Equal("b3", _map.ReadWhisper("fedcba9876543210")!.To);
        Assert.Equal("new", _map.ReadMesh().Nodes.Single(n => n.Name == "b3").Identity);
        for (int i = 0; i < 100; i++)
        {
            _map.Report("b3", new IdentityReport($"hour {i}"));
        }

        Assert.Null(_map.ReadNodeOf("old"));
        Assert.Null(_map.ReadNodeOf("hour 74"));
        Assert.Equal("b3", _map.ReadNodeOf("hour 75"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_delivery_tells_whether_the_sender_was_proven(bool proven)
    {
        _map.Report("b1", new WhisperReadReport(Id, "direct", null, "aa:bb", 5, proven));

        Assert.Equal(proven, Assert.Single(_map.ReadWhisper(Id)!.Deliveries).Proven);
    }

    [Fact]
    public void Contact_cards_are_counted_by_the_node_that_learned_them()
    {
        _map.Report("b1", new ContactReport("aa:bb"));
        _map.Report("b1", new ContactReport("cc:dd"));

        Assert.Equal([0, 2, 0, 0], _map.ReadMesh().Nodes.Select(n => n.Contacts));
    }

    [Fact]
    public void All_tables_are_bounded()
    {
        for (int i = 0; i < 3000; i++)
        {
            string id = i.ToString("x16");
            string tag = (i + 1).ToString("x8");
            Link(tag, "b1", "b2", bluetooth: true);
            _map.Report("b2", new LinkClosedReport(tag, "finished"));
            _map.Report("b1", new FrameStoredReport(id, FrameStoredReport.NoTag, true, 3));
            _map.Report("b2", new FrameStoredReport(id, tag, true, 3));
            _map.Report("b1", new WhisperSentReport(id, "broadcast", null));
        }

        Assert.Equal(MeshMap.MaxWhispers, _map.ReadWhispers().Count);
        Assert.InRange(_map.ReadFramesOf("b2").Count, 1, 600);
        Assert.Single(_map.ReadPath(2999.ToString("x16"), "b2")!);
        Assert.Null(_map.ReadPath(0.ToString("x16"), "b2"));
    }

    [Fact]
    public void A_long_link_survives_many_short_ones()
    {
        Link("ffffffff", "desk", "b1", bluetooth: false);
        for (int i = 1; i < 3000; i++)
        {
            Link(i.ToString("x8"), "b1", "b2", bluetooth: true);
            _map.Report("b1", new LinkClosedReport(i.ToString("x8"), "finished"));
        }

        Send("desk");
        Store("b1", "ffffffff");

        Assert.Equal([new Hop("desk", "b1", false)], _map.ReadPath(Id, "b1")!);
    }

    [Fact]
    public void Reports_of_unknown_nodes_change_nothing()
    {
        _map.Report("nobody", new WhisperSentReport(Id, "broadcast", null));

        Assert.Empty(_map.ReadWhispers());
        Assert.Equal(4, _map.ReadMesh().Nodes.Count);
    }

    private void Link(string tag, string first, string second, bool bluetooth)
    {
        _map.Report(first, new LinkOpenedReport(tag, bluetooth, true));
        _map.Report(second, new LinkOpenedReport(tag, bluetooth, false));
    }

    private void Send(string node)
    {
        _map.Report(node, new FrameStoredReport(Id, FrameStoredReport.NoTag, true, 10));
        _map.Report(node, new WhisperSentReport(Id, "resonance", "emotion_data"));
    }

    private void Store(string node, string tag) => _map.Report(node, new FrameStoredReport(Id, tag, true, 9));
}
