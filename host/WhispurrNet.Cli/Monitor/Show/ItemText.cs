using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>Items as lines of text.</summary>
internal static class ItemText
{
    private const int ShownPayload = 32;

    /// <summary>The lines of an item, one at least.</summary>
    public static IReadOnlyList<string> LinesOf(MonitorItem item) => item switch
    {
        LineItem line => [line.Line.Text],
        ExceptionItem exception => LinesOf(exception.Exception),
        PacketItem packet => [Describe(packet.Header, packet.Payload)],
        EventItem happened => [happened.Sentence],
        _ => throw new ArgumentException("It is no item that is known.", nameof(item)),
    };

    private static List<string> LinesOf(ClrException exception)
    {
        string uncaught = exception.IsUncaught ? ", uncaught" : string.Empty;
        List<string> lines = [$"{exception.Type} ({exception.HResult}) in thread {exception.Thread}{uncaught}"];
        if (!string.IsNullOrEmpty(exception.Message))
        {
            lines.AddRange(exception.Message.Split('\n').Select(line => "  " + line));
        }

        lines.AddRange(exception.Frames.Select(frame => $"    at {frame.Method} [IL 0x{frame.Ip:X4}]"));
        return lines;
    }

    private static string Describe(in PacketHeader header, ReadOnlySpan<byte> payload)
    {
        string what = header.IsNack ? "refusal of" : header.IsReply ? "answer to" : "packet";
        string command = Enum.IsDefined(header.Command) ? $"{header.Command}" : $"command 0x{(uint)header.Command:X}";
        string from = header.Command == Command.Ping && PingPayload.TryRead(payload, out PingPayload ping)
            ? $" from {(Enum.IsDefined(ping.Source) ? ping.Source : $"0x{(uint)ping.Source:X}")}" : string.Empty;
        string content = payload.IsEmpty ? string.Empty
            : $": {Convert.ToHexStringLower(payload[..Math.Min(payload.Length, ShownPayload)])}"
            + (payload.Length > ShownPayload ? "..." : string.Empty);
        return $"{what} {command}{from}, number {header.Sequence}, {payload.Length} bytes{content}";
    }
}
