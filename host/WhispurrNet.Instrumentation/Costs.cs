namespace WhispurrNet.Instrumentation;

/// <summary>Counts what operations of the program of operations execute.</summary>
public sealed class Costs : IDisposable
{
    private readonly DeviceOperations _operations = new(counted: true);

    /// <summary>The names of all operations, in the program's order.</summary>
    public IReadOnlyList<string> Names => _operations.Names;

    /// <summary>All operations in the program's order.</summary>
    public static IReadOnlyList<Cost> MeasureAll()
    {
        using Costs costs = new();
        return [.. costs.Names.Select(costs.Measure)];
    }

    /// <summary>One operation.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public Cost Measure(string name) => Measure(name, hmac => _operations.Create(name, hmac));

    /// <summary>One operation of a node whose store has a size of one's own.</summary>
    /// <param name="name">The name of one that concerns the store.</param>
    /// <param name="frames">Frames that the store holds, 16 or more.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public Cost MeasureAt(string name, int frames) =>
        Measure(name, hmac => _operations.Create(name, frames, hmac));

    /// <inheritdoc/>
    public void Dispose() => _operations.Dispose();

    private Cost Measure(string name, Func<object, DeviceOperation> create)
    {
        // What comes once, as the tables of a type do, is no cost of the operation.
        Run(create(_operations.NativeHmac));
        Total native = Run(create(_operations.NativeHmac));
        Total managed = Run(create(_operations.ManagedHmac));
        return new Cost(
            name,
            managed.Instructions / managed.Runs,
            (native.Instructions + native.Hmacs) / native.Runs,
            native.Hmacs / native.Runs,
            native.Bytes / native.Runs,
            _operations.CoreNames.Contains(name));
    }

    private Total Run(DeviceOperation operation)
    {
        Total total = new(operation.MeanOver, 0, 0, 0);
        for (int i = 0; i < operation.MeanOver; i++)
        {
            operation.Prepare();
            int hmacs = _operations.Hmacs;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Execution execution = DeviceCode.Measure(operation.Run);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            total = new Total(
                operation.MeanOver,
                total.Instructions + execution.Instructions,
                total.Hmacs + _operations.Hmacs - hmacs,
                total.Bytes + bytes);
        }

        return total;
    }

    private readonly record struct Total(int Runs, long Instructions, long Hmacs, long Bytes);
}
