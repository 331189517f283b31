using System.Text.Json;
using Spectre.Console;
using WhispurrNet.Cli.Output;

namespace WhispurrNet.Cli.Top;

/// <summary>Asks sources again and again, and shows what they say.</summary>
/// <param name="sources">The sources; boards are shown in their order.</param>
/// <param name="interval">How often they are asked.</param>
internal sealed class TopRun(IReadOnlyList<ITopSource> sources, TimeSpan interval)
{
    private const int PlainColumns = 120;
    private static readonly TimeSpan s_keyEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Shows it on a terminal, until the user quits.</summary>
    /// <param name="screen">The terminal.</param>
    /// <param name="colors">Its colours.</param>
    /// <param name="readKey">Gives the key that was pressed, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ShowAsync(
        FullScreen screen, ColorSystem colors, Func<char?> readKey, CancellationToken cancellation)
    {
        var picture = new TopPicture(colors);
        var order = default(TopOrder);
        while (true)
        {
            TopSnapshot moment = await ReadAsync(cancellation).ConfigureAwait(false);
            (int Width, int Height)? drawn = null;
            DateTimeOffset next = moment.At + interval;
            do
            {
                while (readKey() is { } key)
                {
                    if (char.ToLowerInvariant(key) == 'q')
                    {
                        return;
                    }

                    drawn = order.After(key) is { } other && (order = other) == other ? null : drawn;
                }

                if (drawn != screen.Size)
                {
                    drawn = screen.Size;
                    screen.Draw(picture.Draw(moment, order, drawn.Value.Width, drawn.Value.Height));
                }

                await Task.Delay(s_keyEvery, cancellation).ConfigureAwait(false);
            }
            while (DateTimeOffset.UtcNow < next);
        }
    }

    /// <summary>Writes one block of lines, or one JSON object, in each interval.</summary>
    public async Task PrintAsync(TextWriter writer, bool json, CancellationToken cancellation)
    {
        var picture = new TopPicture(ColorSystem.NoColors);
        using var ticker = new PeriodicTimer(interval);
        do
        {
            TopSnapshot moment = await ReadAsync(cancellation).ConfigureAwait(false);
            if (json)
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(moment, JsonSerializerOptions.Web))
                    .ConfigureAwait(false);
                continue;
            }

            foreach (string line in picture.Draw(moment, default, PlainColumns, height: null))
            {
                await writer.WriteLineAsync(line.TrimEnd()).ConfigureAwait(false);
            }

            await writer.WriteLineAsync().ConfigureAwait(false);
        }
        while (await ticker.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    private async Task<TopSnapshot> ReadAsync(CancellationToken cancellation)
    {
        var boards = new List<TopBoard>();
        var links = new List<TopLink>();
        TopGateway? gateway = null;
        foreach (ITopSource source in sources)
        {
            gateway = await source.ReadAsync(boards, links, cancellation).ConfigureAwait(false) ?? gateway;
        }

        return new TopSnapshot(DateTimeOffset.UtcNow, gateway, boards, links);
    }
}
