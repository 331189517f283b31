using System.Globalization;

namespace WhispurrNet.Cli.Bench;

/// <summary>What the device program of operations prints: a line for each operation, and a last one.</summary>
/// <remarks>
/// <c>cost name=x25519 runs=12 us=251034 fastest=250870</c>, or <c>cost name=x25519 failed=OutOfMemoryException</c>; at the end
/// <c>Costs done.</c> Other lines are a board's and are skipped.
/// </remarks>
internal sealed class CostLines
{
    /// <summary>The last line.</summary>
    public const string Done = "Costs done.";

    private const string Start = "cost ";

    private readonly Dictionary<string, double> _us = [];
    private readonly HashSet<string> _failed = [];

    /// <summary>True when the program has come to its end.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Operations that failed there, as a rule for want of memory.</summary>
    public IReadOnlyCollection<string> Failed => _failed;

    /// <summary>Takes a line, whatever it is.</summary>
    /// <returns>The name of the operation that was done; null for another line.</returns>
    public string? Take(string line)
    {
        string trimmed = line.Trim();
        IsDone |= trimmed == Done;
        if (!trimmed.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }

        Dictionary<string, string> fields = [];
        foreach (string field in trimmed[Start.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = field.IndexOf('=');
            if (equals > 0)
            {
                fields[field[..equals]] = field[(equals + 1)..];
            }
        }

        if (!fields.TryGetValue("name", out string? name))
        {
            return null;
        }

        if (fields.ContainsKey("failed"))
        {
            _failed.Add(name);
            return name;
        }

        bool isNumber = fields.TryGetValue("us", out string? text)
            & long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long us);
        if (isNumber)
        {
            _us[name] = us;
        }

        return isNumber ? name : null;
    }

    /// <summary>Rows of the operations that were measured, in the order of what was counted.</summary>
    public IReadOnlyList<BenchRow> ToRows(IReadOnlyList<Counted> counted, string provider)
    {
        const double nsPerUs = 1000;
        return
        [
            .. counted.Where(c => _us.ContainsKey(c.Cost.Operation))
                .Select(c => BenchPlan.ToRow(c, _us[c.Cost.Operation] * nsPerUs, provider)),
        ];
    }
}
