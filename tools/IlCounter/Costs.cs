using System.Security.Cryptography;

namespace WhispurrNet.IlCounter;

/// <summary>What one operation costs.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="ManagedIl">IL instructions with the managed HMAC.</param>
/// <param name="NativeIl">IL instructions with an HMAC that is none of device code, each call of it counted as one.</param>
/// <param name="Hmacs">Calls of the HMAC.</param>
internal sealed record Cost(string Operation, long ManagedIl, long NativeIl, int Hmacs);

/// <summary>Counts every operation of the program of operations.</summary>
internal static class Costs
{
    private const string Namespace = DeviceCode.Program + ".";

    /// <summary>All operations in the program's order.</summary>
    public static IReadOnlyList<Cost> Measure()
    {
        DeviceCode code = new(traced: false);
        try
        {
            int calls = 0;
            void Native(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
            {
                calls++;
                HMACSHA256.HashData(key, data.AsSpan(offset, count)).CopyTo(mac, macOffset);
            }

            Delegate call = ((Action<byte[], byte[], int, int, byte[], int>)Native);
            Delegate typed = Delegate.CreateDelegate(code.TypeOf(Namespace + "HmacCall"), call.Target, call.Method);
            object[] managed = All(code, code.New("WhispurrNet.Protocol.Crypto.HmacSha256"));
            object[] native = All(code, code.New(Namespace + "OutsideHmac", typed));
            List<Cost> costs = [];
            for (int i = 0; i < managed.Length; i++)
            {
                long managedIl = Run(managed[i]).Instructions;
                Prepare(native[i]);
                calls = 0;
                long nativeIl = RunPrepared(native[i]).Instructions;
                costs.Add(new Cost(((dynamic)managed[i]).Name, managedIl, nativeIl + calls, calls));
            }

            return costs;
        }
        finally
        {
            code.Unload();
        }
    }

    private static object[] All(DeviceCode code, object hmac) =>
        (object[])code.TypeOf(Namespace + "OperationList").GetMethod("All")!.Invoke(null, [hmac])!;

    private static Execution Run(object operation)
    {
        Prepare(operation);
        return RunPrepared(operation);
    }

    // Through the public base class: the operations themselves are internal.
    private static void Prepare(object operation) => Call(operation, "Prepare")();

    private static Execution RunPrepared(object operation) => DeviceCode.Measure(Call(operation, "Run"));

    private static Action Call(object operation, string method) =>
        operation.GetType().GetMethod(method)!.CreateDelegate<Action>(operation);
}
