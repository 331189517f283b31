using Spectre.Console;
using Spectre.Console.Rendering;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>Makes text of what the console library draws, for a given size instead of that of the terminal.</summary>
internal static class Rendering
{
    /// <summary>Renders.</summary>
    /// <param name="content">What.</param>
    /// <param name="width">Columns.</param>
    /// <param name="colors">Colours; <see cref="ColorSystem.NoColors"/> for plain text.</param>
    public static string ToText(IRenderable content, int width, ColorSystem colors)
    {
        using var text = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colors == ColorSystem.NoColors ? AnsiSupport.No : AnsiSupport.Yes,
            ColorSystem = colors switch
            {
                ColorSystem.NoColors => ColorSystemSupport.NoColors,
                ColorSystem.TrueColor => ColorSystemSupport.TrueColor,
                ColorSystem.EightBit => ColorSystemSupport.EightBit,
                ColorSystem.Standard => ColorSystemSupport.Standard,
                _ => ColorSystemSupport.Legacy,
            },
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(content);
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A line of text, cut where the terminal ends.</summary>
    public static string Clip(string text, int width)
    {
        if (new Segment(text).CellCount() <= width)
        {
            return text;
        }

        int columns = 0;
        int length = 0;
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            columns += new Segment(rune.ToString()).CellCount();
            if (columns > width - 1)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length] + "…";
    }

    /// <summary>Renders to lines, one at least, none wider than told.</summary>
    public static string[] ToLines(IRenderable content, int width, ColorSystem colors) =>
        ToText(content, width, colors).TrimEnd('\n').Split('\n');
}
