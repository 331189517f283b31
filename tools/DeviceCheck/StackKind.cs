using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace WhispurrNet.DeviceCheck;

/// <summary>What the interpreter's tag says of a value, as far as the check has to know.</summary>
internal enum StackKind
{
    /// <summary>Signed, small, not a number, or not known.</summary>
    Other,

    /// <summary>No value: what a method without a result returns.</summary>
    Void,

    /// <summary>A constant that is not negative.</summary>
    Constant,

    /// <summary>Tagged as an unsigned 32-bit integer whose highest bit may be set.</summary>
    UInt32,

    /// <summary>Tagged as an unsigned 64-bit integer whose highest bit may be set.</summary>
    UInt64,
}

/// <summary>The kind that a value of a declared type has on the stack.</summary>
internal sealed class StackKindProvider : ISignatureTypeProvider<StackKind, object?>
{
    public static readonly StackKindProvider Instance = new();

    public StackKind GetArrayType(StackKind elementType, ArrayShape shape) => StackKind.Other;

    public StackKind GetByReferenceType(StackKind elementType) => StackKind.Other;

    public StackKind GetFunctionPointerType(MethodSignature<StackKind> signature) => StackKind.Other;

    public StackKind GetGenericInstantiation(StackKind genericType, ImmutableArray<StackKind> typeArguments) =>
        StackKind.Other;

    public StackKind GetGenericMethodParameter(object? genericContext, int index) => StackKind.Other;

    public StackKind GetGenericTypeParameter(object? genericContext, int index) => StackKind.Other;

    public StackKind GetModifiedType(StackKind modifier, StackKind unmodifiedType, bool isRequired) => unmodifiedType;

    public StackKind GetPinnedType(StackKind elementType) => elementType;

    public StackKind GetPointerType(StackKind elementType) => StackKind.Other;

    public StackKind GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.UInt32 => StackKind.UInt32,
        PrimitiveTypeCode.UInt64 => StackKind.UInt64,
        PrimitiveTypeCode.Void => StackKind.Void,
        _ => StackKind.Other,
    };

    public StackKind GetSZArrayType(StackKind elementType) => StackKind.Other;

    public StackKind GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        StackKind.Other;

    public StackKind GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        StackKind.Other;

    public StackKind GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        StackKind.Other;
}
