using System.Text;

namespace WhispurrNet.Cli.Output;

/// <summary>
/// The whole of a terminal, drawn again and again, also over ssh. What was on it before comes back when this is disposed.
/// </summary>
internal sealed class FullScreen : IDisposable
{
    private const int FallbackWidth = 80, FallbackHeight = 24;

    // Control sequences that every terminal of the last decades knows (ECMA-48 and xterm).
    private const string Enter = "\x1b[?1049h\x1b[?25l";
    private const string Leave = "\x1b[?25h\x1b[?1049l";
    private const string Home = "\x1b[H";
    private const string ClearToEndOfLine = "\x1b[K";
    private const string ClearBelow = "\x1b[J";

    private readonly TextWriter _terminal;
    private readonly Func<(int Width, int Height)> _size;

    /// <summary>Takes over the terminal.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="size">How large it is now, in characters.</param>
    public FullScreen(TextWriter terminal, Func<(int Width, int Height)> size)
    {
        _terminal = terminal;
        _size = size;
        _terminal.Write(Enter);
        _terminal.Flush();
    }

    /// <summary>Its size now; at least 20 columns and 4 lines.</summary>
    public (int Width, int Height) Size
    {
        get
        {
            (int width, int height) = _size();
            return (width < 20 ? FallbackWidth : width, height < 4 ? FallbackHeight : height);
        }
    }

    /// <summary>The size of the process's own terminal.</summary>
    public static (int Width, int Height) OfConsole()
    {
        try
        {
            return (Console.WindowWidth, Console.WindowHeight);
        }
        catch (IOException)
        {
            return (FallbackWidth, FallbackHeight);
        }
    }

    /// <summary>Shows lines, as many as find room; none may be wider than the screen.</summary>
    public void Draw(IReadOnlyList<string> lines)
    {
        // One write: half a picture would flicker.
        var picture = new StringBuilder(Home);
        int count = Math.Min(lines.Count, Size.Height);
        for (int i = 0; i < count; i++)
        {
            // The last line must not end, or everything would move up.
            picture.Append(lines[i]).Append(ClearToEndOfLine).Append(i < count - 1 ? "\r\n" : ClearBelow);
        }

        _terminal.Write(picture);
        _terminal.Flush();
    }

    /// <summary>Gives the terminal back.</summary>
    public void Dispose()
    {
        _terminal.Write(Leave);
        _terminal.Flush();
    }
}
