using System.Net.Http.Json;
using System.Text.Json.Nodes;
using WhispurrNet.Tests;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>
/// <c>whispurr bridge</c> as a process between the device binaries on a virtual board, whose UART has a real pty, and a real
/// gateway process.
/// </summary>
public sealed class BridgeTests : IAsyncDisposable
{
    private const double Speed = 10;
    private const string Serial = "serial=COM2 921600 16 17";

    private readonly BoardFleet _fleet = new(Speed);
    private readonly List<WhispurrProcess> _processes = [];
    private readonly List<string> _heard = [];
    private readonly List<string> _bridged = [];
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _processes.ForEach(process => process.Dispose());
        _http.Dispose();
        _fleet.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task WhispersGoBothWaysOverACableThatIsPulledAndSpoiltAllTheTime()
    {
        _fleet.Add("wired", "join=public", "intents=door", Serial);
        using var wire = new SerialWire(_fleet["wired"].Uarts[2], seed: 1);
        wire.Plug();
        await _fleet.StartAsync();
        string gateway = await StartGatewayAsync();
        Listen(gateway);
        StartBridge(wire.Port, gateway);
        await _fleet.LineAsync("wired", "wn serial open", seconds: 600);

        var random = new Random(1);
        using var end = new CancellationTokenSource();
        Task pulling = Task.Run(() => PullAsync(wire, random, end.Token), Cancellation);
        for (int i = 0; i < 8; i++)
        {
            await WhisperAsync($"from the board {i}");
            if (i < 3)
            {
                await PostAsync(gateway, $"to the board {i}");
            }
        }

        for (int i = 0; i < 3; i++)
        {
            await _fleet.HeardAsync("wired", "door", $"to the board {i}", seconds: 600);
        }

        await UntilAsync(_heard, lines => Enumerable.Range(0, 8).All(i => lines.Any(l => l.Contains($"from the board {i}\""))));
        await end.CancelAsync();
        await pulling;

        Assert.InRange(_bridged.Count(line => line.Contains("\"port\"") && line.Contains("false")), 3, 1000);
        Assert.Empty(_fleet.Deaths);
        string last = await EndBridgeAsync();
        JsonNode counts = JsonNode.Parse(last)!;
        Assert.Equal("counts", (string)counts["event"]!);
    }

    [Fact]
    public async Task TheGatewayAndTheBridgeMayBeStartedAnewAndNothingIsLost()
    {
        _fleet.Add("wired", "join=public", Serial);
        using var wire = new SerialWire(_fleet["wired"].Uarts[2], seed: 2);
        wire.Plug();
        await _fleet.StartAsync();
        string gateway = await StartGatewayAsync();
        WhispurrProcess first = StartBridge(wire.Port, gateway);
        await _fleet.LineAsync("wired", "wn serial open", seconds: 600);

        // Taken by the board while nobody is there: it is in the board's store, and told in the next link.
        Assert.Equal(0, await first.EndAsync());
        await WhisperAsync("while the bridge was away");
        Listen(gateway);
        StartBridge(wire.Port, gateway);
        await UntilAsync(_heard, lines => lines.Any(l => l.Contains("while the bridge was away")));
    }

    [Fact]
    public async Task WithoutAGatewayTheBridgeSaysSoAndTheBoardGoesOnAsking()
    {
        _fleet.Add("wired", "join=public", Serial);
        using var wire = new SerialWire(_fleet["wired"].Uarts[2], seed: 3);
        wire.Plug();
        await _fleet.StartAsync();
        StartBridge(wire.Port, "http://127.0.0.1:9");
        await _fleet.LineAsync("wired", "wn serial closed reason=2", seconds: 600);
        await UntilAsync(_bridged, lines => lines.Any(l => l.Contains("no-gateway")));
    }

    [Fact]
    public async Task APortThatIsNoneIsOneSentence()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("bridge", "--port", "/dev/null");

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    private static async Task PullAsync(SerialWire wire, Random random, CancellationToken end)
    {
        try
        {
            while (true)
            {
                wire.Loss = random.Next(4);
                await Task.Delay(random.Next(300, 1500), end);
                wire.Unplug();
                await Task.Delay(random.Next(50, 700), CancellationToken.None);
                wire.Plug();
            }
        }
        catch (OperationCanceledException)
        {
            wire.Loss = 0;
        }
    }

    private async Task WhisperAsync(string text)
    {
        // A board takes four at once and then one every half minute of its time.
        byte[] payload = System.Text.Encoding.UTF8.GetBytes(text);
        while ((int)_fleet["wired"].InvokeStatic("WhispurrNet.Board.BoardInspector", "Whisper", "door", payload)! != 0)
        {
            await Task.Delay(200, Cancellation);
        }
    }

    private async Task PostAsync(string gateway, string text)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(
            gateway + "/api/whispurrnet/resonance", new { intent = "door", payload = text }, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> StartGatewayAsync()
    {
        WhispurrProcess process = Start("gateway", "--network", "public", "--intent", "door", "--port", "0", "--json");
        string line = await process.ReadLineAsync() ?? throw new InvalidOperationException(process.ReadError());
        return ((string)JsonNode.Parse(line)!["page"]!).TrimEnd('/');
    }

    private void Listen(string gateway) => Collect(Start("listen", "--gateway", gateway, "--json"), _heard);

    private WhispurrProcess StartBridge(string port, string gateway)
    {
        WhispurrProcess process = Start("bridge", "--port", port, "--gateway", gateway, "--json");
        Collect(process, _bridged);
        return process;
    }

    private async Task<string> EndBridgeAsync()
    {
        Assert.Equal(0, await _processes[^1].EndAsync());
        await Task.Delay(200, Cancellation);
        lock (_bridged)
        {
            return _bridged[^1];
        }
    }

    private WhispurrProcess Start(params string[] arguments)
    {
        WhispurrProcess process = WhispurrProcess.Start(new Dictionary<string, string>(), arguments);
        _processes.Add(process);
        return process;
    }

    private static void Collect(WhispurrProcess process, List<string> lines) => Task.Run(async () =>
    {
        while (true)
        {
            string? line;
            try
            {
                line = await process.ReadLineAsync();
            }
            catch (TimeoutException)
            {
                return;
            }

            if (line is null)
            {
                return;
            }

            lock (lines)
            {
                lines.Add(line);
            }
        }
    });

    private async Task UntilAsync(List<string> lines, Func<List<string>, bool> condition)
    {
        for (int i = 0; i < 600; i++)
        {
            lock (lines)
            {
                if (condition(lines))
                {
                    return;
                }
            }

            await Task.Delay(100, Cancellation);
        }

        Assert.Fail($"It did not happen.\n{string.Join('\n', lines)}\n{string.Join('\n', _bridged)}");
    }
}
