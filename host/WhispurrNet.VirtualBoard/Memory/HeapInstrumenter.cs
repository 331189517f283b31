using Mono.Cecil;
using Mono.Cecil.Cil;
using WhispurrNet.Virtual.Loading;

namespace WhispurrNet.Virtual.Memory;

/// <summary>
/// Makes a binary charge its board for what it allocates: calls before and after every allocation, after every call
/// that returns a text or an array from a library, and around every method, whose frame lies on the heap too.
/// </summary>
internal sealed class HeapInstrumenter
{
    private const int InlinedSlots = 5;

    private readonly MethodReference _before;
    private readonly MethodReference _keep;
    private readonly MethodReference _keepNew;
    private readonly MethodReference _beforeArray;
    private readonly MethodReference _keepArray;
    private readonly MethodReference _keepReturnedArray;
    private readonly MethodReference _keepText;
    private readonly MethodReference _enter;
    private readonly MethodReference _leave;

    public HeapInstrumenter(ModuleDefinition module, AssemblyNameReference mscorlib)
    {
        TypeSystem types = module.TypeSystem;
        var heap = new TypeReference("WhispurrNet.Virtual", "Heap", module, mscorlib);
        var array = new TypeReference("System", "Array", module, types.CoreLibrary);
        _before = Method("Before", types.Void, types.Int32);
        _keep = Method("Keep", types.Void, types.Object, types.Int32);
        _keepNew = Method("KeepNew", types.Void, types.Object, types.Int32);
        _beforeArray = Method("BeforeArray", types.Int32, types.Int32, types.Int32);
        _keepArray = Method("KeepArray", types.Void, array, types.Int32);
        _keepReturnedArray = Method("KeepReturnedArray", types.Void, array, types.Int32);
        _keepText = Method("KeepText", types.Void, types.String);
        _enter = Method("Enter", types.Void, types.Int32);
        _leave = Method("Leave", types.Void, types.Int32);

        MethodReference Method(string name, TypeReference result, params TypeReference[] parameters)
        {
            var method = new MethodReference(name, result, heap);
            Array.ForEach(parameters, parameter => method.Parameters.Add(new ParameterDefinition(parameter)));
            return method;
        }
    }

    /// <summary>Instruments one method, whose instructions are in their long forms.</summary>
    public void Apply(MethodDefinition method)
    {
        MethodBody body = method.Body;
        int variables = body.Variables.Count;
        int maxStack = body.MaxStackSize;
        int frame = HeapRule.Frame(variables, maxStack);
        for (int i = 0; i < body.Instructions.Count; i++)
        {
            i += Charge(body, i);
        }

        method.ImplAttributes |= MethodImplAttributes.NoInlining;
        if (!method.IsConstructor && !IsInlined(method, variables, maxStack))
        {
            Surround(method, frame);
        }
    }

    // The interpreter runs a small instance method on its caller's frame if that has slots left
    // (CLR_RT_StackFrame.cpp: PushInline). How many it has depends on the caller; five is an estimate.
    private static bool IsInlined(MethodDefinition method, int variables, int maxStack) =>
        method.HasThis && 1 + method.Parameters.Count + variables + maxStack <= InlinedSlots;

    // Inserts around the instruction at an index; returns how many were inserted.
    private int Charge(MethodBody body, int index)
    {
        Instruction instruction = body.Instructions[index];
        switch (instruction.OpCode.Code)
        {
            case Code.Newobj when instruction.Operand is MethodReference constructor:
                return ChargeObject(body, index, constructor.DeclaringType);
            case Code.Newarr when instruction.Operand is TypeReference element:
                int bytes = ObjectSizes.OfElement(element);
                InsertBefore(body, index, Load(bytes), Instruction.Create(OpCodes.Call, _beforeArray));
                InsertAfter(body, index + 2, Duplicate(), Load(bytes), Instruction.Create(OpCodes.Call, _keepArray));
                return 5;
            case Code.Box when instruction.Operand is TypeReference type:
                int boxed = ObjectSizes.OfBoxed(type);
                InsertAfter(body, index, Duplicate(), Load(boxed), Instruction.Create(OpCodes.Call, _keepNew));
                return 3;
            case Code.Call or Code.Callvirt when instruction.Operand is MethodReference method:
                return ChargeResult(body, index, method);
            default:
                return 0;
        }
    }

    private int ChargeObject(MethodBody body, int index, TypeReference type)
    {
        if (type.MetadataType == MetadataType.String)
        {
            InsertAfter(body, index, Duplicate(), Instruction.Create(OpCodes.Call, _keepText));
            return 2;
        }

        TypeDefinition? definition = type.Resolve();
        if (definition is { IsValueType: true })
        {
            return 0;
        }

        if (definition?.BaseType?.FullName is "System.MulticastDelegate" or "System.Delegate")
        {
            // Nothing may stand between the load of the method and the delegate's constructor.
            InsertAfter(body, index, Duplicate(), Load(HeapRule.Delegate), Instruction.Create(OpCodes.Call, _keepNew));
            return 3;
        }

        int bytes = ObjectSizes.OfObject(type);
        InsertBefore(body, index, Load(bytes), Instruction.Create(OpCodes.Call, _before));
        InsertAfter(body, index + 2, Duplicate(), Load(bytes), Instruction.Create(OpCodes.Call, _keep));
        return 5;
    }

    // The program's own methods charge what they make themselves; a getter of a library hands out what it has.
    private int ChargeResult(MethodBody body, int index, MethodReference method)
    {
        bool isLibrary = method.DeclaringType.Scope is AssemblyNameReference scope
            && StandInFolder.Paths.ContainsKey(scope.Name);
        if (!isLibrary || method.Name.StartsWith("get_", StringComparison.Ordinal) || method.DeclaringType is ArrayType)
        {
            return 0;
        }

        if (method.ReturnType.MetadataType == MetadataType.String)
        {
            InsertAfter(body, index, Duplicate(), Instruction.Create(OpCodes.Call, _keepText));
            return 2;
        }

        if (method.ReturnType is ArrayType array)
        {
            int bytes = ObjectSizes.OfElement(array.ElementType);
            InsertAfter(body, index, Duplicate(), Load(bytes), Instruction.Create(OpCodes.Call, _keepReturnedArray));
            return 3;
        }

        return 0;
    }

    // enter(frame); try { body } finally { leave(frame); }
    private void Surround(MethodDefinition method, int frame)
    {
        MethodBody body = method.Body;
        Instruction first = body.Instructions[0];
        VariableDefinition? result = null;
        if (method.ReturnType.MetadataType != MetadataType.Void)
        {
            result = new VariableDefinition(method.ReturnType);
            body.Variables.Add(result);
            body.InitLocals = true;
        }

        Instruction leave = Load(frame);
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            // Without an end it reached to that of the method, which is no longer where it was.
            handler.HandlerEnd ??= leave;
        }

        Instruction end = result is null ? Instruction.Create(OpCodes.Ret) : Instruction.Create(OpCodes.Ldloc, result);
        for (int i = 0; i < body.Instructions.Count; i++)
        {
            Instruction instruction = body.Instructions[i];
            if (instruction.OpCode.Code == Code.Ret)
            {
                instruction.OpCode = result is null ? OpCodes.Leave : OpCodes.Stloc;
                instruction.Operand = result is null ? end : result;
                if (result is not null)
                {
                    body.Instructions.Insert(++i, Instruction.Create(OpCodes.Leave, end));
                }
            }
        }

        body.Instructions.Add(leave);
        body.Instructions.Add(Instruction.Create(OpCodes.Call, _leave));
        body.Instructions.Add(Instruction.Create(OpCodes.Endfinally));
        body.Instructions.Add(end);
        if (result is not null)
        {
            body.Instructions.Add(Instruction.Create(OpCodes.Ret));
        }

        body.Instructions.Insert(0, Instruction.Create(OpCodes.Call, _enter));
        body.Instructions.Insert(0, Load(frame));
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = first,
            TryEnd = leave,
            HandlerStart = leave,
            HandlerEnd = end,
        });
    }

    private static Instruction Load(int value) => Instruction.Create(OpCodes.Ldc_I4, value);

    private static Instruction Duplicate() => Instruction.Create(OpCodes.Dup);

    // The instruction object becomes the first inserted one, so that branches and handlers that named it find the
    // insertion; its old self follows.
    private static void InsertBefore(MethodBody body, int index, params Instruction[] inserted)
    {
        Instruction place = body.Instructions[index];
        Instruction moved = Instruction.Create(OpCodes.Nop);
        (moved.OpCode, moved.Operand) = (place.OpCode, place.Operand);
        (place.OpCode, place.Operand) = (inserted[0].OpCode, inserted[0].Operand);
        for (int i = 1; i < inserted.Length; i++)
        {
            body.Instructions.Insert(index + i, inserted[i]);
        }

        body.Instructions.Insert(index + inserted.Length, moved);
    }

    private static void InsertAfter(MethodBody body, int index, params Instruction[] inserted)
    {
        for (int i = 0; i < inserted.Length; i++)
        {
            body.Instructions.Insert(index + 1 + i, inserted[i]);
        }
    }
}
