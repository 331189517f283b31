using System.Globalization;
using System.Reflection;
using WhispurrNet.Simulation;

namespace WhispurrNet.MeshHunt;

/// <summary>A world that broke something, as a test that can stand among the others.</summary>
internal static class ReadyMadeTest
{
    /// <summary>The source of the test.</summary>
    public static string Of(SimulationOptions options, string wrong)
    {
        SimulationOptions usual = new();
        IEnumerable<string> values = typeof(SimulationOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => !Equals(p.GetValue(options), p.GetValue(usual)))
            .Select(p => $"{p.Name} = {Literal(p.GetValue(options)!)}");
        return $$"""
                // {{wrong}}
                [Fact]
                public void WorldOfSeed{{options.Seed}}()
                {
                    SimulationReport report = Run(new()
                    {
                        {{string.Join(", ", values)}},
                    });

                    Assert.Empty(report.Violations);
                    Assert.Equal(0, report.LostSilently);
                    Assert.True(report.Converged);
                }

            """;
    }

    private static string Literal(object value) => value switch
    {
        bool yes => yes ? "true" : "false",
        string text => $"\"{text}\"",
        Enum kind => $"{kind.GetType().Name}.{kind}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}
