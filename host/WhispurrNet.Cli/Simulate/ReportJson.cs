using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;

namespace WhispurrNet.Cli.Simulate;

/// <summary>Reports for programs: every figure, without the lists that are as long as the mesh or the run.</summary>
internal static class ReportJson
{
    private static readonly string[] s_lists =
    [
        nameof(SimulationReport.EnergyByNode), nameof(SimulationReport.LatencyCurve),
        nameof(SimulationReport.DeliveryOverTime), nameof(SimulationReport.Hops), nameof(SimulationReport.Whispers),
    ];

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new NumberOrNull() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutLists } },
    };

    /// <summary>One run.</summary>
    public static JsonObject OfRun(SimulationReport report) =>
        JsonSerializer.SerializeToNode(report, s_options)!.AsObject();

    /// <summary>Several strategies in one world: what they have in common, and each.</summary>
    public static JsonObject OfComparison(IReadOnlyList<SimulationReport> reports)
    {
        var strategies = new JsonArray();
        JsonObject? common = null;
        foreach (SimulationReport report in reports)
        {
            JsonObject run = OfRun(report);
            JsonObject options = run["options"]!.AsObject();
            run.Remove("options");
            options.Remove("strategy");
            common ??= options;
            run.Insert(0, "strategy", report.Options.Strategy);
            strategies.Add((JsonNode)run);
        }

        return new JsonObject { ["options"] = common, ["strategies"] = strategies };
    }

    /// <summary>The points of a sweep, each with what was varied, its seeds, and its figures.</summary>
    public static JsonArray OfSweep(SweepGrid grid, IReadOnlyList<SimulationReport> medians)
    {
        var points = new JsonArray();
        foreach ((SimulationOptions point, SimulationReport report) in grid.Points.Zip(medians))
        {
            JsonObject run = OfRun(report);
            run.Insert(0, "point", grid.ReadPoint(point));
            IEnumerable<JsonNode> seeds = Enumerable.Range(point.Seed, grid.Seeds).Select(seed => (JsonNode)seed);
            run.Insert(1, "seeds", new JsonArray([.. seeds]));
            points.Add((JsonNode)run);
        }

        return points;
    }

    private static void LeaveOutLists(JsonTypeInfo type)
    {
        if (type.Type == typeof(SimulationReport))
        {
            string[] names = [.. s_lists.Select(JsonNamingPolicy.CamelCase.ConvertName)];
            foreach (JsonPropertyInfo property in type.Properties.Where(p => names.Contains(p.Name)).ToArray())
            {
                type.Properties.Remove(property);
            }
        }
    }

    /// <summary>Bytes by delivery without a delivery are no number, and JSON has none for that.</summary>
    private sealed class NumberOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
