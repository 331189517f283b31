using System.Text.Encodings.Web;
using System.Text.Json;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>Writes items as JSON, one object a line.</summary>
/// <param name="output">Where to.</param>
/// <param name="start">The time at which the monitor's clock was 0.</param>
internal sealed class JsonView(Stream output, DateTimeOffset start) : IMonitorView, IDisposable
{
    private static readonly JsonSerializerOptions s_data = new(JsonSerializerDefaults.Web);

    private readonly BufferedStream _buffer = new(output, 64 << 10);
    private readonly Utf8JsonWriter _json = new(
        Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <inheritdoc/>
    public void OnItem(MonitorItem item)
    {
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(item.Kind.ToString()));
        _json.WriteString("at", start.AddMilliseconds(item.AtMs).UtcDateTime);
        switch (item)
        {
            case LineItem line:
                Write(line);
                break;
            case ExceptionItem exception:
                Write(exception.Exception);
                break;
            case PacketItem packet:
                Write(packet);
                break;
            case EventItem happened:
                _json.WriteString("event", JsonNamingPolicy.CamelCase.ConvertName(happened.Event.ToString()));
                _json.WriteString("text", happened.Sentence);
                break;
            default:
                throw new ArgumentException("It is no item that is known.", nameof(item));
        }

        End();
    }

    /// <summary>Writes how a board is.</summary>
    public void Write(BoardState board, long nowMs)
    {
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("kind", "board");
        _json.WriteString("at", start.AddMilliseconds(nowMs).UtcDateTime);
        _json.WritePropertyName("board");
        JsonSerializer.Serialize(_json, board, s_data);
        End();
    }

    /// <inheritdoc/>
    public void OnIdle(long nowMs) => _buffer.Flush();

    /// <summary>Writes what is left; the stream stays open.</summary>
    public void Dispose()
    {
        _buffer.Flush();
        _json.Dispose();
    }

    private void Write(LineItem item)
    {
        SerialLine line = item.Line;
        _json.WriteString("text", line.Text);
        _json.WriteString("source", line.Source == LineSource.Raw ? "raw" : "message");
        if (!line.IsWhole)
        {
            _json.WriteBoolean("starts", line.Starts);
            _json.WriteBoolean("ends", line.Ends);
        }

        if (line.Bytes is not null)
        {
            _json.WriteString("hex", Convert.ToHexStringLower(line.Bytes));
        }

        if (item.Report is { } report)
        {
            const string Suffix = "Report";
            string name = report.GetType().Name[..^Suffix.Length];
            _json.WriteString("report", JsonNamingPolicy.CamelCase.ConvertName(name));
            _json.WritePropertyName("data");
            JsonSerializer.Serialize(
                _json, report is StatisticsReport statistics ? statistics.Values : (object)report, s_data);
        }
    }

    private void Write(ClrException exception)
    {
        _json.WriteString("type", exception.Type);
        _json.WriteString("hresult", exception.HResult);
        _json.WriteNumber("thread", exception.Thread);
        _json.WriteString("message", exception.Message);
        _json.WriteBoolean("uncaught", exception.IsUncaught);
        _json.WriteStartArray("frames");
        foreach (StackFrameLine frame in exception.Frames)
        {
            _json.WriteStartObject();
            _json.WriteString("method", frame.Method);
            _json.WriteNumber("ip", frame.Ip);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void Write(PacketItem packet)
    {
        _json.WriteString("command", packet.Header.Command.ToString());
        _json.WriteNumber("sequence", packet.Header.Sequence);
        _json.WriteNumber("replyTo", packet.Header.ReplyTo);
        _json.WriteNumber("flags", (uint)packet.Header.Flags);
        _json.WriteString("payload", Convert.ToHexStringLower(packet.Payload));
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _buffer.WriteByte((byte)'\n');
    }
}
