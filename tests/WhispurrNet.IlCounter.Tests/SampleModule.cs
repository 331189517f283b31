using Mono.Cecil;
using Mono.Cecil.Cil;
using WhispurrNet.Instrumentation;

namespace WhispurrNet.IlCounter.Tests;

/// <summary>An assembly of a few methods whose every instruction is known.</summary>
internal static class SampleModule
{
    /// <summary>Instructions of <c>Sum</c>: 5 before, 8 a round, 3 for every look whether to go on, 2 after.</summary>
    public static long SumInstructions(int n) => 5 + (8L * n) + (3 * (n + 1)) + 2;

    /// <summary>Writes the assembly.</summary>
    public static void Write(string path)
    {
        AssemblyNameDefinition name = new(Path.GetFileNameWithoutExtension(path), new Version(1, 0));
        using AssemblyDefinition assembly = AssemblyDefinition.CreateAssembly(name, name.Name, ModuleKind.Dll);
        ModuleDefinition module = assembly.MainModule;
        TypeDefinition type = new(
            "Sample", "Code", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed,
            module.TypeSystem.Object);
        module.Types.Add(type);
        AddSum(module, type);
        AddLookUp(module, type);
        AddChoose(module, type);
        assembly.Write(path);
    }

    /// <summary>int Sum(int n): adds the numbers below n.</summary>
    private static void AddSum(ModuleDefinition module, TypeDefinition type)
    {
        MethodDefinition method = Method(module, type, "Sum", module.TypeSystem.Int32);
        method.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        method.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        ILProcessor il = method.Body.GetILProcessor();
        Instruction body = il.Create(OpCodes.Ldloc_0);
        Instruction look = il.Create(OpCodes.Ldloc_1);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc_1);
        il.Emit(OpCodes.Br_S, look);
        il.Append(body);
        il.Emit(OpCodes.Ldloc_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc_0);
        il.Emit(OpCodes.Ldloc_1);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc_1);
        il.Append(look);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Blt_S, body);
        il.Emit(OpCodes.Ldloc_0);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>int LookUp(int i): an element of an array of 16.</summary>
    private static void AddLookUp(ModuleDefinition module, TypeDefinition type)
    {
        ILProcessor il = Method(module, type, "LookUp", module.TypeSystem.Int32).Body.GetILProcessor();
        il.Emit(OpCodes.Ldc_I4, 16);
        il.Emit(OpCodes.Newarr, module.TypeSystem.Int32);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldelem_I4);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>int Choose(int i): 1 or 2, both by the same number of instructions.</summary>
    private static void AddChoose(ModuleDefinition module, TypeDefinition type)
    {
        ILProcessor il = Method(module, type, "Choose", module.TypeSystem.Int32).Body.GetILProcessor();
        Instruction other = il.Create(OpCodes.Ldc_I4_2);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brtrue_S, other);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
        il.Append(other);
        il.Emit(OpCodes.Ret);
    }

    private static MethodDefinition Method(
        ModuleDefinition module, TypeDefinition type, string name, TypeReference argument)
    {
        MethodDefinition method = new(name, MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Int32);
        method.Parameters.Add(new ParameterDefinition(argument));
        type.Methods.Add(method);
        return method;
    }
}
