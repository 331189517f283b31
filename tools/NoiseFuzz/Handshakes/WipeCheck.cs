using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.NoiseFuzz.Handshakes;

/// <summary>Looks for anything left in a handshake that is over.</summary>
internal static class WipeCheck
{
    private const string Function = ".symmetric.function";

    /// <summary>Says of the handshake where it stands, and is no secret.</summary>
    private static readonly HashSet<string> s_public =
        [".tokens", "._initiator", "._initiatorsTurn", "._next", "._dead"];

    /// <summary>Throws if an array or a number in it is not zero, or in its hash not as in a new one.</summary>
    public static void Check(HandshakeState state, INoiseHash newHash)
    {
        Dictionary<string, ulong> fresh = new(Numbers(newHash, Function));
        foreach ((string path, ulong sum) in Numbers(state, ""))
        {
            ulong expected = path.StartsWith(Function, StringComparison.Ordinal) ? fresh[path] : 0;
            FuzzFailure.Unless(s_public.Contains(path) || sum == expected, $"{path} is left in a dead handshake");
        }
    }

    /// <summary>A number for each array and each field of a primitive type, 0 if and only if all of it is 0.</summary>
    private static IEnumerable<KeyValuePair<string, ulong>> Numbers(object root, string prefix)
    {
        foreach ((string path, object value) in ObjectGraph.Walk(root, o => o is IHmacSha256))
        {
            if (value is Array array)
            {
                if (value.GetType().GetElementType()!.IsPrimitive)
                {
                    ulong sum = 0;
                    ulong place = 1;
                    foreach (object element in array)
                    {
                        ulong number = AsNumber(element);
                        sum += number == 0 ? 0 : (number * 0x9E3779B97F4A7C15 * place) | 1;
                        place += 2;
                    }

                    yield return new(prefix + path, sum);
                }

                continue;
            }

            foreach (var field in ObjectGraph.FieldsOf(value.GetType()).Where(f => f.FieldType.IsPrimitive))
            {
                yield return new($"{prefix}{path}.{field.Name}", AsNumber(field.GetValue(value)!));
            }
        }
    }

    private static ulong AsNumber(object value)
    {
        return value switch
        {
            byte b => b,
            bool b => b ? 1ul : 0,
            int i => (ulong)i,
            uint u => u,
            long l => (ulong)l,
            ulong u => u,
            _ => throw new InvalidOperationException($"A field of type {value.GetType()} is not looked into."),
        };
    }
}
