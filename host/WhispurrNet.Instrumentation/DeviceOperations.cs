using System.Security.Cryptography;

namespace WhispurrNet.Instrumentation;

/// <summary>The program of operations, loaded with or without counters in the code that it runs.</summary>
public sealed class DeviceOperations : IDisposable
{
    private const string Namespace = DeviceCode.Program + ".";
    private const string Operations = Namespace + "OperationList";
    private const string CoreOperations = Namespace + "CoreOperations";

    private readonly DeviceCode _code;

    /// <summary>Loads the device builds that came with this program.</summary>
    public DeviceOperations(bool counted)
    {
        _code = new DeviceCode(traced: false, counted: counted);
        Action<byte[], byte[], int, int, byte[], int> native = (key, data, offset, count, mac, macOffset) =>
        {
            Hmacs++;
            HMACSHA256.HashData(key, data.AsSpan(offset, count), mac.AsSpan(macOffset));
        };
        Delegate call = Delegate.CreateDelegate(_code.TypeOf(Namespace + "HmacCall"), native.Target, native.Method);
        ManagedHmac = _code.New("WhispurrNet.Protocol.Crypto.HmacSha256");
        NativeHmac = _code.New(Namespace + "OutsideHmac", call);
        Names = NamesOf(Operations);
        CoreNames = NamesOf(CoreOperations);
    }

    /// <summary>The names of all operations, in the program's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The names of those that concern the store of a node.</summary>
    public IReadOnlyList<string> CoreNames { get; }

    /// <summary>The HMAC of the device code.</summary>
    public object ManagedHmac { get; }

    /// <summary>One that is none of device code, as the firmware's is not.</summary>
    public object NativeHmac { get; }

    /// <summary>How often the native HMAC was called.</summary>
    public int Hmacs { get; private set; }

    /// <summary>An operation, new.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public DeviceOperation Create(string name, object hmac) =>
        new(Call(Operations, "Create", IndexOf(Names, name), hmac));

    /// <summary>An operation of a node whose store has a size of one's own, new.</summary>
    /// <param name="name">One of <see cref="CoreNames"/>.</param>
    /// <param name="frames">Frames that the store holds, 16 or more.</param>
    /// <param name="hmac">One of the two.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public DeviceOperation Create(string name, int frames, object hmac) =>
        new(Call(CoreOperations, "Create", IndexOf(CoreNames, name), frames, hmac));

    /// <inheritdoc/>
    public void Dispose() => _code.Unload();

    private string[] NamesOf(string list)
    {
        int count = (int)_code.TypeOf(list).GetProperty("Count")!.GetValue(null)!;
        return [.. Enumerable.Range(0, count).Select(index => (string)Call(list, "NameOf", index))];
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        int index = names.ToList().IndexOf(name);
        return index >= 0 ? index : throw new ArgumentException($"There is no operation {name}.", nameof(name));
    }

    private object Call(string type, string method, params object[] arguments) =>
        _code.TypeOf(type).GetMethod(method)!.Invoke(null, arguments)!;
}
