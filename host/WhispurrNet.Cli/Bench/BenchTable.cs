using System.Globalization;
using Spectre.Console;

namespace WhispurrNet.Cli.Bench;

/// <summary>The table that people read.</summary>
internal static class BenchTable
{
    /// <summary>Columns of a table that goes into a file, where nothing is to be cut off.</summary>
    private const int FileWidth = 240;

    /// <summary>Writes one row an operation; columns of peers that are not there are left out.</summary>
    public static void Write(TextWriter output, IReadOnlyList<BenchRow> rows)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Console.IsOutputRedirected ? FileWidth : console.Profile.Width;
        List<(string Title, Func<BenchRow, string> Cell)> columns =
        [
            ("IL", row => Number(row.Il)),
            ("bytes", row => Number(row.BytesAllocated)),
            ("PE bytes", row => Number(row.PeBytes)),
            ("board ms", row => $"{Ms(row.BoardMs)} ({Ms(row.BoardMsMin)}-{Ms(row.BoardMsMax)})"),
            ("ns", row => Number(row.Ns)),
            ("by", row => row.Provider),
        ];
        AddIfAny(columns, rows, "device build, ns", row => row.DeviceBuildNs);
        AddIfAny(columns, rows, "libsodium, ns", row => row.LibsodiumNs);
        AddIfAny(columns, rows, "BouncyCastle, ns", row => row.BouncyCastleNs);

        Table table = new Table().Border(TableBorder.Rounded).AddColumn("operation");
        foreach ((string title, _) in columns)
        {
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        }

        foreach (BenchRow row in rows)
        {
            table.AddRow([Markup.Escape(row.Name), .. columns.Select(column => Markup.Escape(column.Cell(row)))]);
        }

        console.Write(table);
    }

    private static void AddIfAny(
        List<(string Title, Func<BenchRow, string> Cell)> columns,
        IReadOnlyList<BenchRow> rows,
        string title,
        Func<BenchRow, double?> value)
    {
        if (rows.Any(row => value(row) is not null))
        {
            columns.Add((title, row => value(row) is { } ns ? Number(ns) : ""));
        }
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ms(double value) =>
        value.ToString(value < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture);
}
