using System.Collections.Frozen;
using System.Globalization;
using Mono.Cecil;

namespace WhispurrNet.Virtual.Memory;

/// <summary>
/// What a new object takes on the device's heap: of the program's classes by their fields, of the libraries' classes
/// by the fields that the real ones have (<c>ObjectFields.txt</c>).
/// </summary>
internal static class ObjectSizes
{
    private const string Resource = "WhispurrNet.Virtual.Memory.ObjectFields.txt";
    private const int UnknownFields = 3;

    private static readonly Lazy<FrozenDictionary<string, int>> s_library = new(Read);

    /// <summary>Bytes of a new object of a class, without the arrays and objects its constructor makes.</summary>
    public static int OfObject(TypeReference type)
    {
        if (s_library.Value.TryGetValue(type.FullName, out int known))
        {
            return known;
        }

        int fields = 0;
        int inner = 0;
        for (TypeReference? level = type; level is not null; level = level.Resolve()?.BaseType)
        {
            if (s_library.Value.TryGetValue(level.FullName, out int size))
            {
                return size + (fields * HeapRule.Block) + inner;
            }

            TypeDefinition? definition = level.Resolve();
            if (definition is null)
            {
                return HeapRule.Object(fields + UnknownFields) + inner;
            }

            foreach (FieldDefinition field in definition.Fields.Where(field => !field.IsStatic))
            {
                fields++;
                inner += OfStructure(field.FieldType);
            }
        }

        return HeapRule.Object(fields) + inner;
    }

    /// <summary>Bytes of one element of an array; a structure's own object included.</summary>
    public static int OfElement(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Boolean or MetadataType.Byte or MetadataType.SByte => 1,
        MetadataType.Char or MetadataType.Int16 or MetadataType.UInt16 => 2,
        MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single => 4,
        MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double => 8,
        MetadataType.ValueType when IsTime(type) => 8,
        MetadataType.ValueType when type.Resolve() is { IsEnum: true } definition =>
            OfElement(definition.Fields.First(field => !field.IsStatic).FieldType),
        _ => HeapRule.Block + OfStructure(type),
    };

    /// <summary>Bytes of a boxed value.</summary>
    public static int OfBoxed(TypeReference type) => Math.Max(HeapRule.Boxed, OfStructure(type));

    // A structure in a field, a local or an array is an object of its own (Execution.cpp: InitializeReference).
    private static int OfStructure(TypeReference type) =>
        type.MetadataType == MetadataType.ValueType && !IsTime(type) && type.Resolve() is { IsEnum: false } definition
            ? HeapRule.Object(definition.Fields.Count(field => !field.IsStatic))
            : 0;

    private static bool IsTime(TypeReference type) => type.FullName is "System.DateTime" or "System.TimeSpan";

    private static FrozenDictionary<string, int> Read()
    {
        using Stream stream = typeof(ObjectSizes).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var sizes = new Dictionary<string, int>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                string[] parts = line.Split(' ');
                int extra = parts.Length > 2 ? Number(parts[2]) : 0;
                sizes.Add(parts[0], HeapRule.Object(Number(parts[1])) + extra);
            }
        }

        return sizes.ToFrozenDictionary();

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
