using System.Reflection.Metadata;

namespace WhispurrNet.DeviceCheck;

/// <summary>Full names of what metadata handles stand for.</summary>
internal static class Names
{
    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        return outer.IsNil ? Join(reader.GetString(type.Namespace), name) : $"{Of(reader, outer)}.{name}";
    }

    public static string Of(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Of(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : Join(reader.GetString(type.Namespace), name);
    }

    /// <summary>Name of a type definition or reference; empty for anything else.</summary>
    public static string OfType(MetadataReader reader, EntityHandle handle) => handle.IsNil ? "" : handle.Kind switch
    {
        HandleKind.TypeDefinition => Of(reader, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => Of(reader, (TypeReferenceHandle)handle),
        _ => "",
    };

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
