using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Mono.Collections.Generic;
using WhispurrNet.Virtual.Memory;

namespace WhispurrNet.Virtual.Loading;

/// <summary>
/// Makes a device assembly obey its virtual board: a gate at every method entry and backward branch, where a thread
/// stops while the Bluetooth stack restarts and ends when the power goes off; nothing caught after that; and calls to
/// members that .NET lacks or that would reach the host's clock go to the stand-in mscorlib.
/// </summary>
internal static class Instrumenter
{
    private const string HelperNamespace = "WhispurrNet.Virtual";

    public static void Instrument(ModuleDefinition module, bool countsHeap)
    {
        AssemblyNameReference? mscorlib = module.AssemblyReferences.FirstOrDefault(
            reference => reference.Name == "mscorlib");
        if (mscorlib is null)
        {
            throw new BadImageFormatException(
                $"'{module.Name}' is not a device assembly: it does not reference mscorlib.");
        }

        var gate = new TypeReference(HelperNamespace, "Gate", module, mscorlib);
        var check = new MethodReference("Check", module.TypeSystem.Void, gate);
        var checkHandler = new MethodReference("CheckHandler", module.TypeSystem.Void, gate);
        checkHandler.Parameters.Add(new ParameterDefinition(module.TypeSystem.Object));
        var exception = new TypeReference("System", "Exception", module, mscorlib);
        var translate = new MethodReference("Translate", exception, gate);
        translate.Parameters.Add(new ParameterDefinition(exception));
        var redirects = new MemberRedirects(module, mscorlib);
        var rules = new InterpreterRules(module, mscorlib);
        HeapInstrumenter? heap = countsHeap ? new HeapInstrumenter(module, mscorlib) : null;

        IEnumerable<MethodDefinition> methods = module.GetTypes().SelectMany(type => type.Methods);
        foreach (MethodDefinition method in methods.Where(method => method.HasBody))
        {
            MethodBody body = method.Body;
            body.SimplifyMacros();
            redirects.Apply(body);
            rules.Apply(body);
            GuardHandlers(body, checkHandler, translate);
            GuardBranches(body, check);
            heap?.Apply(method);
            body.Instructions.Insert(0, Instruction.Create(OpCodes.Call, check));
            StartAtFirstInstruction(method);
            body.OptimizeMacros();
        }
    }

    // A debugger stops at the entry of a method only if its first instruction belongs to a line.
    private static void StartAtFirstInstruction(MethodDefinition method)
    {
        Collection<SequencePoint> points = method.DebugInformation.SequencePoints;
        if (points.Count > 0)
        {
            SequencePoint old = points[0];
            points[0] = new SequencePoint(method.Body.Instructions[0], old.Document)
            {
                StartLine = old.StartLine,
                StartColumn = old.StartColumn,
                EndLine = old.EndLine,
                EndColumn = old.EndColumn,
            };
        }
    }

    private static void GuardHandlers(MethodBody body, MethodReference checkHandler, MethodReference translate)
    {
        Instruction[] plain = [.. body.ExceptionHandlers
            .Where(handler => handler.CatchType?.FullName == "System.Exception")
            .Select(handler => handler.HandlerStart)
            .Distinct()];
        foreach (Instruction start in plain)
        {
            InsertAt(body, start, Instruction.Create(OpCodes.Call, translate));
        }


        Instruction[] starts = [.. body.ExceptionHandlers
            .Where(handler => handler.HandlerType == ExceptionHandlerType.Filter || IsCatchAll(handler.CatchType))
            .Select(handler => handler.HandlerStart)
            .Distinct()];
        foreach (Instruction start in starts)
        {
            Instruction call = Instruction.Create(OpCodes.Call, checkHandler);
            InsertAt(body, start, Instruction.Create(OpCodes.Dup), call);
        }
    }

    private static bool IsCatchAll(TypeReference? type) =>
        type?.FullName is "System.Exception" or "System.Object";

    private static void GuardBranches(MethodBody body, MethodReference check)
    {
        var positions = new Dictionary<Instruction, int>();
        for (int i = 0; i < body.Instructions.Count; i++)
        {
            positions[body.Instructions[i]] = i;
        }

        Instruction[] backward = [.. body.Instructions.Where(
            instruction => Targets(instruction).Any(target => positions[target] <= positions[instruction]))];
        foreach (Instruction branch in backward)
        {
            InsertAt(body, branch, Instruction.Create(OpCodes.Call, check));
        }
    }

    private static IEnumerable<Instruction> Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    // The instruction object itself becomes the first inserted one, so that every branch and handler boundary that
    // named it now names the insertion; its old self follows.
    private static void InsertAt(MethodBody body, Instruction place, params Instruction[] inserted)
    {
        int index = body.Instructions.IndexOf(place);
        Instruction moved = Instruction.Create(OpCodes.Nop);
        moved.OpCode = place.OpCode;
        moved.Operand = place.Operand;
        place.OpCode = inserted[0].OpCode;
        place.Operand = inserted[0].Operand;
        for (int i = 1; i < inserted.Length; i++)
        {
            body.Instructions.Insert(++index, inserted[i]);
        }

        body.Instructions.Insert(index + 1, moved);
    }
}
