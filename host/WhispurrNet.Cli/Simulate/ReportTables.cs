using Spectre.Console;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Simulation.Report.Html;

namespace WhispurrNet.Cli.Simulate;

/// <summary>Reports as tables for people.</summary>
internal sealed class ReportTables
{
    // Where there is no terminal, tables are as wide as they need, so that a line stays one.
    private const int WidthWithoutTerminal = 160;

    // What a narrow terminal is spared, in this order.
    private static readonly string[] s_leastFirst =
        ["lost", "hops", "mAh/day", "silently", "violations", "false acks", "contacts", "bytes"];

    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;

    /// <summary>Writes to an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="width">Its width in characters; null for that of the terminal.</param>
    public ReportTables(TextWriter output, int? width = null)
    {
        _output = output;
        var target = new AnsiConsoleOutput(output);
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = target.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        });
        if (width is not null || !target.IsTerminal)
        {
            _console.Profile.Width = width ?? WidthWithoutTerminal;
        }
    }

    /// <summary>The figures of one run.</summary>
    public void PrintRun(SimulationReport report)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns(string.Empty, "figure", "value", string.Empty);
        table.Columns[2].NoWrap();
        string? group = null;

        // The trace is longer than a column.
        foreach (Figure figure in FigureTable.Of(report).Where(figure => figure.Value != report.Trace))
        {
            if (group is not null && group != figure.Group)
            {
                table.AddEmptyRow();
            }

            table.AddRow(
                group == figure.Group ? string.Empty : Markup.Escape(figure.Group),
                Markup.Escape(figure.Name),
                $"[bold]{Markup.Escape(figure.Value)}[/]",
                $"[dim]{Markup.Escape(figure.Remark)}[/]");
            group = figure.Group;
        }

        _output.WriteLine(OptionTable.Describe(report.Options) + ", " + report.Options.Strategy);
        _console.Write(table);
        _output.WriteLine("trace  " + report.Trace);
    }

    /// <summary>A line for each strategy.</summary>
    public void PrintComparison(IReadOnlyList<SimulationReport> reports)
    {
        _output.WriteLine(OptionTable.Describe(reports[0].Options));
        PrintCompared(
            ["strategy"],
            [.. reports.Select(report => new Row([report.Options.Strategy], report, reports))],
            ComparedFigure.For(reports[0].Options));
    }

    /// <summary>A line for each point.</summary>
    public void PrintSweep(SweepGrid grid, IReadOnlyList<SimulationReport> medians)
    {
        // Columns are the same for all points, so that one with direct whispers brings theirs.
        SimulationOptions widest = grid.Points.MaxBy(point => point.Traffic != TrafficKind.Broadcast)!;
        PrintCompared(
            [.. grid.Varied.Select(parameter => parameter.Name)],
            [
                .. grid.Points.Zip(medians).Select(pair => new Row(
                    [.. grid.Varied.Select(parameter => parameter.Read(pair.First))], pair.Second, [pair.Second])),
            ],
            ComparedFigure.For(widest));
        if (grid.Seeds > 1)
        {
            _output.WriteLine(
                $"medians of {grid.Seeds} seeds; false acks, silent losses and violations of all of them together");
        }
    }

    private static string Cell(ComparedFigure figure, Row row)
    {
        string text = Markup.Escape(figure.Text(row.Report));
        return figure.IsBad(row.Report) ? $"[red]{text}[/]"
            : figure.IsBest(row.Report, row.Rivals) ? $"[green]{text}[/]"
            : text;
    }

    // A column is as wide as its widest cell, two blanks and a line.
    private static int WidthOf(
        IReadOnlyList<string> names, IReadOnlyList<Row> rows, IEnumerable<ComparedFigure> figures)
    {
        IEnumerable<int> keys = names.Select((name, i) => rows.Max(row => Math.Max(name.Length, row.Keys[i].Length)));
        IEnumerable<int> values =
            figures.Select(figure => rows.Max(row => Math.Max(figure.Name.Length, figure.Text(row.Report).Length)));
        return 1 + keys.Concat(values).Sum(width => width + 3);
    }

    private void PrintCompared(
        IReadOnlyList<string> names, IReadOnlyList<Row> rows, IReadOnlyList<ComparedFigure> figures)
    {
        List<ComparedFigure> kept = [.. figures];
        var left = new List<string>();
        IEnumerable<ComparedFigure?> least = s_leastFirst.Select(name => figures.FirstOrDefault(f => f.Name == name));
        foreach (ComparedFigure figure in least.OfType<ComparedFigure>())
        {
            // What is wrong is shown, however little room there is.
            if (WidthOf(names, rows, kept) > _console.Profile.Width && !rows.Any(row => figure.IsBad(row.Report)))
            {
                kept.Remove(figure);
                left.Add(figure.Name);
            }
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns([.. names]);
        foreach (ComparedFigure figure in kept)
        {
            table.AddColumn(new TableColumn(figure.Name).RightAligned().NoWrap());
        }

        foreach (Row row in rows)
        {
            table.AddRow([.. row.Keys.Select(Markup.Escape), .. kept.Select(figure => Cell(figure, row))]);
        }

        _console.Write(table);
        if (left.Count > 0)
        {
            _output.WriteLine($"not shown, for want of room: {string.Join(", ", left)}");
        }
    }

    /// <summary>A line of a table.</summary>
    /// <param name="Keys">What it is about, a cell each.</param>
    /// <param name="Report">Its figures.</param>
    /// <param name="Rivals">Among whom the best is set off.</param>
    private sealed record Row(
        IReadOnlyList<string> Keys, SimulationReport Report, IReadOnlyList<SimulationReport> Rivals);
}
