using Spectre.Console;
using WhispurrNet.Cli.Monitor.Lines;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>What goes before and behind a text of one style.</summary>
internal readonly record struct AnsiStyle(string Before, string After);

/// <summary>The colours of items, written once: a library call for each line would be the slowest part of all.</summary>
internal sealed class ItemStyles
{
    private readonly Dictionary<ItemKind, AnsiStyle> _styles;

    private ItemStyles(ColorSystem colors)
    {
        AnsiStyle Of(Style style) => Render(style, colors);
        Time = Of(new Style(Color.Grey));
        _styles = new()
        {
            [ItemKind.Text] = Of(Style.Plain),
            [ItemKind.Report] = Of(new Style(Color.Aqua)),
            [ItemKind.Error] = Of(new Style(Color.Red)),
            [ItemKind.Exception] = Of(new Style(Color.Red, decoration: Decoration.Bold)),
            [ItemKind.Clr] = Of(new Style(Color.Blue)),
            [ItemKind.Rom] = Of(new Style(Color.Grey)),
            [ItemKind.Noise] = Of(new Style(Color.Grey)),
            [ItemKind.Packet] = Of(new Style(Color.Fuchsia)),
            [ItemKind.Event] = Of(new Style(Color.Yellow)),
        };
    }

    /// <summary>The style of times.</summary>
    public AnsiStyle Time { get; }

    /// <summary>The style of an item's text.</summary>
    public AnsiStyle this[ItemKind kind] => _styles[kind];

    /// <summary>Those for a console; null when it shows no colours (a pipe, <c>NO_COLOR</c>, a plain terminal).</summary>
    public static ItemStyles? For(IAnsiConsole console) =>
        console.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors and var colors }
            ? new ItemStyles(colors)
            : null;

    private static AnsiStyle Render(Style style, ColorSystem colors)
    {
        const string Mark = "x";
        string[] around = Rendering.ToText(new Text(Mark, style), 1, colors).Split(Mark);
        return new(around[0], around[1].TrimEnd('\n'));
    }
}
