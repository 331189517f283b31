using System.Globalization;
using System.Text.Json;

namespace WhispurrNet.ReconcileStudy;

/// <summary>Writes measurements as tables or as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void WriteJson(TextWriter output, IReadOnlyList<Measurement> measurements)
    {
        output.WriteLine(JsonSerializer.Serialize(measurements, s_json));
    }

    /// <summary>One table a scale and a quantity: a row for each method, a column for each number of differences.</summary>
    public static void WriteTables(TextWriter output, IReadOnlyList<Measurement> measurements)
    {
        foreach (IGrouping<(string, int), Measurement> group in measurements.GroupBy(m => (m.Scale, m.Gone)))
        {
            Measurement[] all = [.. group];
            string gone = all[0].Gone == 0 ? "" : $", {all[0].Gone} frames a side that the other has seen and holds no more";
            Write(output, $"{all[0].Scale}, bytes both ways{gone}", all, m => Number(m.Bytes));
            Write(output, $"{all[0].Scale}, seconds{gone}", all, m => Decimal(m.Milliseconds / 1000, 2));
            if (all[0].Gone != 0)
            {
                continue;
            }

            Write(output, $"{all[0].Scale}, round trips / records", all, m => $"{Decimal(m.RoundTrips, 1)} / {Decimal(m.Records, 1)}");
            Write(output, $"{all[0].Scale}, thousands of IL of the busier side", all, m => Number(m.Il / 1000));
            WriteRest(output, all);
        }
    }

    private static void Write(TextWriter output, string title, Measurement[] all, Func<Measurement, string> cell)
    {
        int[] columns = [.. all.Select(m => m.Differences).Distinct()];
        output.WriteLine($"**{title}**");
        output.WriteLine();
        output.WriteLine($"| differences | {string.Join(" | ", columns)} |");
        output.WriteLine($"| --- |{string.Concat(columns.Select(_ => " ---: |"))}");
        foreach (IGrouping<string, Measurement> method in all.GroupBy(m => m.Method))
        {
            output.WriteLine($"| {method.Key} | {string.Join(" | ", method.Select(cell))} |");
        }

        output.WriteLine();
    }

    private static void WriteRest(TextWriter output, Measurement[] all)
    {
        output.WriteLine($"**{all[0].Scale}, heap and what stays behind**");
        output.WriteLine();
        output.WriteLine("| method | heap bytes of a side | share of the differences missed |");
        output.WriteLine("| --- | ---: | ---: |");
        foreach (IGrouping<string, Measurement> method in all.GroupBy(m => m.Method))
        {
            double missed = method.Sum(m => m.Missed * m.Differences) / Math.Max(1, method.Sum(m => m.Differences));
            string share = missed == 0 ? "0" : missed.ToString("0.0E+0", CultureInfo.InvariantCulture);
            output.WriteLine($"| {method.Key} | {Number(method.Max(m => m.HeapBytes))} | {share} |");
        }

        output.WriteLine();
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Decimal(double value, int digits) => value.ToString("N" + digits, CultureInfo.InvariantCulture);
}
