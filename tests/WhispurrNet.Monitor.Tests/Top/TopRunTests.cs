using System.Text.Json;
using Spectre.Console;
using WhispurrNet.Cli.Client;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.Top;
using WhispurrNet.Gateway;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Monitor.Tests.Support;
using WhispurrNet.Serial;
using WhispurrNet.Tests;

namespace WhispurrNet.Monitor.Tests.Top;

/// <summary><c>top</c> with a real gateway and real ptys.</summary>
public sealed class TopRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_what_a_gateway_knows()
    {
        GatewayServer gateway = await StartGatewayAsync();
        using var client = GatewayClient.Create(gateway.PageUrl.ToString(), null);
        var source = new GatewaySource(client, TimeProvider.System);
        List<TopBoard> boards = [];
        List<TopLink> links = [];

        TopGateway? there = await source.ReadAsync(boards, links, Cancellation);

        Assert.Equal(0, there!.Peers);
        TopBoard kitchen = Assert.Single(boards, board => board.Name == "kitchen");
        Assert.Equal(("board", "up", "gateway"), (kitchen.Role, kitchen.State, kitchen.Source));
        Assert.Equal(54_000, kitchen.HeapFree);
        Assert.Equal(120, kitchen.UptimeSeconds);
        Assert.Equal(1, kitchen.Contacts);
        Assert.Equal(2, kitchen.Errors);
        Assert.StartsWith("the radio failed", kitchen.LastError, StringComparison.Ordinal);
        Assert.Contains(boards, board => board.Role == "relay");

        await gateway.DisposeAsync();
        boards.Clear();
        Assert.Null((await source.ReadAsync(boards, links, Cancellation))!.Peers);
        Assert.Empty(boards);
    }

    [Fact]
    public async Task It_shows_a_board_on_a_cable_and_sends_it_nothing()
    {
        using Cable cable = new Cable().Plug();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var source = new CableSource(SerialPorts.ForThisSystem, cable.Port, 921_600, false, TimeProvider.System);
        Task listening = source.RunAsync(end.Token);
        await cable.SendAsync(Samples.BoardLines);

        TopBoard board = await UntilAsync(source, b => b.LastError is not null);
        Assert.Equal(("kitchen", cable.Port, "up"), (board.Name, board.Source, board.State));
        Assert.Equal((54_000, 120, 3, 2), (board.HeapFree, board.UptimeSeconds, board.Held, board.Neighbours));
        Assert.Equal((1, 1, 3), (board.OpenLinks, board.Contacts, board.Errors));

        cable.Unplug();
        Assert.Equal("kitchen", (await UntilAsync(source, b => b.State == "unplugged")).Name);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }

    [Fact]
    public async Task Keys_sort_and_quit_and_a_new_size_is_drawn_at_once()
    {
        using var terminal = new StringWriter();
        (int, int) size = (80, 24);
        var keys = new Queue<char?>(['h', null, null, null, 'q']);
        char? ReadKey()
        {
            char? key = keys.Dequeue();
            size = keys.Count == 2 ? (120, 30) : size;
            return key;
        }

        using (var screen = new FullScreen(terminal, () => size))
        {
            await new TopRun([new TwoBoards()], TimeSpan.FromMinutes(10))
                .ShowAsync(screen, ColorSystem.NoColors, ReadKey, Cancellation);
        }

        string[] pictures = terminal.ToString().Split("\u001b[H")[1..];
        Assert.Equal(2, pictures.Length);
        Assert.Contains("by heap", pictures[0], StringComparison.Ordinal);
        Assert.True(pictures[0].IndexOf("poor", StringComparison.Ordinal) < pictures[0].IndexOf("rich", StringComparison.Ordinal));
        Assert.Contains("IDENTITY", pictures[1], StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?1049l", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Piped_it_is_blocks_of_text_or_objects()
    {
        await using GatewayServer gateway = await StartGatewayAsync();
        string address = gateway.PageUrl.ToString();

        using WhispurrProcess text = WhispurrProcess.Start(
            new Dictionary<string, string>(), "top", "--gateway", address, "--interval", "0.3");
        using WhispurrProcess json = WhispurrProcess.Start(
            new Dictionary<string, string>(), "top", "--gateway", address, "--interval", "0.3", "--json");

        for (int block = 0; block < 3; block++)
        {
            var lines = new List<string>();
            while (await text.ReadLineAsync() is { Length: > 0 } line)
            {
                Assert.DoesNotContain('\u001b', line);
                lines.Add(line);
            }

            Assert.Single(lines, line => line.StartsWith("kitchen ", StringComparison.Ordinal));
            using JsonDocument moment = JsonDocument.Parse((await json.ReadLineAsync())!);
            JsonElement kitchen = Assert.Single(
                moment.RootElement.GetProperty("boards").EnumerateArray(),
                board => board.GetProperty("name").GetString() == "kitchen");
            Assert.Equal(54_000, kitchen.GetProperty("heapFree").GetInt64());
        }

        Assert.Equal((0, 0), (await text.EndAsync(), await json.EndAsync()));
        Assert.Equal(string.Empty, text.ReadError());
    }

    private static async Task<GatewayServer> StartGatewayAsync()
    {
        GatewayServer gateway = await GatewayServer.StartAsync(new GatewayOptions { Port = 0 });
        gateway.Map.AddNode("kitchen", NodeKind.Board, order: 0);
        foreach (string line in Samples.BoardLines.Split("\r\n"))
        {
            if (BoardLine.Parse(line) is { } report)
            {
                gateway.Map.Report("kitchen", report);
            }
        }

        return gateway;
    }

    private static async Task<TopBoard> UntilAsync(CableSource source, Func<TopBoard, bool> condition)
    {
        for (int i = 0; i < 600; i++)
        {
            List<TopBoard> boards = [];
            await source.ReadAsync(boards, [], Cancellation);
            if (condition(boards[0]))
            {
                return boards[0];
            }

            await Task.Delay(50, Cancellation);
        }

        throw new TimeoutException("The board did not become so.");
    }

    private sealed class TwoBoards : ITopSource
    {
        public Task<TopGateway?> ReadAsync(List<TopBoard> boards, List<TopLink> links, CancellationToken cancellation)
        {
            var board = new TopBoard(
                "rich", "gateway", "board", "up", null, 1, 0, 0, 90_000, 0, 0, 0, 0, 0, 0, null);
            boards.AddRange([board, board with { Name = "poor", HeapFree = 10 }]);
            return Task.FromResult<TopGateway?>(null);
        }
    }
}
