using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Cli.Up;

/// <summary>
/// Shows a running line until it is ended: a live table on a terminal, lines in a pipe, JSON lines if asked.
/// </summary>
internal sealed class UpConsole(BoardLineup lineup, bool json)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<(string Id, string Node)> _shown = [];

    /// <summary>Says where everything is.</summary>
    /// <param name="newJoinCode">The join code if the network is new, else null.</param>
    public void Introduce(string? newJoinCode)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                @event = "started",
                page = lineup.Gateway.PageUrl,
                mesh = lineup.Gateway.MeshUrl,
                ether = lineup.EtherAddress,
                boards = lineup.Boards.Select(b => b.Name),
                ports = lineup.Ports,
                speed = lineup.Options.Speed,
                join = newJoinCode,
            }));
            return;
        }

        Console.WriteLine($"page      {lineup.Gateway.PageUrl}");
        Console.WriteLine($"network   {(newJoinCode is null ? "joined" : $"new; join code {newJoinCode}")}");
        string speed = lineup.Options.Speed.ToString(CultureInfo.InvariantCulture);
        LineBoard foreign = lineup.Boards.Single(b => b.IsForeign);
        Console.WriteLine($"boards    {lineup.Boards.Count} on a line, {speed} times faster than real ones; "
            + $"{foreign.Name} belongs to another network");
        if (lineup.Ports.Count > 0)
        {
            Console.WriteLine("ports     "
                + string.Join(", ", lineup.Boards.Zip(lineup.Ports, (board, port) => $"{board.Name} {port}")));
        }

        if (lineup.EtherAddress is { } ether)
        {
            Console.WriteLine($"radio     whispurr board FILE --ether {ether} --near {lineup.Boards[^1].Name}");
        }

        Console.WriteLine("Whisper on the page, or in another terminal: send --intent emotion_data --payload TEXT"
            + (lineup.Gateway.PageUrl.Port == 8765 ? string.Empty : $" --gateway {lineup.Gateway.PageUrl}"));
        Console.WriteLine("Ctrl-C ends.");
    }

    /// <summary>Shows what happens until the caller ends it.</summary>
    public async Task ShowAsync(CancellationToken cancellation)
    {
        try
        {
            if (json || Console.IsOutputRedirected)
            {
                while (true)
                {
                    await Task.Delay(Refresh, cancellation).ConfigureAwait(false);
                    PrintNew();
                }
            }

            await AnsiConsole.Live(Table()).StartAsync(async live =>
            {
                while (true)
                {
                    live.UpdateTarget(Table());
                    await Task.Delay(Refresh, cancellation).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
        }
    }

    private static string Describe(WhisperView whisper, DeliveryView delivery)
    {
        string hops = delivery.Hops is { } n ? $", {n} hops ({delivery.BluetoothHops} Bluetooth)" : string.Empty;
        string latency = delivery.LatencyMs is { } ms
            ? string.Create(CultureInfo.InvariantCulture, $", after {ms / 1000.0:0.0} s")
            : string.Empty;
        string topic = whisper.Intent ?? whisper.Kind;
        string proof = delivery.Proven ? " (proven)" : string.Empty;
        return $"{delivery.Node} read {topic} from {whisper.From}{proof}{hops}{latency}";
    }

    private void PrintNew()
    {
        foreach (WhisperView whisper in lineup.Gateway.Map.ReadWhispers().Reverse())
        {
            foreach (DeliveryView delivery in whisper.Deliveries.Where(d => _shown.Add((whisper.Id, d.Node))))
            {
                Console.WriteLine(json
                    ? JsonSerializer.Serialize(new
                    {
                        @event = "read",
                        id = whisper.Id,
                        kind = whisper.Kind,
                        intent = whisper.Intent,
                        from = whisper.From,
                        proven = delivery.Proven,
                        node = delivery.Node,
                        hops = delivery.BluetoothHops,
                        latencyMs = delivery.LatencyMs,
                    })
                    : $"{delivery.At.ToLocalTime():HH:mm:ss} {Describe(whisper, delivery)}");
            }
        }
    }

    private Rows Table()
    {
        MeshView mesh = lineup.Gateway.Map.ReadMesh();
        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumns("node", "what", "frames", "links", "failed", "open to");
        foreach (NodeView node in mesh.Nodes.OrderBy(n => n.Order ?? -1))
        {
            var links = mesh.Links.Where(l => l.First == node.Name || l.Second == node.Name).ToList();
            IEnumerable<string> open = links.Where(l => l.Open).Select(l => l.First == node.Name ? l.Second : l.First);
            table.AddRow(
                Markup.Escape(node.Name),
                Markup.Escape(node.LastError ?? (node.Online ? What(node.Kind) : "starting")),
                $"{node.Frames}",
                $"{links.Sum(l => l.Met)}",
                $"{links.Sum(l => l.Failed)}",
                Markup.Escape(string.Join(", ", open)));
        }

        IEnumerable<Text> arrived = lineup.Gateway.Map.ReadWhispers()
            .SelectMany(w => w.Deliveries.Select(d => (At: d.At, Text: Describe(w, d))))
            .OrderByDescending(row => row.At)
            .Take(6)
            .Select(row => new Text($"{row.At.ToLocalTime():HH:mm:ss} {row.Text}"));
        return new Rows([table, .. arrived]);
    }

    private static string What(NodeKind kind) => kind switch
    {
        NodeKind.Relay => "relay, no keys",
        NodeKind.Desk => "this desk",
        NodeKind.Foreign => "board of another network",
        NodeKind.Peer => "peer",
        _ => "board",
    };
}
