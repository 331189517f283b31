using Mono.Cecil;
using static System.Diagnostics.DebuggableAttribute;

namespace WhispurrNet.Virtual.Loading;

/// <summary>
/// Device code is always optimised. Under a debugger that would hide locals and let it step over the code as not the
/// user's own.
/// </summary>
internal static class Optimization
{
    /// <summary>
    /// Tells .NET to compile the module as written; without effect on one that says nothing of its optimisation.
    /// </summary>
    public static void Disable(ModuleDefinition module)
    {
        CustomAttribute? attribute = module.Assembly.CustomAttributes.FirstOrDefault(
            candidate => candidate.AttributeType.FullName == "System.Diagnostics.DebuggableAttribute"
                && candidate.ConstructorArguments.Count == 1);
        if (attribute is not null)
        {
            TypeReference type = attribute.ConstructorArguments[0].Type;
            attribute.ConstructorArguments[0] = new CustomAttributeArgument(
                type,
                (int)(DebuggingModes.Default | DebuggingModes.DisableOptimizations
                    | DebuggingModes.IgnoreSymbolStoreSequencePoints));
        }
    }
}
