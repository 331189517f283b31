using System.Globalization;
using Spectre.Console;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Show;

namespace WhispurrNet.Cli.Top;

/// <summary>Draws a moment as lines of text, for any width from 80 columns.</summary>
/// <param name="colors">Colours, <see cref="ColorSystem.NoColors"/> for a pipe.</param>
internal sealed class TopPicture(ColorSystem colors)
{
    /// <summary>From how many columns on there is room for more about each board.</summary>
    public const int WideColumns = 120;

    private const int NameColumns = 12;
    private const int WideNameColumns = 16;
    private const int ShortColumns = 8;
    private const string DeviceFolder = "/dev/";
    private const string Unknown = "-";

    /// <summary>The lines, from the top.</summary>
    /// <param name="moment">What to show.</param>
    /// <param name="order">In what order.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Lines; null for as many as it takes.</param>
    public IReadOnlyList<string> Draw(TopSnapshot moment, TopOrder order, int width, int? height)
    {
        IReadOnlyList<TopBoard> boards = order.Sort(moment.Boards);
        List<string> lines = [Line(Headline(moment), width, Style.Plain)];
        lines.AddRange(Rendering.ToLines(Boards(boards, width >= WideColumns), width, colors));
        List<string> below = [.. Errors(boards, width), .. Links(moment.Links, width)];
        if (height is not { } rows)
        {
            return [.. lines, .. below];
        }

        // Boards matter most: what is below gives way, and says so.
        int room = Math.Max(0, rows - 1 - lines.Count);
        if (below.Count > room)
        {
            int shown = Math.Max(0, room - 1);
            string more = $"{below.Count - shown} lines more";
            below = [.. below.Take(shown), .. room > 0 ? (string[])[Line(more, width, new Style(Color.Grey))] : []];
        }

        lines = [.. lines.Take(rows - 1), .. below];
        lines.AddRange(Enumerable.Repeat(string.Empty, Math.Max(0, rows - 1 - lines.Count)));
        lines.Add(Line(Keys(order), width, new Style(decoration: Decoration.Invert)));
        return lines;
    }

    private static string Headline(TopSnapshot moment)
    {
        string time = moment.At.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        string boards = $"{moment.Boards.Count} {(moment.Boards.Count == 1 ? "node" : "nodes")}";
        string gateway = moment.Gateway switch
        {
            null => string.Empty,
            { Peers: null } gone => $", {gone.Address} does not answer",
            var there => string.Create(
                CultureInfo.InvariantCulture,
                $", {there.Address} up {BoardTable.Duration(there.UptimeSeconds)}, {there.Peers} peers, "
                + $"{there.HeldFrames} held, {there.Whispers} whispers"),
        };
        return $"{time}  {boards}{gateway}";
    }

    private static string Keys(TopOrder order)
    {
        string by = order.Key == TopKey.Given ? "as given" : "by " + order.Key.ToString().ToLowerInvariant();
        return $" q quit   n name  f frames  h heap  c contacts  e errors  r reverse   {by}"
            + (order.IsReversed ? ", reversed" : string.Empty);
    }

    private static Table Boards(IReadOnlyList<TopBoard> boards, bool isWide)
    {
        Table table = new Table().Border(TableBorder.None);
        void Column(string name, bool isNumber) => table.AddColumn(
            new TableColumn(new Text(name, new Style(decoration: Decoration.Bold)))
            {
                Alignment = isNumber ? Justify.Right : Justify.Left,
                NoWrap = true,
                Padding = new Padding(0, 0, 1, 0),
            });
        Column("NODE", false);
        Column("ROLE", false);
        Column("STATE", false);
        foreach (string name in (string[])["UP", "LINKS", "FR/S", "HEAP", "HELD", "NEAR", "CARDS", "ERR"])
        {
            Column(name, true);
        }

        if (isWide)
        {
            Column("SENT", true);
            Column("RECV", true);
            Column("IDENTITY", false);
            Column("SOURCE", false);
        }

        foreach (TopBoard board in boards)
        {
            table.AddRow(Cells(board, isWide).Select((cell, column) => new Text(cell, StyleOf(board, column))));
        }

        return table;
    }

    private static IEnumerable<string> Cells(TopBoard board, bool isWide)
    {
        string rate = board.FramesPerSecond is { } frames
            ? frames.ToString(frames < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) : Unknown;
        string[] cells =
        [
            Shorten(board.Name, isWide ? WideNameColumns : NameColumns),
            board.Role,
            board.State,
            board.UptimeSeconds is { } up ? BoardTable.Duration(up) : Unknown,
            Count(board.OpenLinks),
            rate,
            Count(board.HeapFree),
            Count(board.Held),
            Count(board.Neighbours),
            Count(board.Contacts),
            Count(board.Errors),
        ];
        return isWide
            ? [.. cells, Count(board.BytesOut), Count(board.BytesIn), Shorten(board.Identity ?? Unknown, ShortColumns),
                Shorten(board.Source.Replace(DeviceFolder, string.Empty, StringComparison.Ordinal), ShortColumns)]
            : cells;
    }

    private static Style StyleOf(TopBoard board, int column)
    {
        const int StateColumn = 2, ErrorColumn = 10;
        return column switch
        {
            0 => new Style(decoration: Decoration.Bold),
            StateColumn => new Style(board.State == "up" ? Color.Green : Color.Yellow),
            ErrorColumn when board.Errors > 0 => new Style(Color.Red),
            _ => Style.Plain,
        };
    }

    private IEnumerable<string> Errors(IReadOnlyList<TopBoard> boards, int width) => boards
        .Where(board => board.LastError is not null)
        .Select(board => Line($"{board.Name}: {board.LastError}", width, new Style(Color.Red)));

    private IEnumerable<string> Links(IReadOnlyList<TopLink> links, int width) => links
        .OrderByDescending(link => link.Open)
        .Select(link => Line(
            $"{link.First} {(link.Bluetooth ? "~~~" : "---")} {link.Second}  {(link.Open ? "open" : "closed")}, "
            + $"met {link.Met}" + (link.Failed > 0 ? $", failed {link.Failed}" : string.Empty),
            width,
            link.Open ? new Style(Color.Aqua) : new Style(Color.Grey)));

    // What a board or a gateway calls itself must not steer the terminal.
    private string Line(string text, int width, Style style) => Rendering.ToLines(
        new Text(Rendering.Clip(Clean(text), width), style), width, colors)[0];

    private static string Clean(string text) => SafeText.Decode(System.Text.Encoding.UTF8.GetBytes(text), out _);

    private static string Shorten(string text, int columns)
    {
        text = Clean(text);
        return text.Length <= columns ? text : text[..(columns - 1)] + "…";
    }

    // In 80 columns seven places: 123456, 1234k, 1234M.
    private static string Count(long? value) => value switch
    {
        null => Unknown,
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1_000_000}M"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1_000}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
