using Mono.Cecil.Cil;

namespace WhispurrNet.Instrumentation;

/// <summary>Finds the runs of instructions that are executed from the first to the last or not at all.</summary>
internal static class BasicBlocks
{
    /// <summary>The instructions that blocks begin with.</summary>
    public static HashSet<Instruction> Leaders(MethodBody body)
    {
        HashSet<Instruction> leaders = [body.Instructions[0]];
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                leaders.Add(target);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                leaders.UnionWith(targets);
            }

            if (EndsBlock(instruction) && instruction.Next is { } next)
            {
                leaders.Add(next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.UnionWith(new[] { handler.TryStart, handler.HandlerStart, handler.FilterStart }.Where(i => i != null));
        }

        return leaders;
    }

    /// <summary>Instructions in the block that begins at an index.</summary>
    public static int SizeFrom(Instruction[] instructions, int first, HashSet<Instruction> leaders)
    {
        int next = first + 1;
        while (next < instructions.Length && !leaders.Contains(instructions[next]))
        {
            next++;
        }

        return next - first;
    }

    private static bool EndsBlock(Instruction instruction)
    {
        return instruction.OpCode.FlowControl is
            FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;
    }
}
