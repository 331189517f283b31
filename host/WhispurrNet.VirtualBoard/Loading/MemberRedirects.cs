using Mono.Cecil;
using Mono.Cecil.Cil;

namespace WhispurrNet.Virtual.Loading;

/// <summary>
/// Sends calls to other members: those that the device's mscorlib has and .NET has not, and those that would read the
/// host's clock. The replacements are static methods of DeviceMembers in the stand-in mscorlib, named type_member; an
/// instance member's receiver comes first, by reference if its type is a value type.
/// </summary>
public sealed class MemberRedirects(ModuleDefinition module, AssemblyNameReference mscorlib)
{
    private static readonly HashSet<string> s_valueTypes =
        ["System.Char", "System.DateTime", "System.TimeSpan", "System.Guid"];

    private static readonly HashSet<string> s_members =
    [
        "System.Char::ToUpper()",
        "System.Char::ToLower()",
        "System.DateTime::get_UtcNow()",
        "System.DateTime::get_Today()",
        "System.DateTime::ToUnixTimeSeconds()",
        "System.DateTime::FromUnixTimeSeconds(System.Int64)",
        "System.TimeSpan::FromDays(System.Int64)",
        "System.TimeSpan::FromHours(System.Int64)",
        "System.TimeSpan::FromMilliseconds(System.Int64)",
        "System.BitConverter::get_IsLittleEndian()",
        "System.String::GetEnumerator()",
        "System.Guid::NewGuid()",
        "System.Guid::TryParseGuidWithDashes(System.String,System.Guid&)",
    ];

    private readonly TypeReference _helpers = new("WhispurrNet.Virtual", "DeviceMembers", module, mscorlib);

    /// <summary>Whether calls to a member are redirected.</summary>
    public static bool Covers(MethodReference method) => s_members.Contains(Key(method));

    internal void Apply(MethodBody body)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is MethodReference method && method.DeclaringType.Scope == mscorlib
                && Covers(method))
            {
                instruction.OpCode = instruction.OpCode.Code == Code.Ldftn ? OpCodes.Ldftn : OpCodes.Call;
                instruction.Operand = Replacement(method);
            }
        }
    }

    private static string Key(MethodReference method)
    {
        IEnumerable<string> types = method.Parameters.Select(parameter => parameter.ParameterType.FullName);
        return $"{method.DeclaringType.FullName}::{method.Name}({string.Join(',', types)})";
    }

    private MethodReference Replacement(MethodReference method)
    {
        var replacement = new MethodReference(
            $"{method.DeclaringType.Name}_{method.Name}", method.ReturnType, _helpers);
        if (method.HasThis)
        {
            bool byReference = s_valueTypes.Contains(method.DeclaringType.FullName);
            replacement.Parameters.Add(new ParameterDefinition(
                byReference ? new ByReferenceType(method.DeclaringType) : method.DeclaringType));
        }

        foreach (ParameterDefinition parameter in method.Parameters)
        {
            replacement.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }

        return replacement;
    }
}
