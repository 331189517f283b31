using System.Globalization;

namespace WhispurrNet.NanoffStandIn;

/// <summary>How the stand-in behaves, by variables of its environment.</summary>
internal static class Settings
{
    /// <summary>The chip it pretends to talk to, by family.</summary>
    public static string Chip => Text("STANDIN_CHIP") ?? "ESP32";

    /// <summary>The error it ends with, such as <c>E4003</c>, or null.</summary>
    public static string? Fail => Text("STANDIN_FAIL");

    /// <summary>The piece of output after which it ends without a word, from 1 on, or 0.</summary>
    public static int DieAfter => Number("STANDIN_DIE_AFTER");

    /// <summary>The piece of output after which it does nothing any more, from 1 on, or 0.</summary>
    public static int HangAfter => Number("STANDIN_HANG_AFTER");

    /// <summary>How many bytes it writes at a time, or 0: as they come.</summary>
    public static int Chunk => Number("STANDIN_CHUNK");

    /// <summary>How long it takes for a piece of progress, in milliseconds.</summary>
    public static int PaceMs => Number("STANDIN_PACE_MS");

    /// <summary>A file to which it adds its process and arguments, one blank between, or null.</summary>
    public static string? Log => Text("STANDIN_LOG");

    /// <summary>A file that it gives out as what it read from the flash, or null: 4 MB of nothing.</summary>
    public static string? Flash => Text("STANDIN_FLASH");

    private static string? Text(string name) => Environment.GetEnvironmentVariable(name);

    private static int Number(string name) =>
        Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
}
