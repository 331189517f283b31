using System.Security.Cryptography;

namespace WhispurrNet.Instrumentation;

/// <summary>Counts operations of the program of operations.</summary>
public sealed class Costs : IDisposable
{
    private const string Namespace = DeviceCode.Program + ".";
    private const string Operations = Namespace + "OperationList";
    private const string CoreOperations = Namespace + "CoreOperations";

    private readonly DeviceCode _code;
    private readonly object _managedHmac;
    private readonly object _nativeHmac;
    private int _calls;

    /// <summary>Loads the device builds with counters in them.</summary>
    public Costs()
    {
        _code = new DeviceCode(traced: false);
        Action<byte[], byte[], int, int, byte[], int> native = (key, data, offset, count, mac, macOffset) =>
        {
            _calls++;
            HMACSHA256.HashData(key, data.AsSpan(offset, count), mac.AsSpan(macOffset));
        };
        Delegate call = Delegate.CreateDelegate(_code.TypeOf(Namespace + "HmacCall"), native.Target, native.Method);
        _managedHmac = _code.New("WhispurrNet.Protocol.Crypto.HmacSha256");
        _nativeHmac = _code.New(Namespace + "OutsideHmac", call);
    }

    /// <summary>The names of all operations, in the program's order.</summary>
    public IReadOnlyList<string> Names => NamesOf(Operations);

    /// <summary>The names of those that concern the store of a node.</summary>
    public IReadOnlyList<string> CoreNames => NamesOf(CoreOperations);

    /// <summary>All operations in the program's order.</summary>
    public static IReadOnlyList<Cost> MeasureAll()
    {
        using Costs costs = new();
        return [.. costs.Names.Select(name => costs.Measure(name))];
    }

    /// <summary>One operation.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public Cost Measure(string name)
    {
        int index = IndexOf(Names, name);
        return Measure(name, hmac => Call(Operations, "Create", index, hmac));
    }

    /// <summary>One operation of a node whose store has a size of one's own.</summary>
    /// <param name="name">One of <see cref="CoreNames"/>.</param>
    /// <param name="frames">Frames that the store holds, 16 or more.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public Cost Measure(string name, int frames)
    {
        int index = IndexOf(CoreNames, name);
        return Measure(name, hmac => Call(CoreOperations, "Create", index, frames, hmac));
    }

    /// <inheritdoc/>
    public void Dispose() => _code.Unload();

    private Cost Measure(string name, Func<object, object> create)
    {
        Total managed = Run(create(_managedHmac));

        // What comes once, as the tables of a type do, is no cost of the operation.
        Run(create(_nativeHmac));
        Total native = Run(create(_nativeHmac));
        return new Cost(
            name,
            managed.Instructions / managed.Runs,
            (native.Instructions + native.Hmacs) / native.Runs,
            native.Hmacs / native.Runs,
            native.Bytes / native.Runs);
    }

    private Total Run(object operation)
    {
        // Through the public base class: the operations themselves are internal.
        Action prepare = Method(operation, "Prepare");
        Action run = Method(operation, "Run");
        int runs = ((dynamic)operation).MeanOver;
        Total total = new(runs, 0, 0, 0);
        for (int i = 0; i < runs; i++)
        {
            prepare();
            _calls = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Execution execution = DeviceCode.Measure(run);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            total = new Total(
                runs, total.Instructions + execution.Instructions, total.Hmacs + _calls, total.Bytes + bytes);
        }

        return total;
    }

    private IReadOnlyList<string> NamesOf(string list)
    {
        int count = (int)_code.TypeOf(list).GetProperty("Count")!.GetValue(null)!;
        return [.. Enumerable.Range(0, count).Select(i => (string)Call(list, "NameOf", i))];
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        int index = names.ToList().IndexOf(name);
        return index >= 0 ? index : throw new ArgumentException($"There is no operation {name}.", nameof(name));
    }

    private object Call(string type, string method, params object[] arguments) =>
        _code.TypeOf(type).GetMethod(method)!.Invoke(null, arguments)!;

    private static Action Method(object operation, string method) =>
        operation.GetType().GetMethod(method)!.CreateDelegate<Action>(operation);

    private readonly record struct Total(int Runs, long Instructions, long Hmacs, long Bytes);
}
