using System.Net.WebSockets;

namespace WhispurrNet.Virtual.Tests;

/// <summary>The device's WebSocket client against a real server, defects included (facts 2).</summary>
public sealed class WebSocketTests
{
    private const string Open = "2";
    private const string Closed = "5";

    [Theory]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(4000)]
    public async Task A_message_goes_there_and_back(int length)
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Assert.Equal(Open, Connect(board, host.Url()));
        Step(board, "Send", length, 0);

        byte[] echo = (byte[])Step(board, "Take", 60_000)!;

        byte[] expected = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        Assert.Equal(expected, echo[1..]);
        Assert.Equal(expected, host.Received.Single());
        Assert.Equal("127.0.0.1", host.HostHeader);
    }

    [Fact]
    public async Task Masking_spoils_the_callers_array_facts_2a()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench(speed: 5);
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url());

        Assert.Equal("queued masked", Step(board, "Send", 200, 1000));
    }

    [Fact]
    public async Task A_message_of_exactly_one_fragment_is_never_finished_facts_2b()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url(), fragmentSize: 100);

        Step(board, "Send", 100, 0);
        Assert.Null(Step(board, "Take", 20_000));
        Assert.Empty(host.Received);
    }

    [Fact]
    public async Task Fragments_after_the_first_arrive_wrongly_masked_facts_2b()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url(), fragmentSize: 100);

        Step(board, "Send", 250, 0);
        bench.Until(() => !host.Received.IsEmpty, "message", board);
        byte[] received = host.Received.Single();
        byte[] expected = [.. Enumerable.Range(0, 250).Select(i => (byte)i)];
        Assert.Equal(expected[..100], received[..100]);
        Assert.NotEqual(expected[100..], received[100..]);
    }

    [Fact]
    public async Task Inbound_fragments_are_handed_over_one_by_one_facts_2d()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url("/fragments"));
        Step(board, "Send", 3, 0);

        Assert.Equal([1, 0], (byte[])Step(board, "Take", 60_000)!);
        Assert.Equal([3, 1, 2], (byte[])Step(board, "Take", 60_000)!);
    }

    [Fact]
    public void A_server_that_vanishes_is_noticed_only_by_the_keepalive_facts_2e()
    {
        using var host = new VanishingHost();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Assert.Equal(Open, Connect(board, host.Url, keepAliveSeconds: 20));
        long start = bench.Clock.NowMs;

        bench.Until(
            () => ((string)Step(board, "State")!).StartsWith(Closed, StringComparison.Ordinal), "closing", board);

        Assert.True(bench.Clock.NowMs - start >= 19_000);
    }

    [Fact]
    public async Task A_message_above_the_limit_closes_the_connection_facts_2()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url(), maxReceive: 100);
        Step(board, "Send", 101, 0);

        bench.Until(() => (string)Step(board, "State")! == "5 1", "closing", board);
    }

    [Fact]
    public async Task The_queue_has_no_limit_facts_2h()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url());

        Assert.Equal(2000, Step(board, "Flood", 2000, 1000));
        bench.Until(() => host.Received.Count == 2000, "all messages", board);
    }

    [Fact]
    public async Task A_close_sends_nothing_and_comes_to_an_end_by_the_server_timeout_facts_2()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url());
        Step(board, "Send", 3, 100);
        Assert.NotNull(Step(board, "Take", 60_000));
        long start = bench.Clock.NowMs;
        Step(board, "Close");

        Assert.Equal("3 0", Step(board, "State"));
        bench.Until(() => (string)Step(board, "State")! == "5 1", "closed state", board);
        Assert.True(bench.Clock.NowMs - start >= 10_000);
        Assert.Null(host.CloseStatus);
        Assert.Equal("refused intact", Step(board, "Send", 3, 0));
    }

    [Fact]
    public async Task A_close_by_the_server_is_answered_and_told_once()
    {
        using var host = new RawHost();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Assert.Equal(Open, Connect(board, host.Url));
        await host.SendAsync(RawHost.Close, [0x03, 0xE8]);

        Assert.Equal(RawHost.Close, (await host.ReadAsync()).Code);
        bench.Until(() => (string)Step(board, "State")! == "5 1", "closed state", board);
    }

    [Theory]
    [InlineData(65_534, 126)]
    [InlineData(65_535, 127)]
    [InlineData(65_536, 127)]
    public async Task A_length_of_65535_takes_the_long_form_that_is_forbidden_for_it_facts_2c(int length, int form)
    {
        using var host = new RawHost();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url, fragmentSize: 100_000);
        Step(board, "Send", length, 0);

        RawFrame frame = await host.ReadAsync();

        // RFC 6455 5.2: the minimal number of bytes must be used, which for 65535 is the form of 126.
        Assert.Equal(form, frame.LengthForm);
        Assert.Equal(length, frame.Payload.Length);
    }

    [Fact]
    public async Task Control_frames_leave_last_in_first_out_facts_2g()
    {
        using var host = new RawHost();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url, fragmentSize: 100_000);
        Step(board, "Flood", 1000, 60_000);
        await host.FullAsync();
        await host.SendAsync(RawHost.Ping, [1]);
        await host.SendAsync(RawHost.Ping, [2]);
        await host.SendAsync(RawHost.Ping, [3]);
        await host.SendAsync(RawHost.Ping, [4]);
        await host.SendAsync(RawHost.Binary, [5]);

        // Once the board has the message, it has answered the pings before it; the first may have found the last room.
        Assert.Equal([0, 5], (byte[])Step(board, "Take", 60_000)!);
        var pongs = new List<byte>();
        while (pongs.Count < 4)
        {
            RawFrame frame = await host.ReadAsync();
            if (frame.Code == RawHost.Pong)
            {
                pongs.AddRange(frame.Payload);
            }
        }

        Assert.Equal([4, 3, 2], pongs.Where(pong => pong != 1));
    }

    [Fact]
    public async Task A_handler_that_waits_delays_the_pong_facts_2()
    {
        using var host = new RawHost();
        using var bench = new Bench(speed: 50);
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url);
        Step(board, "SleepInHandler", 20_000);
        long start = bench.Clock.NowMs;
        await host.SendAsync(RawHost.Binary, [1]);
        await host.SendAsync(RawHost.Ping, [2]);

        Assert.Equal(RawHost.Pong, (await host.ReadAsync()).Code);
        Assert.True(bench.Clock.NowMs - start >= 20_000);
    }

    [Fact]
    public async Task Without_options_the_keepalive_is_30_seconds_and_with_them_60_facts_2()
    {
        using var host = new RawHost();
        using var bench = new Bench(speed: 20);
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");

        Assert.Equal("30 60 32768 2147483647 60 30 32768 2147483647", Step(board, "Defaults"));
        Assert.Equal(Open, Step(board, "ConnectPlainly", host.Url));
        long start = bench.Clock.NowMs;
        RawFrame ping = await host.ReadAsync();

        Assert.Equal(RawHost.Ping, ping.Code);
        Assert.InRange(bench.Clock.NowMs - start, 29_800, 59_000);
    }

    [Theory]
    [InlineData("Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n", "Exception 5")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket: yes\r\n", "NullReferenceException 1")]
    [InlineData("Upgrade: websocket\r\n", "NullReferenceException 1")]
    public void The_connection_header_must_be_exactly_upgrade_and_values_with_a_colon_are_lost_facts_2(
        string headers, string outcome)
    {
        using var host = new RawHost(headers);
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");

        Assert.Equal(outcome, Connect(board, host.Url));
    }

    [Fact]
    public void A_virtual_board_has_no_tls_and_says_so()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");

        Assert.Equal("PlatformNotSupportedException 1", Connect(board, "wss://127.0.0.1:1/"));
    }

    [Fact]
    public void Nobody_there_is_a_closed_socket_and_no_exception_facts_2()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");

        Assert.Equal(Closed, Connect(board, "ws://127.0.0.1:1/"));
        Assert.Equal("NullReferenceException", Step(board, "Abort"));
    }

    [Fact]
    public async Task A_server_that_does_not_upgrade_throws_a_plain_exception_facts_2()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");

        Assert.Equal($"Exception {Closed}", Connect(board, host.Url("/refuse")));
        Assert.Equal("Exception 1", Connect(board, "http://127.0.0.1/"));
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_receiver_facts_2()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url());
        Step(board, "ThrowInHandler");
        Step(board, "Send", 3, 0);

        bench.Until(() => bench.Deaths(board).Any(), "death of the receiver", board);
        Assert.Equal("websocket receiver", bench.Deaths(board).Single().Thread);
        Assert.Equal("2 0", Step(board, "State"));
    }

    [Fact]
    public async Task The_connection_breaks_with_the_power()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url());

        board.PowerOff();

        bench.Until(() => host.Error is not null, "broken connection", board);
        Assert.Empty(bench.Deaths(board));
    }

    private static string Connect(
        VirtualBoard board,
        string url,
        int keepAliveSeconds = 600,
        int fragmentSize = 32_768,
        int maxReceive = 70_000) =>
        (string)Step(board, "Connect", url, keepAliveSeconds, fragmentSize, maxReceive)!;

    private static object? Step(VirtualBoard board, string step, params object?[] arguments) =>
        board.InvokeStatic($"{Bench.Namespace}.SocketSteps", step, arguments);
}
