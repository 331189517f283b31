namespace WhispurrNet.Virtual.Tests;

/// <summary>Programs that run into what the radio, NimBLE or the library cannot do (facts 1.1 to 1.5).</summary>
public sealed class RadioLimitTests : IDisposable
{
    private const int Waiting = 1;

    private readonly Bench _bench = new(double.PositiveInfinity);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_second_device_keeps_the_stack_up_when_the_first_is_closed_facts_1_1()
    {
        VirtualBoard[] servers = Servers(2);
        VirtualBoard client = _bench.Run("client", "Idle.Run");
        Link(client, servers);

        Assert.Equal("4 4 ", Limit(client, "OpenMany", servers[0].BluetoothAddress, 2));
        Limit(client, "CloseOne", 0);
        _bench.ExpectAir(air => air.Kind == EtherEventKind.Disconnected, "first end");
        Assert.DoesNotContain(_bench.Air, air => air.Kind == EtherEventKind.StackStopped);
        Limit(client, "CloseOne", 1);
        _bench.ExpectAir(air => air.Kind == EtherEventKind.StackStopped, "stack stop after the second");
    }

    [Fact]
    public void Extended_advertising_and_pairing_are_refused_facts_1_2_and_1_5()
    {
        VirtualBoard board = _bench.Run("a", "Idle.Run");

        Assert.Equal("PlatformNotSupportedException NotSupportedException", Limit(board, "AskForMore"));
    }

    [Fact]
    public async Task A_second_publisher_changes_the_data_and_makes_the_board_unconnectable_later_facts_1_2()
    {
        using Pair pair = new(speed: double.PositiveInfinity);
        Assert.Equal(Waiting, Limit(pair.Server, "PublishBeside", (byte)7));
        Assert.Contains(" FF:12;", pair.Client.Scan());
        Assert.Equal(new RadioLeaks(0, 14), pair.Server.BluetoothLeaks);

        // Still connectable, until it begins to advertise anew.
        Assert.Equal("open", pair.Client.Open(pair.Server));
        pair.Client.Client("Close");
        await pair.Bench.Pass(2000);
        Assert.Contains($"{pair.Server.BluetoothAddress:X} 3 FF:12;", pair.Client.Scan());
        Assert.Equal("NullReferenceException", pair.Client.Connect(pair.Server));
    }

    [Fact]
    public void The_address_is_the_same_after_every_start_facts_1_2()
    {
        using Pair pair = new(speed: double.PositiveInfinity);
        string first = pair.Client.Scan();
        pair.Server.Restart();
        pair.Server.Serve();

        Assert.Contains($"{pair.Server.BluetoothAddress:X}", first);
        Assert.Equal(first, pair.Client.Scan());
    }

    [Fact]
    public void Short_uuids_are_not_parsed_and_stopped_is_not_raised_facts_1_3()
    {
        VirtualBoard server = _bench.Run("server", "Idle.Run");
        VirtualBoard client = _bench.Run("client", "Idle.Run");
        Link(client, [server]);
        Limit(server, "ServeShort");

        Assert.Equal("1 0 0", Limit(client, "ScanFiltered", Array.Empty<byte>(), 1000));
    }

    [Theory]
    [InlineData(26, 1)]
    [InlineData(30, 1)]
    [InlineData(25, 0)]
    [InlineData(2, 0)]
    public void A_filter_section_must_be_as_long_as_the_received_one_facts_1_3(int length, int reports)
    {
        using Pair pair = new(Device.Slow, double.PositiveInfinity);
        byte[] section = [.. Enumerable.Repeat((byte)Device.Slow, length)];
        section[0] = section[1] = 0xFF;

        Assert.Equal($"{reports} 0 0", Limit(pair.Client, "ScanFiltered", section, 1000));
    }

    [Fact]
    public async Task The_scanner_knows_200_senders_facts_1_3()
    {
        VirtualBoard board = _bench.Run("a", "Idle.Run");
        var phones = new List<Beacon>();
        for (int i = 0; i < 201; i++)
        {
            phones.Add(new Beacon(_bench.Ether, $"beacon{i}", 0xB000_0000_0000UL + (ulong)i, "\x02\x01\x06"u8.ToArray()));
            _bench.Ether.Link("a", $"beacon{i}");
        }

        board.Client("StartScan", false, 0);
        await _bench.Pass(5000);
        Assert.Equal(201, Heard());
        phones[200].Repeat();
        await _bench.Pass(5000);
        Assert.Equal(201, Heard());

        // By now the first is forgotten, and heard as if for the first time.
        ulong first = _bench.Air.First(air => air.Kind == EtherEventKind.Heard).From is { } name
            ? phones.Single(phone => phone.Name == name).Address : 0;
        phones.Single(phone => phone.Address == first).Repeat();
        await _bench.Pass(5000);
        Assert.Equal(202, Heard());
        phones.ForEach(phone => phone.Dispose());

        int Heard() => ((string)board.Client("Reports")!).Count(c => c == ';');
    }

    [Fact]
    public void A_connect_fails_after_seven_seconds_facts_1_4()
    {
        using Pair pair = new(speed: double.PositiveInfinity);
        pair.Server.PowerOff();
        using ClockHold hold = pair.Bench.Clock.Hold();
        long start = pair.Bench.Clock.NowMs;

        Assert.Equal("NullReferenceException", pair.Client.Connect(pair.Server));
        Assert.InRange(pair.Bench.Clock.NowMs - start, 7000, 7000 + (2 * pair.Bench.Ether.Timings.StackStart));
    }

    [Fact]
    public void A_refused_connect_leaks_a_context_and_shows_as_unreachable_facts_1_4()
    {
        using Pair pair = new(speed: double.PositiveInfinity);

        Assert.Equal("1 1 1 ", Limit(pair.Client, "ConnectWhileScanning", pair.Server.BluetoothAddress, 3));
        Assert.Equal(new RadioLeaks(3, 0), pair.Client.BluetoothLeaks);
        pair.Client.Restart();
        Assert.Equal(new RadioLeaks(0, 0), pair.Client.BluetoothLeaks);
    }

    [Fact]
    public void A_service_beyond_handle_255_is_found_and_its_characteristics_are_not_facts_1_4()
    {
        VirtualBoard right = _bench.Run("right", "Idle.Run");
        VirtualBoard wrong = _bench.Run("wrong", "Idle.Run");
        VirtualBoard client = _bench.Run("client", "Idle.Run");
        Link(client, [right, wrong]);
        Limit(right, "ServeBehind", 20);
        Limit(wrong, "ServeBehind", 130);

        Assert.Equal("open", client.Open(right));
        client.Client("Close");
        client.Client("Dispose");
        Assert.Equal("characteristics missing", client.Open(wrong));
        _bench.Until(() => _bench.Deaths(client).Any(), "trouble on the event thread", client);
        Assert.Contains("NullReferenceException", _bench.Deaths(client).First().Exception);
    }

    [Fact]
    public void An_object_that_connects_again_hands_back_the_services_of_the_first_time_facts_1_4()
    {
        using Pair pair = new(speed: double.PositiveInfinity);

        Assert.Equal("4 4 True", Limit(pair.Client, "ConnectAgain", pair.Server.BluetoothAddress));
        pair.Bench.ExpectAir(air => air.Kind == EtherEventKind.Connected, 2, "second connection");
    }

    [Fact]
    public void A_fourth_connection_is_one_too_many_facts_1_4()
    {
        VirtualBoard[] servers = Servers(4);
        VirtualBoard client = _bench.Run("client", "Idle.Run");
        Link(client, servers);

        Assert.Equal("4 4 4 0 ", Limit(client, "OpenMany", servers[0].BluetoothAddress, 4));
        _bench.ExpectAir(air => air.Kind == EtherEventKind.Connected, 3, "connections");
    }

    [Fact]
    public void A_fifth_client_procedure_at_once_is_refused_facts_1_4()
    {
        using Pair pair = new(speed: double.PositiveInfinity);

        Assert.InRange((int)Limit(pair.Client, "DiscoverAtOnce", pair.Server.BluetoothAddress, 6)!, 1, 3);
    }

    [Fact]
    public void A_read_between_boards_gives_22_bytes_facts_1_4()
    {
        VirtualBoard server = _bench.Run("server", "Idle.Run");
        VirtualBoard client = _bench.Run("client", "Idle.Run");
        Link(client, [server]);
        Limit(server, "ServeValue", 40, 0, false);

        Assert.Equal(22, Limit(client, "ReadLength", server.BluetoothAddress));
        Assert.Equal("1 reads 0 writes 0 bytes mtu 0 changes 0", Limit(server, "Seen"));
    }

    [Fact]
    public void A_late_response_to_a_read_is_an_error_and_harms_nothing_facts_1_5()
    {
        VirtualBoard server = _bench.Run("server", "Idle.Run");
        VirtualBoard client = _bench.Run("client", "Idle.Run");
        Link(client, [server]);
        Limit(server, "ServeValue", 4, 2500, false);

        Assert.Equal(-1, Limit(client, "ReadLength", server.BluetoothAddress));
        _bench.ExpectAir(air => air.Kind == EtherEventKind.ResponseTimeout, "timeout");
        Assert.DoesNotContain(_bench.Air, air => air.Kind == EtherEventKind.StackDied);
    }

    [Fact]
    public void What_demands_pairing_is_refused_facts_1_5()
    {
        VirtualBoard server = _bench.Run("server", "Idle.Run");
        VirtualBoard client = _bench.Run("client", "Idle.Run");
        Link(client, [server]);
        Limit(server, "ServeValue", 4, 0, true);

        Assert.Equal(-1, Limit(client, "ReadLength", server.BluetoothAddress));
        Assert.Equal("0 reads 0 writes 0 bytes mtu 0 changes 0", Limit(server, "Seen"));
    }

    [Fact]
    public void Stopping_a_publisher_frees_the_tables_of_the_server_facts_1_5()
    {
        using Pair pair = new(speed: double.PositiveInfinity);
        Assert.Equal("open", pair.Client.Open(pair.Server));
        Assert.Equal("0:20 ", pair.Server.Server("Notify", 20, 1));
        Limit(pair.Server, "PublishBeside", (byte)7);
        Limit(pair.Server, "StopPublisher");

        Assert.Equal("1:20 ", pair.Server.Server("Notify", 20, 1));
    }

    [Fact]
    public void Of_too_many_events_128_wait_and_the_rest_is_lost_facts_1_5()
    {
        using Pair pair = new(speed: double.PositiveInfinity);
        Assert.Equal("subscribed", Limit(pair.Client, "Subscribe", pair.Server.BluetoothAddress, 60_000));
        Limit(pair.Server, "NotifyAll", 200);
        pair.Bench.Until(
            () => pair.Bench.Air.Count(air => air.Kind == EtherEventKind.Notification) == 200, "notifications");
        pair.Bench.Until(() => (int)Limit(pair.Client, "Notified")! == 129, "handled events", pair.Client);

        Assert.Equal(71, pair.Client.DroppedEvents);
    }

    private static object? Limit(VirtualBoard board, string step, params object?[] arguments) =>
        board.InvokeStatic($"{Bench.Namespace}.LimitSteps", step, arguments);

    private VirtualBoard[] Servers(int count)
    {
        VirtualBoard[] servers = [.. Enumerable.Range(0, count).Select(i => _bench.Run($"server{i}", "Idle.Run"))];
        Array.ForEach(servers, server => server.Serve());
        return servers;
    }

    private void Link(VirtualBoard client, IEnumerable<VirtualBoard> servers)
    {
        foreach (VirtualBoard server in servers)
        {
            _bench.Ether.Link(client.Name, server.Name);
        }
    }
}
