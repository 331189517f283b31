using System.Text.Json.Nodes;
using WhispurrNet.Cli.Client;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Output;

namespace WhispurrNet.Cli.Top;

/// <summary>A running gateway: every node it knows, and who meets whom.</summary>
internal sealed class GatewaySource(GatewayClient client, TimeProvider time) : ITopSource
{
    /// <summary>Most nodes whose rate is measured; a gateway knows no more either.</summary>
    private const int MaxMeters = 512;

    private readonly Dictionary<string, RateMeter> _frames = [];
    private readonly long _start = time.GetTimestamp();
    private bool _answered;

    /// <inheritdoc/>
    /// <exception cref="CommandFailure">There is no gateway, and never was.</exception>
    public async Task<TopGateway?> ReadAsync(
        List<TopBoard> boards, List<TopLink> links, CancellationToken cancellation)
    {
        JsonNode debug;
        try
        {
            debug = await client.GetAsync("/debug", cancellation).ConfigureAwait(false);
            _answered = true;
        }
        catch (CommandFailure) when (_answered)
        {
            // It may come back; until then there is nothing to tell of its nodes.
            return new TopGateway(client.Address.ToString(), null, 0, 0, 0, 1);
        }

        try
        {
            return Take(debug, boards, links);
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new CommandFailure($"{client.Address} does not answer like a gateway.");
        }
    }

    private TopGateway Take(JsonNode debug, List<TopBoard> boards, List<TopLink> links)
    {
        JsonNode status = debug["status"]!;
        JsonNode mesh = debug["mesh"]!;
        foreach (JsonNode? link in mesh["links"]!.AsArray())
        {
            links.Add(new TopLink(
                (string)link!["first"]!, (string)link["second"]!, (bool)link["bluetooth"]!, (bool)link["open"]!,
                (int)link["met"]!, (int)link["failed"]!));
        }

        foreach (JsonNode? node in mesh["nodes"]!.AsArray().OrderBy(n => (int?)n!["order"] ?? -1))
        {
            string kind = (string)node!["kind"]!;
            JsonNode? statistics = kind switch
            {
                "relay" => debug["relayNode"],
                "desk" => debug["deskNode"],
                _ => debug["boards"]?[(string)node["name"]!],
            };
            boards.Add(Board(node, kind, statistics, links));
        }

        return new TopGateway(
            client.Address.ToString(),
            (int)status["relay"]!["peers"]!,
            (long)status["uptimeSeconds"]!,
            (int)status["relay"]!["heldFrames"]!,
            (int)status["whispers"]!,
            (double)status["speed"]!);
    }

    private TopBoard Board(JsonNode node, string kind, JsonNode? statistics, List<TopLink> links)
    {
        string name = (string)node["name"]!;
        long? Counter(string counter) => (long?)statistics?[counter];
        return new TopBoard(
            name,
            "gateway",
            kind,
            (bool)node["online"]! ? "up" : "starting",
            (string?)node["identity"],
            Counter("uptime"),
            links.Count(link => link.Open && (link.First == name || link.Second == name)),
            RateOf(name, (int)node["frames"]!),
            Counter("heapFree"),
            Counter("held"),
            Counter("neighbours"),
            (int)node["contacts"]!,
            Counter("tx"),
            Counter("rx"),
            BoardState.FaultCounters.Sum(counter => Counter(counter) ?? 0),
            (string?)node["lastError"]);
    }

    private double? RateOf(string name, long frames)
    {
        if (!_frames.TryGetValue(name, out RateMeter? meter))
        {
            if (_frames.Count >= MaxMeters)
            {
                return null;
            }

            _frames.Add(name, meter = new RateMeter());
        }

        return meter.Take(frames, (long)time.GetElapsedTime(_start).TotalMilliseconds);
    }
}
