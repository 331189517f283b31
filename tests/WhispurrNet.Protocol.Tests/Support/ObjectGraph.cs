using System.Reflection;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>Walks everything that an object holds on to, each object once, with the path of fields to it.</summary>
internal static class ObjectGraph
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <param name="root">Where to start.</param>
    /// <param name="skip">Not entered and not reported.</param>
    public static IEnumerable<(string Path, object Value)> Walk(object root, Func<object, bool>? skip = null)
    {
        HashSet<object> visited = new(ReferenceEqualityComparer.Instance);
        Stack<(string Path, object Value)> open = new([("", root)]);
        while (open.TryPop(out (string Path, object Value) current))
        {
            if (skip?.Invoke(current.Value) == true || !visited.Add(current.Value))
            {
                continue;
            }

            yield return current;
            foreach ((string Path, object Value) part in PartsOf(current.Path, current.Value))
            {
                open.Push(part);
            }
        }
    }

    /// <summary>Fields of a type and its bases.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (Type? t = type; t != null && t != typeof(object); t = t.BaseType)
        {
            foreach (FieldInfo field in t.GetFields(Fields | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }

    private static IEnumerable<(string Path, object Value)> PartsOf(string path, object value)
    {
        if (value is Array array)
        {
            if (!array.GetType().GetElementType()!.IsValueType)
            {
                for (int i = 0; i < array.Length; i++)
                {
                    if (array.GetValue(i) is { } element)
                    {
                        yield return ($"{path}[{i}]", element);
                    }
                }
            }

            yield break;
        }

        if (value is string or Delegate)
        {
            yield break;
        }

        foreach (FieldInfo field in FieldsOf(value.GetType()))
        {
            if (!field.FieldType.IsValueType && field.GetValue(value) is { } part)
            {
                yield return ($"{path}.{field.Name.TrimStart('_')}", part);
            }
        }
    }
}
