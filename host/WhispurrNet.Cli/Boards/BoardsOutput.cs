using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace WhispurrNet.Cli.Boards;

/// <summary>Where <c>boards</c> writes: a table and lines, or JSON.</summary>
internal sealed class BoardsOutput(bool json)
{
    /// <summary>The ports there are.</summary>
    public void List(IReadOnlyList<FoundBoard> boards)
    {
        if (json)
        {
            Write(new JsonObject { ["ports"] = new JsonArray([.. boards.Select(BoardListing.ToJson)]) });
        }
        else if (boards.Count == 0)
        {
            Console.WriteLine("There is no serial port: is the cable one that carries data?");
        }
        else
        {
            AnsiConsole.Write(BoardListing.ToTable(boards));
        }
    }

    /// <summary>From now on changes are told, the ports there are first.</summary>
    public void Watch()
    {
        if (json)
        {
            Write(new JsonObject { ["event"] = "watching" });
        }
        else
        {
            Console.WriteLine("Ctrl-C ends.");
        }
    }

    /// <summary>A port that came or went.</summary>
    public void Change(FoundBoard board, bool appeared)
    {
        if (json)
        {
            JsonObject line = BoardListing.ToJson(board);
            line.Insert(0, "event", appeared ? "appeared" : "gone");
            Write(line);
        }
        else
        {
            string time = DateTime.Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            Console.WriteLine($"{time} {(appeared ? '+' : '-')} {BoardListing.ToLine(board)}");
        }
    }

    private static void Write(JsonObject line) => Console.WriteLine(line.ToJsonString());
}
