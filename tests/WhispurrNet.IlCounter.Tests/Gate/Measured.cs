using WhispurrNet.Instrumentation;

namespace WhispurrNet.IlCounter.Tests.Gate;

/// <summary>All operations, counted once for all tests.</summary>
internal static class Measured
{
    private static readonly Lazy<IReadOnlyList<Cost>> s_all = new(Costs.MeasureAll);

    public static IReadOnlyList<Cost> All => s_all.Value;

    public static Cost Of(string operation) => All.Single(cost => cost.Operation == operation);
}
