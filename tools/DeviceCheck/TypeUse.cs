using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace WhispurrNet.DeviceCheck;

/// <summary>What a type in a signature contains that a board does not have.</summary>
[Flags]
public enum TypeUse
{
    None = 0,
    ConstructedGeneric = 1,
    GenericParameter = 2,
    MultidimensionalArray = 4,
    NativeInteger = 8,
    Pointer = 16,
    Pinned = 32,
    RequiredModifier = 64,
}

/// <summary>Reduces a signature to the unsupported things in it.</summary>
internal sealed class TypeUseProvider : ISignatureTypeProvider<TypeUse, object?>
{
    public static readonly TypeUseProvider Instance = new();

    /// <summary>Everything unsupported in a method's return type and parameters.</summary>
    public static TypeUse Of(MethodSignature<TypeUse> signature) =>
        signature.ParameterTypes.Aggregate(signature.ReturnType, (all, one) => all | one);

    public TypeUse GetArrayType(TypeUse elementType, ArrayShape shape) => elementType | TypeUse.MultidimensionalArray;

    public TypeUse GetByReferenceType(TypeUse elementType) => elementType;

    public TypeUse GetFunctionPointerType(MethodSignature<TypeUse> signature) => TypeUse.Pointer;

    public TypeUse GetGenericInstantiation(TypeUse genericType, ImmutableArray<TypeUse> typeArguments) =>
        typeArguments.Aggregate(genericType | TypeUse.ConstructedGeneric, (all, one) => all | one);

    public TypeUse GetGenericMethodParameter(object? genericContext, int index) => TypeUse.GenericParameter;

    public TypeUse GetGenericTypeParameter(object? genericContext, int index) => TypeUse.GenericParameter;

    public TypeUse GetModifiedType(TypeUse modifier, TypeUse unmodifiedType, bool isRequired) =>
        unmodifiedType | (isRequired ? TypeUse.RequiredModifier : TypeUse.None);

    public TypeUse GetPinnedType(TypeUse elementType) => elementType | TypeUse.Pinned;

    public TypeUse GetPointerType(TypeUse elementType) => elementType | TypeUse.Pointer;

    public TypeUse GetPrimitiveType(PrimitiveTypeCode typeCode) =>
        typeCode is PrimitiveTypeCode.IntPtr or PrimitiveTypeCode.UIntPtr ? TypeUse.NativeInteger : TypeUse.None;

    public TypeUse GetSZArrayType(TypeUse elementType) => elementType;

    public TypeUse GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        TypeUse.None;

    public TypeUse GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Names.Of(reader, handle) is "System.IntPtr" or "System.UIntPtr" ? TypeUse.NativeInteger : TypeUse.None;

    public TypeUse GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
}
