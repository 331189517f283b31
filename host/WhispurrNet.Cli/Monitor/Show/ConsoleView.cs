using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>
/// Writes items as lines for a person. Noise is told as how much of it came: at a wrong rate it would be the same
/// picture for as long as one looks. Log and JSON hold every byte.
/// </summary>
internal sealed class ConsoleView(TextWriter writer, LineFormat format) : IMonitorView
{
    private const int NoiseMs = 1_000;
    private const int SampleBytes = 16;

    private readonly List<byte> _sample = [];
    private long _noise;
    private long _noiseSinceMs;

    /// <inheritdoc/>
    public void OnItem(MonitorItem item)
    {
        if (item is LineItem { Kind: ItemKind.Noise, Line: var line })
        {
            if (_noise == 0)
            {
                _noiseSinceMs = item.AtMs;
            }

            _noise += line.Length;
            _sample.AddRange(line.Bytes!.AsSpan(0, Math.Min(line.Length, SampleBytes - _sample.Count)));
            return;
        }

        TellNoise(item.AtMs);
        format.Write(writer, item);
    }

    /// <inheritdoc/>
    public void OnIdle(long nowMs)
    {
        if (nowMs - _noiseSinceMs >= NoiseMs)
        {
            TellNoise(nowMs);
        }

        writer.Flush();
    }

    private void TellNoise(long nowMs)
    {
        if (_noise == 0)
        {
            return;
        }

        string more = _noise > _sample.Count ? "..." : string.Empty;
        format.WriteLine(
            writer,
            nowMs,
            ItemKind.Noise,
            $"{_noise} bytes that are no text: {Convert.ToHexStringLower(_sample.ToArray())}{more}");
        _noise = 0;
        _sample.Clear();
    }
}
