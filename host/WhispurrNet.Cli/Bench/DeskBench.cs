using WhispurrNet.Instrumentation;

namespace WhispurrNet.Cli.Bench;

/// <summary>Measures on this machine: the device build on .NET, the desk's own cryptography, and peers where they are present.</summary>
/// <param name="timing">How to measure.</param>
/// <param name="bouncyCastle">The file that the user named; null for none.</param>
internal sealed class DeskBench(Timing timing, string? bouncyCastle)
{
    private const string DeviceBuild = "device build";

    private readonly IProvider[] _own = [new DeskProvider(), new DotNetProvider()];
    private readonly IProvider? _libsodium = LibsodiumProvider.TryLoad();
    private readonly IProvider? _bouncyCastle = BouncyCastleProvider.TryLoad(bouncyCastle);

    /// <summary>Measures every operation, in the same run with its peers.</summary>
    public IReadOnlyList<BenchRow> Run(IReadOnlyList<Counted> counted, CancellationToken cancellation)
    {
        using DeviceOperations operations = new(counted: false);
        List<BenchRow> rows = [];
        foreach (Counted operation in counted)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(Run(operation, operations));
        }

        return rows;
    }

    private BenchRow Run(Counted counted, DeviceOperations operations)
    {
        string name = counted.Cost.Operation;
        double device = Measure(operations.Create(
            name, counted.Cost.IsCore ? operations.NativeHmac : operations.ManagedHmac));
        (double Ns, string Provider) fastest = (device, DeviceBuild);
        foreach (IProvider provider in _own)
        {
            if (Measure(provider, name) is { } ns && ns < fastest.Ns)
            {
                fastest = (ns, provider.Name);
            }
        }

        return BenchPlan.ToRow(counted, fastest.Ns, fastest.Provider) with
        {
            DeviceBuildNs = device,
            LibsodiumNs = Measure(_libsodium, name),
            BouncyCastleNs = Measure(_bouncyCastle, name),
        };
    }

    private double? Measure(IProvider? provider, string name) =>
        provider?.Create(name, new BenchInput()) is { } run ? timing.Median(run) : null;

    private double Measure(DeviceOperation operation)
    {
        if (operation.NeedsPreparing)
        {
            return timing.Median(operation.Prepare, operation.Run);
        }

        return timing.Median(operation.Run);
    }
}
