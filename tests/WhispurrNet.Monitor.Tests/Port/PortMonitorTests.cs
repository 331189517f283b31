using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;
using WhispurrNet.Cli.Output;
using WhispurrNet.Monitor.Tests.Support;
using WhispurrNet.Serial;

namespace WhispurrNet.Monitor.Tests.Port;

/// <summary>A monitor on a real pty.</summary>
public sealed class PortMonitorTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _end =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private readonly Cable _cable = new();
    private readonly Items _items = new();
    private Task? _running;

    [Fact]
    public async Task It_shows_what_comes_and_sends_nothing()
    {
        _cable.Plug();
        Start(new PortMonitorOptions(_cable.Port));
        await _items.UntilAsync(items => items.Events.Contains(PortEvent.Open));

        await _cable.SendAsync([.. Samples.BootPacket, .. "hello\r\n"u8, .. Samples.PingReply, .. "half"u8]);
        await _items.UntilAsync(items => items.Texts.Contains("half"));

        Assert.Equal(["hello", "half"], _items.Texts);
        await EndAsync();
        Assert.Equal(0, await SentAsync());
    }

    [Fact]
    public async Task Attached_it_sends_one_ping_and_nothing_else()
    {
        _cable.Plug();
        Start(new PortMonitorOptions(_cable.Port, Attach: true));
        await _items.UntilAsync(items => items.Events.Contains(PortEvent.Attached));
        await _cable.SendAsync([.. Samples.PingReply, .. Samples.Messages("from a packet\r\n")]);
        await _items.UntilAsync(items => items.Texts.Contains("from a packet"));
        await EndAsync();

        byte[] sent = new byte[1_024];
        int count = await SentAsync(sent);
        Assert.Equal(Samples.HostPing, sent[..count]);
    }

    [Fact]
    public async Task It_goes_on_by_itself_after_unplugging_and_plugging_in()
    {
        Start(new PortMonitorOptions(_cable.Port));
        await _items.UntilAsync(items => items.Events.SequenceEqual([PortEvent.Waiting]));
        for (int round = 1; round <= 3; round++)
        {
            int opened = round;
            _cable.Plug();
            await _items.UntilAsync(items => items.Events.Count(e => e == PortEvent.Open) == opened);
            await _cable.SendAsync($"round {round}\r\ncut off");
            await _items.UntilAsync(items => items.Texts.Contains($"round {opened}"));
            _cable.Unplug();
            await _items.UntilAsync(items => items.Events.Count(e => e == PortEvent.Gone) == opened);
        }

        // What was begun when the cable went is shown, once each time.
        Assert.Equal(3, _items.Texts.Count(text => text == "cut off"));
        Assert.Equal(
            [PortEvent.Waiting, .. Enumerable.Repeat((PortEvent[])[PortEvent.Open, PortEvent.Gone], 3).SelectMany(e => e)],
            _items.Events);
    }

    [Fact]
    public async Task Once_ends_with_the_cable_and_waits_for_none()
    {
        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(
            () => Monitor(new PortMonitorOptions(_cable.Port, Once: true)).RunAsync(_end.Token));
        Assert.Contains(_cable.Port, failure.Message, StringComparison.Ordinal);

        _cable.Plug();
        Start(new PortMonitorOptions(_cable.Port, Once: true));
        await _items.UntilAsync(items => items.Events.Contains(PortEvent.Open));
        _cable.Unplug();
        await _running!.WaitAsync(TimeSpan.FromSeconds(30), _end.Token);
        Assert.Equal(PortEvent.Gone, _items.Events[^1]);
    }

    [Fact]
    public async Task What_is_no_port_or_is_taken_is_refused_and_not_waited_for()
    {
        string file = Path.GetTempFileName();
        await Assert.ThrowsAsync<CommandFailure>(() => Monitor(new PortMonitorOptions(file)).RunAsync(_end.Token));
        File.Delete(file);

        _cable.Plug();
        using ISerialPort other = SerialPorts.ForThisSystem.Open(_cable.Port, new SerialPortOptions());
        await Assert.ThrowsAsync<CommandFailure>(
            () => Monitor(new PortMonitorOptions(_cable.Port)).RunAsync(_end.Token));
    }

    [Fact]
    public async Task It_finds_the_rate_of_the_board_by_itself()
    {
        const int BoardBaud = 115_200;
        byte[] lines = System.Text.Encoding.ASCII.GetBytes(Samples.BoardLines);
        _cable.Plug();
        Start(new PortMonitorOptions(_cable.Port, IsBaudFound: true));
        await _items.UntilAsync(items => items.Events.Contains(PortEvent.Open));

        // Enough noise at once that it need not go on for seconds.
        for (int round = 0; !_items.Texts.Any(text => text.StartsWith("wn boot", StringComparison.Ordinal)); round++)
        {
            Assert.InRange(round, 0, 400);
            await _cable.SendAsync(UartLine.Resample(lines, BoardBaud, _cable.Board.BaudRate));
            await Task.Delay(5, _end.Token);
        }

        Assert.Equal(BoardBaud, _cable.Board.BaudRate);
        Assert.Contains(PortEvent.WrongBaud, _items.Events);
        Assert.Contains(PortEvent.Baud, _items.Events);
    }

    [Fact]
    public async Task A_flood_of_garbage_passes_and_text_after_it_is_shown()
    {
        _cable.Plug();
        var view = new NoiseCounter(_items);
        _running = new PortMonitor(
            SerialPorts.ForThisSystem, new PortMonitorOptions(_cable.Port), view, TimeProvider.System).RunAsync(_end.Token);
        await _items.UntilAsync(items => items.Events.Contains(PortEvent.Open));
        byte[] garbage = new byte[1 << 20];
        new Random(11).NextBytes(garbage);

        for (int i = 0; i < 4; i++)
        {
            await _cable.SendAsync(garbage);
        }

        await _cable.SendAsync("\nstill here\n");
        await _items.UntilAsync(items => items.Texts.Contains("still here"));

        // Some of chance's lines look like text; all bytes but line ends are shown.
        Assert.InRange(view.Bytes, 4 * (garbage.Length - (garbage.Length / 100)), 4 * garbage.Length);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _cable.Dispose();
        _end.Dispose();
    }

    private PortMonitor Monitor(PortMonitorOptions options) =>
        new(SerialPorts.ForThisSystem, options, _items, TimeProvider.System);

    private void Start(PortMonitorOptions options) => _running = Monitor(options).RunAsync(_end.Token);

    private async Task EndAsync()
    {
        await _end.CancelAsync();
        try
        {
            await (_running ?? Task.CompletedTask);
        }
        catch (OperationCanceledException)
        {
            // As it was asked to.
        }
    }

    /// <summary>What was sent to the board; 0 when nothing comes for a while.</summary>
    private async Task<int> SentAsync(byte[]? buffer = null)
    {
        using var patience = new CancellationTokenSource(300);
        try
        {
            return await _cable.Board.ReadAsync(buffer ?? new byte[64], patience.Token);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private sealed class NoiseCounter(Items items) : IMonitorView
    {
        public long Bytes { get; private set; }

        public void OnItem(MonitorItem item)
        {
            if (item is LineItem line)
            {
                Bytes += line.Line.Length;
            }

            if (item is EventItem or LineItem { Kind: ItemKind.Text, Line.Text: "still here" })
            {
                items.OnItem(item);
            }
        }

        public void OnIdle(long nowMs)
        {
        }
    }
}
