using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Boards;

/// <summary>A port, and what answered on it, if it was asked.</summary>
internal sealed record FoundBoard(SerialPortInfo Port, BoardAnswer? Answer);

/// <summary>Shows ports and boards.</summary>
internal static class BoardListing
{
    /// <summary>As a table.</summary>
    public static Table ToTable(IReadOnlyList<FoundBoard> boards)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("port", "USB", "likely chip");
        bool asked = boards.Any(board => board.Answer is not null);
        if (asked)
        {
            table.AddColumns("firmware", "WhispurrNet", "board");
        }

        foreach (FoundBoard board in boards)
        {
            string[] cells = [board.Port.Name, Usb(board.Port), UsbIds.LikelyChip(board.Port) ?? "-"];
            table.AddRow([.. (asked ? [.. cells, .. Cells(board.Answer)] : cells).Select(Clean).Select(Markup.Escape)]);
        }

        return table;
    }

    /// <summary>One line for a port.</summary>
    public static string ToLine(FoundBoard board)
    {
        IEnumerable<string> words = [board.Port.Name, Usb(board.Port), UsbIds.LikelyChip(board.Port) ?? ""];
        return string.Join("  ", words.Concat(board.Answer is null ? [] : Cells(board.Answer)).Where(w => w.Length > 1)
            .Select(Clean));
    }

    /// <summary>For programs.</summary>
    public static JsonObject ToJson(FoundBoard board)
    {
        SerialPortInfo port = board.Port;
        var json = new JsonObject
        {
            ["name"] = port.Name,
            ["vendorId"] = Hex(port.VendorId),
            ["productId"] = Hex(port.ProductId),
            ["serialNumber"] = port.SerialNumber,
            ["description"] = port.Description,
            ["bridge"] = UsbIds.Find(port)?.Bridge,
            ["chip"] = UsbIds.LikelyChip(port),
        };
        if (board.Answer is { } answer)
        {
            json["answer"] = ToJson(answer);
        }

        return json;
    }

    private static JsonObject ToJson(BoardAnswer answer) => new()
    {
        ["baudRate"] = answer.BaudRate,
        ["target"] = answer.Firmware?.Target,
        ["platform"] = answer.Firmware?.Platform,
        ["platformInfo"] = answer.Firmware?.PlatformInfo,
        ["clr"] = answer.Firmware?.Clr.ToString(),
        ["build"] = answer.Firmware?.Info,
        ["booter"] = answer.IsBooter,
        ["whispurrNet"] = answer.WhispurrNet?.ToString(),
        ["program"] = new JsonArray(
            [.. answer.Program.Select(a => new JsonObject { ["name"] = a.Name, ["version"] = a.Version.ToString() })]),
        ["name"] = answer.Name,
        ["identity"] = answer.Identity,
        ["member"] = answer.IsMember,
        ["trouble"] = answer.Trouble,
    };

    private static string[] Cells(BoardAnswer? answer)
    {
        if (answer is null)
        {
            return ["not asked", "-", "-"];
        }

        string firmware = answer.Firmware is { } info
            ? $"{info.Target} {info.Clr}{(answer.IsBooter == true ? " (booter)" : string.Empty)}"
            : answer.Trouble ?? "not asked";
        string? identity = answer.Identity is { Length: > IdentityName.ShortMin } whole
            ? whole[..IdentityName.ShortMin]
            : answer.Identity;
        string board = string.Join(' ', new[] { answer.Name, identity }.OfType<string>());
        return [firmware, answer.WhispurrNet?.ToString() ?? "-", board.Length == 0 ? "-" : board];
    }

    private static string Usb(SerialPortInfo port) => port.VendorId is null
        ? "-"
        : $"{Hex(port.VendorId)}:{Hex(port.ProductId)} {UsbIds.Find(port)?.Bridge ?? port.Description}".TrimEnd();

    private static string? Hex(ushort? id) => id?.ToString("x4", CultureInfo.InvariantCulture);

    /// <summary>What devices and boards say of themselves moves no cursor.</summary>
    private static string Clean(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || c is >= '\u2028' and <= '\u202e' ? '?' : c));
}
