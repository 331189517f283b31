using System.Globalization;
using System.Text.Json;

namespace WhispurrNet.NanoClr;

/// <summary>Writes reports for people and, as one JSON object, for programs.</summary>
internal static class ReportWriter
{
    private const int PeAlignmentBytes = 4;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Bytes of the files in a deployable image, where each begins at a multiple of 4.</summary>
    public static long ImageBytes(IEnumerable<PeFile> files) => files.Sum(file =>
        (file.SizeBytes + PeAlignmentBytes - 1) / PeAlignmentBytes * PeAlignmentBytes);

    /// <summary>
    /// A table of sizes, of whole files and of the bytecode in them: this project's assemblies, the libraries, and
    /// totals.
    /// </summary>
    public static void WriteSizes(TextWriter writer, IReadOnlyList<PeFile> files)
    {
        int width = files.Max(file => file.Name.Length) + 2;
        writer.WriteLine($"{"".PadRight(width + 2)}{"file",12}{"bytecode",12}");
        foreach (IGrouping<bool, PeFile> group in files.GroupBy(file => file.IsLibrary).OrderBy(group => group.Key))
        {
            writer.WriteLine(group.Key ? "libraries" : "this project");
            foreach (PeFile file in group)
            {
                WriteRow(writer, "  " + file.Name.PadRight(width), file.SizeBytes, file.Tables.ByteCode);
            }

            WriteRow(
                writer,
                "  " + "total".PadRight(width),
                group.Sum(file => file.SizeBytes),
                group.Sum(file => file.Tables.ByteCode));
        }

        WriteRow(writer, "image, each PE padded".PadRight(width + 2), ImageBytes(files));
    }

    /// <summary>
    /// A table of the managed heap that each assembly takes on a 32-bit chip once it is loaded, and the total.
    /// </summary>
    public static void WriteHeap(TextWriter writer, IReadOnlyList<PeFile> files)
    {
        int width = files.Max(file => file.Name.Length);
        writer.WriteLine($"{"assembly".PadRight(width)}{"heap",9}{"types",9}{"fields",9}{"methods",9}{"refs",9}{"statics",9}");
        foreach (PeFile file in files.OrderByDescending(file => file.Tables.HeapBytes))
        {
            PeTables tables = file.Tables;
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Name.PadRight(width)}{tables.HeapBytes,9:N0}{tables.Types,9:N0}{tables.Fields,9:N0}"
                + $"{tables.Methods,9:N0}{tables.References.Sum(),9:N0}{tables.Statics,9:N0}"));
        }

        int total = files.Sum(file => file.Tables.HeapBytes);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"total".PadRight(width)}{total,9:N0}"));
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{"left of an ESP32_C3".PadRight(width)}{SizeLimits.C3HeapBytes - total,9:N0}"));
    }

    /// <summary>Failed and skipped tests, problems, and a summary line.</summary>
    public static void WriteTests(TextWriter writer, TestReport report)
    {
        foreach (TestResult result in report.Results.Where(result => result.Outcome != TestOutcome.Passed))
        {
            writer.WriteLine($"{Word(result.Outcome)} {result.Name}: {result.Message}");
            foreach (string line in result.Output)
            {
                writer.WriteLine($"    {line}");
            }
        }

        foreach (string problem in report.Problems)
        {
            writer.WriteLine($"problem: {problem}");
        }

        string seconds = report.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        writer.WriteLine($"nanoCLR: {(report.IsSuccess ? "passed" : "failed")}: {report.Passed} passed, "
            + $"{report.Failed} failed, {report.Skipped} skipped, {seconds} s");
    }

    /// <summary>The whole report as JSON; <paramref name="report"/> is null when nothing was run.</summary>
    public static void WriteJson(TextWriter writer, IReadOnlyList<PeFile> files, TestReport? report)
    {
        var sizes = new
        {
            Assemblies = files.Select(file => new
            {
                file.Name,
                file.SizeBytes,
                file.IsLibrary,
                ByteCodeBytes = file.Tables.ByteCode,
                file.Tables.HeapBytes,
            }),
            ImageBytes = ImageBytes(files),
        };
        object document = report is null ? sizes : new
        {
            Success = report.IsSuccess,
            report.Passed,
            report.Failed,
            report.Skipped,
            DurationMs = (long)report.Duration.TotalMilliseconds,
            report.Problems,
            Tests = report.Results.Select(result =>
                new { result.Name, Outcome = Word(result.Outcome), result.Ticks, result.Message }),
            sizes.Assemblies,
            sizes.ImageBytes,
        };
        writer.WriteLine(JsonSerializer.Serialize(document, s_json));
    }

    private static void WriteRow(TextWriter writer, string label, params long[] bytes) =>
        writer.WriteLine(label
            + string.Concat(bytes.Select(value => value.ToString("N0", CultureInfo.InvariantCulture).PadLeft(12))));

    private static string Word(TestOutcome outcome) => outcome switch
    {
        TestOutcome.Passed => "passed",
        TestOutcome.Failed => "failed",
        _ => "skipped",
    };
}
