using Mono.Cecil;
using Mono.Cecil.Cil;

namespace WhispurrNet.Virtual.Loading;

/// <summary>
/// Where the interpreter does something else than .NET with the same instructions (facts 7.1): checked arithmetic that
/// wraps, enums that are numbers once they are boxed, and a calendar that begins in 1601.
/// </summary>
internal sealed class InterpreterRules
{
    private readonly MethodReference _earliest;

    public InterpreterRules(ModuleDefinition module, AssemblyNameReference mscorlib)
    {
        var helpers = new TypeReference("WhispurrNet.Virtual", "DeviceMembers", module, mscorlib);
        var time = new TypeReference("System", "DateTime", module, mscorlib, valueType: true);
        _earliest = new MethodReference("DateTime_MinValue", time, helpers);
    }

    public void Apply(MethodBody body)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            switch (instruction.OpCode.Code)
            {
                case Code.Add_Ovf or Code.Add_Ovf_Un:
                    instruction.OpCode = OpCodes.Add;
                    break;
                case Code.Sub_Ovf or Code.Sub_Ovf_Un:
                    instruction.OpCode = OpCodes.Sub;
                    break;
                case Code.Mul_Ovf or Code.Mul_Ovf_Un:
                    instruction.OpCode = OpCodes.Mul;
                    break;
                case Code.Box or Code.Constrained when NumberOf((TypeReference)instruction.Operand) is { } number:
                    instruction.Operand = number;
                    break;
                case Code.Ldsfld when instruction.Operand is FieldReference
                { Name: "MinValue", DeclaringType.FullName: "System.DateTime" }:
                    instruction.OpCode = OpCodes.Call;
                    instruction.Operand = _earliest;
                    break;
            }
        }
    }

    // The type that an enum is stored in, whose ToString prints the number.
    private static TypeReference? NumberOf(TypeReference type)
    {
        TypeDefinition? definition = type.IsValueType ? type.Resolve() : null;
        if (definition is not { IsEnum: true })
        {
            return null;
        }

        TypeSystem types = type.Module.TypeSystem;
        return definition.Fields.First(field => !field.IsStatic).FieldType.MetadataType switch
        {
            MetadataType.SByte => types.SByte,
            MetadataType.Byte => types.Byte,
            MetadataType.Int16 => types.Int16,
            MetadataType.UInt16 => types.UInt16,
            MetadataType.UInt32 => types.UInt32,
            MetadataType.Int64 => types.Int64,
            MetadataType.UInt64 => types.UInt64,
            _ => types.Int32,
        };
    }
}
