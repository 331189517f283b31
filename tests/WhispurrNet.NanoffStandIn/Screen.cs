using System.Text;

namespace WhispurrNet.NanoffStandIn;

/// <summary>Writes to the terminal as nanoff does: in colours, over lines, with the cursor moved about.</summary>
internal static class Screen
{
    private static int s_pieces;

    /// <summary>How many pieces were written, for a test to know how many there are.</summary>
    public static int Pieces => s_pieces;

    public static void Start()
    {
        if (Settings.Chunk > 0)
        {
            Console.SetOut(new ChunkWriter(Console.OpenStandardOutput(), Settings.Chunk) { AutoFlush = true });
        }

        Console.ForegroundColor = ConsoleColor.White;
    }

    /// <summary>A piece of a line.</summary>
    public static void Write(string text, ConsoleColor color = ConsoleColor.White)
    {
        Console.ForegroundColor = color;
        Console.Write(text);
        Interrupt();
    }

    public static void WriteLine(string text = "", ConsoleColor color = ConsoleColor.White)
    {
        Console.ForegroundColor = color;
        Console.WriteLine(text);
        Interrupt();
    }

    /// <summary>A bar that overwrites the one before.</summary>
    public static void Bar(uint address, int sent, int total)
    {
        int width = Console.WindowWidth - 1;
        string before = $"Writing at 0x{address:X8} [";
        string after = $"] {100.0 * sent / total,5:F1}% {sent}/{total} bytes...";
        int room = Math.Max(10, width - before.Length - after.Length);
        int filled = (int)((long)room * sent / total);
        string bar = new string('=', filled) + (filled < room ? ">" : "");
        Overwrite(before + bar.PadRight(room) + after);
    }

    public static void Percent(string what, int percent) => Overwrite($"{what}... {percent}%");

    /// <summary>Blanks the current line.</summary>
    public static void ClearLine() => Console.Write("\r" + new string(' ', Console.WindowWidth - 1) + "\r");

    /// <summary>Goes back over the progress to the line above, which is then written anew with its end.</summary>
    public static void BackToTitle()
    {
        Console.SetCursorPosition(0, Console.CursorTop);
        Console.Write(new string(' ', Console.WindowWidth));
        int row = Console.CursorTop;

        // Where the terminal does not tell its cursor this throws, as it does in nanoff.
        Console.SetCursorPosition(0, row - 1);
        Console.Write(new string(' ', Console.WindowWidth));
        Console.SetCursorPosition(0, row - 1);
    }

    private static void Overwrite(string text)
    {
        Console.Write("\r" + text.PadRight(Console.WindowWidth));
        Thread.Sleep(Settings.PaceMs);
        Interrupt();
    }

    private static void Interrupt()
    {
        s_pieces++;
        if (s_pieces == Settings.DieAfter)
        {
            Environment.Exit(3);
        }

        if (s_pieces == Settings.HangAfter)
        {
            Thread.Sleep(Timeout.Infinite);
        }
    }

    /// <summary>Writes a few bytes at a time, wherever that cuts.</summary>
    private sealed class ChunkWriter(Stream stream, int size) : StreamWriter(stream, new UTF8Encoding(false))
    {
        public override void Write(string? value)
        {
            byte[] bytes = Encoding.GetBytes(value ?? "");
            for (int start = 0; start < bytes.Length; start += size)
            {
                BaseStream.Write(bytes, start, Math.Min(size, bytes.Length - start));
                BaseStream.Flush();
            }
        }

        public override void WriteLine(string? value) => Write(value + "\n");
    }
}
