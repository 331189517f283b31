using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WhispurrNet.DeviceCheck;

/// <summary>Options of a check.</summary>
/// <param name="SansIo">Whether input, output, time and chance are refused too.</param>
/// <param name="SourceRoot">Folder that stands for the mapped root of the sources in the symbols.</param>
public sealed record CheckOptions(bool SansIo = false, string SourceRoot = "/");

/// <summary>Checks a built device assembly for what compiles but a board cannot run.</summary>
public sealed class AssemblyCheck
{
    /// <summary>Most bytes of code an assembly can hold: the board addresses them with 16 bits.</summary>
    public const int MaxBoardCode = 0xFFFF;

    private readonly MetadataReader _reader;
    private readonly CheckOptions _options;
    private readonly List<Finding> _findings = [];

    private AssemblyCheck(MetadataReader reader, CheckOptions options)
    {
        _reader = reader;
        _options = options;
    }

    /// <summary>Checks one assembly; symbols are read from the file beside it when there are any.</summary>
    /// <returns>Every finding, in metadata order; empty when the assembly passes.</returns>
    public static IReadOnlyList<Finding> Run(string path, CheckOptions options)
    {
        using var image = new PEReader(File.OpenRead(path));
        string symbolPath = Path.ChangeExtension(path, ".pdb");
        using MetadataReaderProvider? symbols = File.Exists(symbolPath)
            ? MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbolPath))
            : null;
        var check = new AssemblyCheck(image.GetMetadataReader(), options);
        check.Run(image, new SourceLocations(symbols?.GetMetadataReader(), options.SourceRoot));
        return check._findings;
    }

    private void Run(PEReader image, SourceLocations sources)
    {
        int boardCode = 0;
        foreach (TypeDefinitionHandle handle in _reader.TypeDefinitions)
        {
            TypeDefinition type = _reader.GetTypeDefinition(handle);
            string name = Names.Of(_reader, handle);
            CheckType(type, name);
            foreach (FieldDefinitionHandle fieldHandle in type.GetFields())
            {
                FieldDefinition field = _reader.GetFieldDefinition(fieldHandle);
                TypeUse use = field.DecodeSignature(TypeUseProvider.Instance, null);
                Report(use, $"{name}.{_reader.GetString(field.Name)}", "the field's type");
            }

            foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
            {
                MethodDefinition method = _reader.GetMethodDefinition(methodHandle);
                string member = $"{name}.{_reader.GetString(method.Name)}";
                CheckMethod(type, method, member);
                if (method.RelativeVirtualAddress != 0)
                {
                    var body = new BodyCheck(_reader, _options, handle, methodHandle, member, sources, _findings);
                    boardCode += body.Run(image.GetMethodBody(method.RelativeVirtualAddress));
                }
            }
        }

        if (boardCode > MaxBoardCode)
        {
            string assembly = _reader.GetString(_reader.GetAssemblyDefinition().Name);
            Add(Rule.Limit, assembly, $"{boardCode} bytes of code; a board's assembly holds {MaxBoardCode}");
        }
    }

    private void CheckType(TypeDefinition type, string name)
    {
        if (type.GetGenericParameters().Count != 0)
        {
            Add(Rule.OwnGeneric, name, "a generic type; the board's runtime has none");
        }

        foreach (EntityHandle above in type.GetInterfaceImplementations()
            .Select(i => _reader.GetInterfaceImplementation(i).Interface)
            .Append(type.BaseType))
        {
            if (above.Kind == HandleKind.TypeSpecification)
            {
                TypeUse use = _reader.GetTypeSpecification((TypeSpecificationHandle)above)
                    .DecodeSignature(TypeUseProvider.Instance, null);
                Report(use, name, "a base type");
            }

            if (Names.OfType(_reader, above).EndsWith(".IAsyncStateMachine", StringComparison.Ordinal))
            {
                Add(Rule.StateMachine, name, "an async method; the board's runtime has no tasks");
            }
        }
    }

    private void CheckMethod(TypeDefinition type, MethodDefinition method, string member)
    {
        if (method.GetGenericParameters().Count != 0)
        {
            Add(Rule.OwnGeneric, member, "a generic method; the board's runtime has none");
        }

        if ((type.Attributes & TypeAttributes.Interface) != 0
            && ((method.Attributes & MethodAttributes.Abstract) == 0
                || (method.Attributes & MethodAttributes.Static) != 0))
        {
            Add(Rule.InterfaceBody, member, "an interface member with a body, or a static one; "
                + "the board's runtime calls only abstract interface methods");
        }

        if ((method.Attributes & MethodAttributes.PinvokeImpl) != 0
            || (method.ImplAttributes & MethodImplAttributes.InternalCall) != 0)
        {
            Add(Rule.Unsupported, member, "an extern method; the firmware holds no native code for it");
        }

        // The constructor of a delegate takes a native integer and is the runtime's own.
        bool isRuntimes = (method.ImplAttributes & MethodImplAttributes.Runtime) != 0;
        MethodSignature<TypeUse> signature = method.DecodeSignature(TypeUseProvider.Instance, null);
        TypeUse use = TypeUseProvider.Of(signature);
        Report(isRuntimes ? use & ~TypeUse.NativeInteger : use, member, "the signature");
        int arguments = signature.ParameterTypes.Length + (signature.Header.IsInstance ? 1 : 0);
        if (arguments > BodyCheck.MaxSlots)
        {
            Add(Rule.Limit, member, $"{arguments} arguments; a board counts them in 8 bits, {BodyCheck.MaxSlots} at most");
        }
    }

    private void Report(TypeUse use, string member, string where)
    {
        foreach ((Rule rule, string message) in UseMessages.For(use, where))
        {
            Add(rule, member, message);
        }
    }

    private void Add(Rule rule, string member, string message) => _findings.Add(new Finding(rule, member, message));
}
