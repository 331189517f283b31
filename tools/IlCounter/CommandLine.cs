using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using WhispurrNet.Instrumentation;

namespace WhispurrNet.IlCounter;

/// <summary>Options and what the program prints.</summary>
internal static class CommandLine
{
    private const int UsageExitCode = 2;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Runs the program.</summary>
    /// <returns>0 if all went well, 2 if an option is wrong.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        Option<bool> json = new("--json") { Description = "Print a JSON array instead of a table." };
        RootCommand root = new("Counts the IL instructions that operations of the protocol take.") { json };
        root.SetAction(parsed => Write(Console.Out, Costs.MeasureAll(), parsed.GetValue(json)));
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine(parsed.Errors[0].Message);
            return UsageExitCode;
        }

        return parsed.Invoke();
    }

    private static void Write(TextWriter output, IReadOnlyList<Cost> costs, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(costs, s_json));
            return;
        }

        output.WriteLine("| operation | IL, managed HMAC | IL, native HMAC as 1 | HMACs | bytes |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (Cost cost in costs)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {cost.Operation} | {cost.ManagedIl:N0} | {cost.NativeIl:N0} | {cost.Hmacs} | {cost.BytesAllocated:N0} |"));
        }
    }
}
