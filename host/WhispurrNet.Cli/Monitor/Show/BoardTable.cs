using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using WhispurrNet.Cli.Monitor.Lines;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>What a board has said of itself, as a table and as one line.</summary>
internal static class BoardTable
{
    private const string Unknown = "-";

    /// <summary>The table: name and value, twice beside each other.</summary>
    public static IRenderable Draw(BoardState board, string port)
    {
        IReadOnlyList<(string Name, string Value)> facts = Facts(board, port);
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().Expand()
            .AddColumns("name", "value", "name", "value");
        for (int i = 0; i < facts.Count; i += 2)
        {
            table.AddRow(
                new Text(facts[i].Name, new Style(Color.Grey)),
                new Text(facts[i].Value),
                new Text(facts[i + 1].Name, new Style(Color.Grey)),
                new Text(facts[i + 1].Value));
        }

        return board.LastError is { } error
            ? new Rows(table, new Text(error, new Style(Color.Red)) { Overflow = Overflow.Ellipsis })
            : table;
    }

    /// <summary>The same in one line.</summary>
    public static string Summarize(BoardState board, string port) =>
        "board " + string.Join(", ", Facts(board, port)
            .Where(fact => fact.Value != Unknown)
            .Select(fact => $"{fact.Name} {fact.Value}"));

    /// <summary>A time that a board has run, as days and hours:minutes:seconds.</summary>
    public static string Duration(long seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue));
        return time.Days > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Days}d {time:hh\\:mm}")
            : time.ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture);
    }

    private static IReadOnlyList<(string Name, string Value)> Facts(BoardState board, string port)
    {
        string Counter(string name) => board.Statistics.TryGetValue(name, out long value) ? Number(value) : Unknown;
        string rate = board.FramesPerSecond is { } frames
            ? frames.ToString("0.00", CultureInfo.InvariantCulture) : Unknown;
        return
        [
            ("board", board.Name ?? Unknown),
            ("port", port + (board.IsConnected ? string.Empty : ", gone")),
            ("identity", board.Identity ?? Unknown),
            ("network", board.IsMember switch { true => "member", false => "none", null => Unknown }),
            ("size", board.Size ?? Unknown),
            ("self-test", board.SelfTest ?? Unknown),
            ("up", board.Statistics.TryGetValue("uptime", out long up) ? Duration(up) : Unknown),
            ("Wi-Fi", board.Wifi ?? Unknown),
            ("heap free", Counter("heapFree")),
            ("frames held", Counter("held")),
            ("neighbours", Counter("neighbours")),
            ("contact cards", Number(board.Contacts)),
            ("links open", Number(board.OpenLinks)),
            ("frames/s", rate),
            ("sent", Number(board.Sent)),
            ("read", Number(board.Read)),
            ("bytes out", Counter("tx")),
            ("bytes in", Counter("rx")),
            ("starts", Number(board.Boots)),
            ("errors", Number(board.Faults)),
        ];
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
