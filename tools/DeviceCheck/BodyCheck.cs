using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace WhispurrNet.DeviceCheck;

/// <summary>Checks the body of one method.</summary>
internal sealed class BodyCheck(
    MetadataReader reader,
    CheckOptions options,
    TypeDefinitionHandle owner,
    MethodDefinitionHandle method,
    string member,
    SourceLocations sources,
    List<Finding> findings)
{
    /// <summary>Most arguments, and most locals, of a method: a board counts each in 8 bits.</summary>
    public const int MaxSlots = 255;

    /// <summary>Deepest evaluation stack: a board counts it in 8 bits and needs some for itself.</summary>
    public const int MaxStack = 250;

    /// <summary>Most arms of a switch: a board counts them in 8 bits.</summary>
    public const int MaxSwitchArms = 255;

    /// <summary>Longest branch, bytes: a board keeps it in 16 signed bits.</summary>
    public const int MaxBranch = 0x7FFF;

    // What a PE file keeps for each exception handler, and once for a method that has any.
    private const int HandlerSize = 12;
    private const int HandlerCountSize = 1;

    private static readonly Dictionary<OpCode, (Rule Rule, string Message)> Refused = new()
    {
        [OpCodes.Localloc] = (Rule.Pointer, "stackalloc; the board's stack holds no blocks"),
        [OpCodes.Cpblk] = (Rule.Pointer, "a block copy through pointers"),
        [OpCodes.Initblk] = (Rule.Pointer, "a block fill through pointers"),
        [OpCodes.Calli] = (Rule.Pointer, "a call through a function pointer"),
        [OpCodes.Volatile] = (Rule.Volatile, "a volatile access; the interpreter ignores it"),
        [OpCodes.Conv_I] = (Rule.NativeInteger, "a conversion to a native integer"),
        [OpCodes.Conv_U] = (Rule.NativeInteger, "a conversion to a native integer"),
        [OpCodes.Arglist] = (Rule.Unsupported, "a variable argument list"),
        [OpCodes.Mkrefany] = (Rule.Unsupported, "a typed reference"),
        [OpCodes.Refanyval] = (Rule.Unsupported, "a typed reference"),
        [OpCodes.Refanytype] = (Rule.Unsupported, "a typed reference"),
        [OpCodes.Jmp] = (Rule.Unsupported, "a jump to another method"),
        [OpCodes.Tailcall] = (Rule.Unsupported, "a tail call"),
    };

    /// <summary>Runs the check.</summary>
    /// <returns>Bytes that the body takes on a board.</returns>
    public int Run(MethodBodyBlock body)
    {
        CheckLocals(body);
        if (body.MaxStack > MaxStack)
        {
            Add(Rule.Limit, 0, $"an evaluation stack of {body.MaxStack}; a board has {MaxStack}");
        }

        var il = new IlBody(body.GetILBytes());
        foreach (Instruction instruction in il.Instructions)
        {
            CheckInstruction(il, instruction);
        }

        var casts = new CastTrapCheck(reader, reader.GetMethodDefinition(method), body.LocalSignature);
        foreach ((int offset, string message) in casts.Run(il))
        {
            Add(Rule.CastTrap, offset, message);
        }

        int handlers = body.ExceptionRegions.Length;
        return il.BoardSize + (handlers == 0 ? 0 : HandlerCountSize + (handlers * HandlerSize));
    }

    private void CheckLocals(MethodBodyBlock body)
    {
        if (body.LocalSignature.IsNil)
        {
            return;
        }

        var locals = reader.GetStandaloneSignature(body.LocalSignature)
            .DecodeLocalSignature(TypeUseProvider.Instance, null);
        if (locals.Length > MaxSlots)
        {
            Add(Rule.Limit, 0, $"{locals.Length} locals; a board counts them in 8 bits, {MaxSlots} at most");
        }

        Report(locals.Aggregate(TypeUse.None, (all, one) => all | one), 0, "a local's type");
    }

    private void CheckInstruction(IlBody il, Instruction instruction)
    {
        if (Refused.TryGetValue(instruction.Code, out (Rule Rule, string Message) refused))
        {
            Add(refused.Rule, instruction.Offset, refused.Message);
        }

        if (instruction.Code.Name!.Contains(".ovf", StringComparison.Ordinal))
        {
            Add(Rule.Checked, instruction.Offset, "checked arithmetic, which never throws on a board: compare first");
        }

        if (instruction.Code == OpCodes.Switch && instruction.Targets.Count > MaxSwitchArms)
        {
            Add(Rule.Limit, instruction.Offset,
                $"a switch of {instruction.Targets.Count} arms; a board counts them in 8 bits");
        }

        int span = il.LongestBranch(instruction);
        if (span > MaxBranch)
        {
            Add(Rule.Limit, instruction.Offset, $"a branch over {span} bytes; a board branches over {MaxBranch}");
        }

        if (instruction.Code == OpCodes.Ldstr)
        {
            string literal = reader.GetUserString((UserStringHandle)MetadataTokens.Handle(instruction.Token));
            if (literal.Contains('\0', StringComparison.Ordinal))
            {
                Add(Rule.NulInLiteral, instruction.Offset, "a string with a NUL, where a board's string ends");
            }
        }
        else if (instruction.Token != 0)
        {
            CheckToken(instruction);
        }
    }

    private void CheckToken(Instruction instruction)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(instruction.Token);
        int at = instruction.Offset;
        switch (handle.Kind)
        {
            case HandleKind.TypeSpecification:
                Report(SpecificationUse(handle), at, "a type used here");
                break;
            case HandleKind.MethodSpecification:
                Add(Rule.ConstructedGeneric, at, "a call of a generic method; the board's runtime has none");
                break;
            case HandleKind.TypeReference:
                CheckSansIo(at, Names.OfType(reader, handle), "");
                break;
            case HandleKind.MemberReference:
                CheckMemberReference(at, reader.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.FieldDefinition:
            case HandleKind.MethodDefinition:
                CheckInitialiserOrder(instruction, handle);
                break;
        }
    }

    private void CheckMemberReference(int at, MemberReference reference)
    {
        string name = reader.GetString(reference.Name);
        string type = Names.OfType(reader, reference.Parent);
        if (reference.Parent.Kind == HandleKind.TypeSpecification)
        {
            Report(SpecificationUse(reference.Parent), at, "the type of a member used here");
        }

        TypeUse use = reference.GetKind() == MemberReferenceKind.Field
            ? reference.DecodeFieldSignature(TypeUseProvider.Instance, null)
            : TypeUseProvider.Of(reference.DecodeMethodSignature(TypeUseProvider.Instance, null));

        // Every delegate's constructor takes a native integer, and the runtime knows how.
        Report(name == ".ctor" ? use & ~TypeUse.NativeInteger : use, at, $"the signature of {type}.{name}");
        CheckSansIo(at, type, name);
    }

    private void CheckSansIo(int at, string type, string name)
    {
        if (options.SansIo && SansIo.Forbids(type, name))
        {
            Add(Rule.SansIo, at, $"{type}.{name}".TrimEnd('.') + " in code that does no input, output, timing or chance");
        }
    }

    // Every static initialiser runs before Main, in metadata order and not on first use: one that needs another
    // class's statics may find them unset.
    private void CheckInitialiserOrder(Instruction instruction, EntityHandle handle)
    {
        if (!member.EndsWith("..cctor", StringComparison.Ordinal) || instruction.Code == OpCodes.Ldtoken)
        {
            return;
        }

        TypeDefinitionHandle other;
        if (handle.Kind == HandleKind.FieldDefinition)
        {
            other = reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType();
            if (instruction.Code != OpCodes.Ldsfld && instruction.Code != OpCodes.Ldsflda)
            {
                return;
            }
        }
        else
        {
            other = reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType();
            bool hasInitialiser = reader.GetTypeDefinition(other).GetMethods()
                .Any(m => reader.GetString(reader.GetMethodDefinition(m).Name) == ".cctor");
            if (!hasInitialiser)
            {
                return;
            }
        }

        if (other != owner)
        {
            Add(Rule.StaticInitialiser, instruction.Offset,
                $"a static initialiser that uses {Names.Of(reader, other)}, which may not be initialised yet: "
                + "a board runs all initialisers before Main, in metadata order");
        }
    }

    private TypeUse SpecificationUse(EntityHandle handle) =>
        reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(TypeUseProvider.Instance, null);

    private void Report(TypeUse use, int offset, string where)
    {
        foreach ((Rule rule, string message) in UseMessages.For(use, where))
        {
            Add(rule, offset, message);
        }
    }

    private void Add(Rule rule, int offset, string message)
    {
        (string? file, int line) = sources.Find(method, offset);
        findings.Add(new Finding(rule, member, message, file, line));
    }
}
