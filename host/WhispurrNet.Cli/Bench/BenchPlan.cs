using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Instrumentation;

namespace WhispurrNet.Cli.Bench;

/// <summary>What everything costs that does not depend on where it runs: IL, allocations, bytes of PE files.</summary>
internal static class BenchPlan
{
    /// <summary>Counts the operations whose names hold a word.</summary>
    /// <param name="filter">The word; null for all.</param>
    /// <exception cref="SettingException">No name holds it.</exception>
    public static IReadOnlyList<Counted> Count(string? filter)
    {
        using Costs costs = new();
        string[] names = [.. costs.Names.Where(
            name => filter is null || name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (names.Length == 0)
        {
            throw new SettingException($"No operation has '{filter}' in its name.");
        }

        using DeviceOperations operations = new(counted: false);
        using PeSizes sizes = new(DeviceCode.DefaultFolder);
        return
        [
            .. names.Select(name => new Counted(
                costs.Measure(name),
                sizes.Of(operations.Create(name, operations.NativeHmac).TypeName))),
        ];
    }

    /// <summary>A row of what was counted and what was measured.</summary>
    public static BenchRow ToRow(Counted counted, double ns, string provider) => new(
        counted.Cost.Operation, counted.Cost.Il, ns, counted.Cost.BytesAllocated, counted.PeBytes)
    {
        Provider = provider,
        IlManagedHmac = counted.Cost.ManagedIl,
        IlNativeHmac = counted.Cost.NativeIl,
    };
}

/// <summary>An operation's counts.</summary>
/// <param name="Cost">IL and allocations.</param>
/// <param name="PeBytes">Bytes of PE files that a board carries for it.</param>
internal sealed record Counted(Cost Cost, long PeBytes);
