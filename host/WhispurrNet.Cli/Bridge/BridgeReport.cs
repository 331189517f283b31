using System.Text.Json;
using WhispurrNet.Board.Serial;

namespace WhispurrNet.Cli.Bridge;

/// <summary>Says what a bridge does: a line when something changes, or one JSON object for everything.</summary>
internal sealed class BridgeReport(bool json, TextWriter output)
{
    private readonly Lock _lock = new();
    private string? _lastProblem;

    /// <summary>It began.</summary>
    public void Start(BridgeOptions options) => Write(
        $"{options.Port} at {options.BaudRate} baud to {options.Gateway}; Ctrl-C ends.",
        new { @event = "started", port = options.Port, baud = options.BaudRate, gateway = options.Gateway });

    /// <summary>The port is not there.</summary>
    public void Wait(string why) => Write($"waiting: {why}", new { @event = "waiting", why });

    /// <summary>The port was opened, or has gone.</summary>
    public void Say(bool portIsThere) => Write(
        portIsThere ? "the port is open" : "the port has gone; what is under way goes on when it is back",
        new { @event = "port", open = portIsThere });

    /// <summary>A session was opened or has ended.</summary>
    public void Say(bool sessionIsOpen, SerialCloseReason reason)
    {
        _lastProblem = sessionIsOpen ? null : _lastProblem;
        Write(
            sessionIsOpen ? "the board has its gateway" : $"the board's link has ended: {Name(reason)}",
            new { @event = "session", open = sessionIsOpen, reason = sessionIsOpen ? null : Name(reason) });
    }

    /// <summary>The gateway cannot be reached; said once for each reason.</summary>
    public void NoGateway(Uri gateway, string problem)
    {
        if (_lastProblem != problem)
        {
            _lastProblem = problem;
            Write($"no gateway at {gateway}: {problem}", new { @event = "no-gateway", gateway, problem });
        }
    }

    /// <summary>The counters.</summary>
    public void Say((BridgeCounts Counts, int Unacknowledged) now)
    {
        BridgeCounts counts = now.Counts;
        Write(
            $"{counts.FromBoard} messages from the board, {counts.ToBoard} to it ({now.Unacknowledged} on the way); "
                + $"{counts.Resent} sent again, {counts.Damaged} pieces of noise",
            new
            {
                @event = "counts",
                sessions = counts.Sessions,
                fromBoard = counts.FromBoard,
                toBoard = counts.ToBoard,
                acknowledged = counts.Acknowledged,
                unacknowledged = now.Unacknowledged,
                resent = counts.Resent,
                repeated = counts.Repeated,
                damaged = counts.Damaged,
                strange = counts.Strange,
            });
    }

    private static string Name(SerialCloseReason reason) => reason switch
    {
        SerialCloseReason.Unknown => "the board was started anew",
        SerialCloseReason.NoGateway => "the gateway cannot be reached",
        SerialCloseReason.GatewayEnded => "the gateway ended it",
        SerialCloseReason.Version => "the board speaks another version",
        SerialCloseReason.TooLong => "a message was too long",
        SerialCloseReason.Silent => "the board was silent for too long",
        _ => "the board ended it",
    };

    private void Write(string sentence, object report)
    {
        lock (_lock)
        {
            output.WriteLine(json ? JsonSerializer.Serialize(report) : sentence);
        }
    }
}
