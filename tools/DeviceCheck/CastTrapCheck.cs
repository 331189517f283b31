using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace WhispurrNet.DeviceCheck;

/// <summary>
/// Finds signed operations on values that the interpreter knows as unsigned. A cast between <c>uint</c> and
/// <c>int</c>, or <c>ulong</c> and <c>long</c>, leaves no trace in the code, and the interpreter picks the operation
/// by the value's tag: <c>(int)u >> n</c> then shifts in zeros, <c>(int)u % n</c> is the unsigned remainder, and
/// <c>(long)(int)u</c> loses the sign. So does the difference of two <c>uint</c> widened to <c>long</c>, when it is
/// shifted. Elsewhere the same code is right, so nothing but a board would show it. Division and comparison agree.
/// </summary>
internal sealed class CastTrapCheck
{
    private readonly MetadataReader _reader;
    private readonly ImmutableArray<StackKind> _locals;
    private readonly ImmutableArray<StackKind> _arguments;
    private readonly Stack<StackKind> _stack = new();

    public CastTrapCheck(MetadataReader reader, MethodDefinition method, StandaloneSignatureHandle locals)
    {
        _reader = reader;
        _locals = locals.IsNil
            ? []
            : reader.GetStandaloneSignature(locals).DecodeLocalSignature(StackKindProvider.Instance, null);
        MethodSignature<StackKind> signature = method.DecodeSignature(StackKindProvider.Instance, null);
        _arguments = signature.Header.IsInstance
            ? [StackKind.Other, .. signature.ParameterTypes]
            : signature.ParameterTypes;
    }

    /// <summary>Offset and description of every such operation. Where paths meet, nothing is assumed.</summary>
    public IEnumerable<(int Offset, string Message)> Run(IlBody il)
    {
        HashSet<int> targets = [.. il.Instructions.SelectMany(i => i.Targets)];
        foreach (Instruction instruction in il.Instructions)
        {
            if (targets.Contains(instruction.Offset))
            {
                _stack.Clear();
            }

            if (Trap(instruction.Code) is { } message)
            {
                yield return (instruction.Offset, message);
            }

            Step(instruction);
            if (instruction.Code.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
            {
                _stack.Clear();
            }
        }
    }

    private static bool IsUnsigned(StackKind kind) => kind is StackKind.UInt32 or StackKind.UInt64;

    private string? Trap(OpCode code)
    {
        if (code == OpCodes.Conv_I8 || code == OpCodes.Conv_R4 || code == OpCodes.Conv_R8)
        {
            // conv.r8 after conv.r.un is what the compiler writes for an honest conversion, and finds no integer.
            return IsUnsigned(Peek(0)) ? "an unsigned value cast to signed and then widened, which keeps no sign" : null;
        }

        if (code == OpCodes.Shr || code == OpCodes.Rem)
        {
            return IsUnsigned(Peek(1))
                ? $"an unsigned value cast to signed before {code.Name}, which a board carries out unsigned"
                : null;
        }

        return null;
    }

    private void Step(Instruction instruction)
    {
        OpCode code = instruction.Code;
        if (code == OpCodes.Dup)
        {
            _stack.Push(Peek(0));
        }
        else if (code.FlowControl == FlowControl.Call)
        {
            Call(instruction);
        }
        else
        {
            StackKind result = Result(instruction);
            Pop(Pops(code));
            if (code.StackBehaviourPush != StackBehaviour.Push0)
            {
                _stack.Push(result);
            }
        }
    }

    private StackKind Result(Instruction instruction)
    {
        OpCode code = instruction.Code;
        string name = code.Name!;
        if (name.StartsWith("ldc.i4", StringComparison.Ordinal))
        {
            return code == OpCodes.Ldc_I4_M1 || instruction.Operand < 0 ? StackKind.Other : StackKind.Constant;
        }

        if (name.StartsWith("ldloc", StringComparison.Ordinal) && !name.StartsWith("ldloca", StringComparison.Ordinal))
        {
            return At(_locals, instruction.Operand);
        }

        if (name.StartsWith("ldarg", StringComparison.Ordinal) && !name.StartsWith("ldarga", StringComparison.Ordinal))
        {
            return At(_arguments, instruction.Operand);
        }

        return name switch
        {
            "ldfld" or "ldsfld" => FieldKind(instruction.Token),
            "ldelem.u4" or "ldind.u4" or "conv.u4" => StackKind.UInt32,
            "conv.u8" => StackKind.UInt64,
            // The tag of the left operand stays.
            "add" or "sub" or "mul" or "or" or "xor" or "shl" or "div.un" => Number(Peek(1)),
            "neg" or "not" => Number(Peek(0)),
            // With a constant that is not negative, the highest bit is gone.
            "and" => Peek(0) == StackKind.Constant || Peek(1) == StackKind.Constant ? StackKind.Other : Peek(1),
            "shr.un" => Peek(0) == StackKind.Constant ? StackKind.Other : Number(Peek(1)),
            _ => StackKind.Other,
        };
    }

    private static StackKind Number(StackKind kind) => kind == StackKind.Constant ? StackKind.Other : kind;

    private static StackKind At(ImmutableArray<StackKind> kinds, int index) =>
        index >= 0 && index < kinds.Length ? kinds[index] : StackKind.Other;

    private StackKind FieldKind(int token)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        return handle.Kind == HandleKind.FieldDefinition
            ? _reader.GetFieldDefinition((FieldDefinitionHandle)handle).DecodeSignature(StackKindProvider.Instance, null)
            : StackKind.Other;
    }

    private void Call(Instruction instruction)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(instruction.Token);
        MethodSignature<StackKind> signature;
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                signature = _reader.GetMethodDefinition((MethodDefinitionHandle)handle)
                    .DecodeSignature(StackKindProvider.Instance, null);
                break;
            case HandleKind.MemberReference:
                signature = _reader.GetMemberReference((MemberReferenceHandle)handle)
                    .DecodeMethodSignature(StackKindProvider.Instance, null);
                break;
            default:
                _stack.Clear();
                return;
        }

        bool creates = instruction.Code == OpCodes.Newobj;
        Pop(signature.ParameterTypes.Length + (signature.Header.IsInstance && !creates ? 1 : 0));

        if (creates || signature.ReturnType != StackKind.Void)
        {
            _stack.Push(creates ? StackKind.Other : signature.ReturnType);
        }
    }

    private static int Pops(OpCode code) => code.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1
            or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Varpop => int.MaxValue,
        _ => 3,
    };

    private StackKind Peek(int depth) => _stack.ElementAtOrDefault(depth);

    private void Pop(int count)
    {
        for (; count > 0 && _stack.Count > 0; count--)
        {
            _stack.Pop();
        }
    }
}
