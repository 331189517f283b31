using Mono.Cecil;
using Mono.Cecil.Cil;

namespace WhispurrNet.Instrumentation;

/// <summary>
/// How many bytes of PE file a board carries for an operation: all device types that its work reaches, each of them whole, in the
/// format of nanoFramework. Computed from the assemblies, so that it needs no metadata processor.
/// </summary>
/// <remarks>
/// A type takes 24 bytes, a field 8, a method 16 with its signature and locals one each, a name its letters and one; code takes
/// what it takes in .NET, tokens two bytes instead of four; an exception handler 12; data of arrays what it has. A type that is named in
/// code, in a field or a signature is reached; with an interface go those who implement it in its own assembly.
/// </remarks>
public sealed class PeSizes : IDisposable
{
    private const int TypeBytes = 24;
    private const int FieldBytes = 8;
    private const int MethodBytes = 16;
    private const int HandlerBytes = 12;
    private const int TokenSaving = 2;

    private readonly List<ModuleDefinition> _modules = [];
    private readonly Dictionary<string, TypeDefinition> _types = [];

    /// <summary>Reads the device builds of a folder.</summary>
    public PeSizes(string folder)
    {
        string[] assemblies =
            ["WhispurrNet.Protocol.Crypto", "WhispurrNet.Protocol", "WhispurrNet.Protocol.Extras", DeviceCode.Program];
        foreach (string assembly in assemblies)
        {
            ModuleDefinition module = ModuleDefinition.ReadModule(DeviceCode.PathOf(folder, assembly));
            _modules.Add(module);
            foreach (TypeDefinition type in module.GetTypes())
            {
                _types[type.FullName] = type;
            }
        }
    }

    /// <summary>Bytes of what an operation needs.</summary>
    /// <param name="operation">The operation's class, by its full name.</param>
    public long Of(string operation)
    {
        HashSet<TypeDefinition> reached = [];
        Reach(_types[operation], reached);
        return reached.Where(type => !IsOfProgram(type)).Sum(SizeOf);
    }

    /// <summary>Bytes of all types of an assembly.</summary>
    public long OfAssembly(string name) =>
        _modules.Single(module => module.Assembly.Name.Name == name).GetTypes().Sum(SizeOf);

    /// <inheritdoc/>
    public void Dispose() => _modules.ForEach(module => module.Dispose());

    private static bool IsOfProgram(TypeDefinition type) => type.Module.Assembly.Name.Name == DeviceCode.Program;

    private static long SizeOf(TypeDefinition type)
    {
        long bytes = TypeBytes + Name(type.Name) + Name(type.Namespace);
        bytes += type.Fields.Where(field => !field.HasConstant).Sum(field => FieldBytes + Name(field.Name) + field.InitialValue.Length);
        return bytes + type.Methods.Sum(SizeOf);
    }

    private static long SizeOf(MethodDefinition method)
    {
        long bytes = MethodBytes + Name(method.Name) + 2 + method.Parameters.Count;
        return !method.HasBody
            ? bytes
            : bytes + method.Body.Variables.Count + (method.Body.ExceptionHandlers.Count * HandlerBytes)
                + method.Body.Instructions.Sum(SizeOf);
    }

    private static int SizeOf(Instruction instruction) => instruction.OpCode.OperandType is
        OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineString or OperandType.InlineTok
        or OperandType.InlineType
        ? instruction.GetSize() - TokenSaving
        : instruction.GetSize();

    private static int Name(string name) => name.Length + 1;

    private void Reach(TypeDefinition start, HashSet<TypeDefinition> reached)
    {
        Queue<TypeDefinition> open = new([start]);
        while (open.TryDequeue(out TypeDefinition? type))
        {
            // Of the program of operations only the operation itself: what it is put together with is no part of it.
            if (!reached.Add(type) || (IsOfProgram(type) && type != start))
            {
                continue;
            }

            IEnumerable<TypeReference> named = NamedBy(type);
            if (type.IsInterface)
            {
                named = named.Concat(type.Module.GetTypes().Where(
                    other => other.Interfaces.Any(i => i.InterfaceType.FullName == type.FullName)));
            }

            foreach (TypeReference reference in named)
            {
                if (_types.TryGetValue(reference.GetElementType().FullName, out TypeDefinition? next))
                {
                    open.Enqueue(next);
                }
            }
        }
    }

    private static IEnumerable<TypeReference> NamedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference> fields = type.Fields.Where(field => !field.HasConstant).Select(field => field.FieldType);
        IEnumerable<TypeReference> bases = type.BaseType is null ? [] : [type.BaseType];
        return fields.Concat(bases)
            .Concat(type.Interfaces.Select(i => i.InterfaceType))
            .Concat(type.Methods.Where(method => method.HasBody).SelectMany(method => NamedBy(method.Body)));
    }

    private static IEnumerable<TypeReference> NamedBy(MethodBody body) => body.Variables
        .Select(variable => variable.VariableType)
        .Concat(body.Instructions.Select(instruction => instruction.Operand switch
        {
            TypeReference type => type,
            MemberReference member => member.DeclaringType,
            _ => null,
        }).OfType<TypeReference>());
}
