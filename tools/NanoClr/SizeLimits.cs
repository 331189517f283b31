using System.Globalization;

namespace WhispurrNet.NanoClr;

/// <summary>What the PE files of a device image may have.</summary>
internal static class SizeLimits
{
    /// <summary>Bytecode of one assembly: offsets of methods are 16 bits.</summary>
    public const int ByteCodeBytes = 65_536;

    /// <summary>All files of this project in one image.</summary>
    public const int ProjectBytes = 160 * 1024;

    /// <summary>Managed heap of an ESP32_C3 image 1.17.0.</summary>
    public const int C3HeapBytes = 54_472;

    /// <summary>One sentence for each limit that is broken.</summary>
    public static IReadOnlyList<string> Broken(IReadOnlyList<PeFile> files)
    {
        var broken = new List<string>();
        foreach (PeFile file in files.Where(file => file.Tables.ByteCode >= ByteCodeBytes))
        {
            broken.Add(Sentence($"{file.Name} has {file.Tables.ByteCode:N0} bytes of bytecode; below {ByteCodeBytes:N0} are allowed."));
        }

        long project = files.Where(file => !file.IsLibrary).Sum(file => file.SizeBytes);
        if (project > ProjectBytes)
        {
            broken.Add(Sentence($"The project's PE files have {project:N0} bytes; {ProjectBytes:N0} are allowed."));
        }

        return broken;
    }

    private static string Sentence(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
