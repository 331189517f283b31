using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace WhispurrNet.Instrumentation;

/// <summary>
/// Puts a call of <see cref="Probe"/> at the beginning of every basic block of an assembly, and on demand at everything
/// that takes an index: array instructions, and the copying and reading of arrays by the library.
/// </summary>
public sealed class Instrumenter
{
    private readonly ModuleDefinition _module;
    private readonly bool _traced;
    private readonly MethodReference _block;
    private readonly MethodReference _index;
    private readonly Dictionary<string, MethodReference> _standIns;
    private int _blocks;

    private Instrumenter(ModuleDefinition module, int firstBlock, bool traced)
    {
        _module = module;
        _blocks = firstBlock;
        _traced = traced;
        _block = Import(nameof(Probe.Block));
        _index = Import(nameof(Probe.Index));
        _standIns = !traced ? [] : new Dictionary<string, MethodReference>
        {
            ["System.Void System.Array::Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)"]
                = Import(nameof(Probe.Copy)),
            ["System.Void System.Array::Clear(System.Array,System.Int32,System.Int32)"] = Import(nameof(Probe.Clear)),
            ["System.UInt32 System.BitConverter::ToUInt32(System.Byte[],System.Int32)"]
                = Import(nameof(Probe.ToUInt32)),
            ["System.UInt64 System.BitConverter::ToUInt64(System.Byte[],System.Int32)"]
                = Import(nameof(Probe.ToUInt64)),
        };
    }

    /// <summary>Instruments an assembly.</summary>
    /// <param name="path">The device build.</param>
    /// <param name="firstBlock">Number of its first block; the assemblies of one measurement share one numbering.</param>
    /// <param name="traced">Whether indices count as events too.</param>
    /// <returns>The changed assembly, and the number after its last block.</returns>
    public static (byte[] Image, int NextBlock) Instrument(string path, int firstBlock, bool traced)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        Instrumenter instrumenter = new(module, firstBlock, traced);
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            instrumenter.Instrument(method.Body);
        }

        using MemoryStream image = new();
        module.Write(image);
        return (image.ToArray(), instrumenter._blocks);
    }

    private void Instrument(MethodBody body)
    {
        // Short branches would not reach over what is inserted; the number of instructions stays the same.
        body.SimplifyMacros();
        ILProcessor il = body.GetILProcessor();
        Instruction[] original = [.. body.Instructions];
        HashSet<Instruction> leaders = BasicBlocks.Leaders(body);
        Dictionary<Instruction, Instruction> moved = [];
        for (int i = 0; i < original.Length; i++)
        {
            List<Instruction> before = [];
            if (leaders.Contains(original[i]))
            {
                before.Add(il.Create(OpCodes.Ldc_I4, _blocks));
                before.Add(il.Create(OpCodes.Ldc_I4, BasicBlocks.SizeFrom(original, i, leaders)));
                before.Add(il.Create(OpCodes.Call, _block));
                _blocks++;
            }

            if (_traced)
            {
                AddIndexProbes(body, il, original[i], before);
            }

            foreach (Instruction added in before)
            {
                il.InsertBefore(original[i], added);
            }

            if (before.Count > 0)
            {
                moved.Add(original[i], before[0]);
            }
        }

        Redirect(body, original, moved);
        body.OptimizeMacros();
    }

    private void AddIndexProbes(MethodBody body, ILProcessor il, Instruction instruction, List<Instruction> before)
    {
        Code code = instruction.OpCode.Code;
        if (code is Code.Newarr or (>= Code.Ldelema and <= Code.Ldelem_Ref) or Code.Ldelem_Any)
        {
            before.Add(il.Create(OpCodes.Dup));
            before.Add(il.Create(OpCodes.Call, _index));
        }
        else if (code is (>= Code.Stelem_I and <= Code.Stelem_Ref) or Code.Stelem_Any)
        {
            // The value lies on the index.
            VariableDefinition value = new(StoredType(instruction));
            body.Variables.Add(value);
            before.Add(il.Create(OpCodes.Stloc, value));
            before.Add(il.Create(OpCodes.Dup));
            before.Add(il.Create(OpCodes.Call, _index));
            before.Add(il.Create(OpCodes.Ldloc, value));
        }
        else if (instruction.Operand is MethodReference called
            && _standIns.TryGetValue(called.FullName, out MethodReference? standIn))
        {
            instruction.Operand = standIn;
        }
    }

    private TypeReference StoredType(Instruction instruction)
    {
        return instruction.OpCode.Code switch
        {
            Code.Stelem_I => _module.TypeSystem.IntPtr,
            Code.Stelem_I8 => _module.TypeSystem.Int64,
            Code.Stelem_R4 => _module.TypeSystem.Single,
            Code.Stelem_R8 => _module.TypeSystem.Double,
            Code.Stelem_Ref => _module.TypeSystem.Object,
            Code.Stelem_Any => (TypeReference)instruction.Operand,
            _ => _module.TypeSystem.Int32,
        };
    }

    private static void Redirect(
        MethodBody body, Instruction[] original, Dictionary<Instruction, Instruction> moved)
    {
        Instruction Moved(Instruction target) => moved.GetValueOrDefault(target, target);
        foreach (Instruction instruction in original)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => Moved(target),
                Instruction[] targets => targets.Select(Moved).ToArray(),
                _ => instruction.Operand,
            };
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = handler.HandlerEnd is null ? null : Moved(handler.HandlerEnd);
            handler.FilterStart = handler.FilterStart is null ? null : Moved(handler.FilterStart);
        }
    }

    private MethodReference Import(string name) => _module.ImportReference(typeof(Probe).GetMethod(name));
}
