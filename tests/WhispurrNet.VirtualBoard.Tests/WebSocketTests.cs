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
    public async Task A_length_of_65535_is_encoded_wrongly_facts_2c()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url(), fragmentSize: 100_000);

        Step(board, "Send", 65_534, 0);
        bench.Until(() => host.Received.Any(message => message.Length == 65_534), "good message", board);
        Step(board, "Send", 65_535, 0);

        // .NET takes the long form where RFC 6455 5.2 forbids it; other servers may not.
        bench.Until(() => host.Received.Count == 2 || host.Error is not null, "message or error", board);
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
    public async Task A_close_is_answered_and_told_once()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench();
        VirtualBoard board = bench.RunOnline("a", "Idle.Run");
        Connect(board, host.Url());
        Step(board, "Send", 3, 100);
        Assert.NotNull(Step(board, "Take", 60_000));
        Step(board, "Close");

        bench.Until(() => (string)Step(board, "State")! == "5 1", "closed state", board);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, host.CloseStatus);
        Assert.Equal("refused intact", Step(board, "Send", 3, 0));
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
