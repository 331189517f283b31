using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WhispurrNet.NanoClr;

/// <summary>What a method of a test class is for.</summary>
internal enum TestRole
{
    Setup,
    Test,
    Cleanup,
}

/// <summary>A method that the launcher is expected to report.</summary>
/// <param name="ClassName">Namespace and class.</param>
/// <param name="Method">Namespace, class and method.</param>
/// <param name="Role">Setup and cleanup are reported like tests, but are none.</param>
/// <param name="Results">Number of result lines: one, or one per data row.</param>
internal sealed record DeclaredTest(string ClassName, string Method, TestRole Role, int Results);

/// <summary>
/// Reads from a test assembly what it declares, so that a test which never reports is noticed: the launcher passes
/// over methods that are not public and classes not marked TestClass without a word. A method with data rows is run
/// once for each row.
/// </summary>
internal static class DeclaredTests
{
    private const string AttributeNamespace = "nanoFramework.TestFramework";

    /// <summary>Methods marked as setup, test, data row or cleanup, in any class, public or not.</summary>
    public static IReadOnlyList<DeclaredTest> Read(string dllPath)
    {
        using var reader = new PEReader(File.OpenRead(dllPath));
        MetadataReader metadata = reader.GetMetadataReader();
        var tests = new List<DeclaredTest>();
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            string space = metadata.GetString(type.Namespace);
            string name = metadata.GetString(type.Name);
            string className = space.Length == 0 ? name : $"{space}.{name}";
            foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
            {
                Add(tests, className, metadata.GetString(method.Name),
                    Attributes(metadata, method.GetCustomAttributes()));
            }
        }

        return tests;
    }

    private static void Add(List<DeclaredTest> tests, string className, string methodName, List<string> attributes)
    {
        int rows = attributes.Count(attribute => attribute == "DataRowAttribute");
        int marks = attributes.Count(attribute => attribute == "TestMethodAttribute");
        int setups = attributes.Count(attribute => attribute == "SetupAttribute");
        int cleanups = attributes.Count(attribute => attribute == "CleanupAttribute");
        string method = $"{className}.{methodName}";
        if (rows + marks > 0)
        {
            tests.Add(new DeclaredTest(className, method, TestRole.Test, rows > 0 ? rows : marks));
        }
        else if (setups > 0)
        {
            tests.Add(new DeclaredTest(className, method, TestRole.Setup, setups));
        }
        else if (cleanups > 0)
        {
            tests.Add(new DeclaredTest(className, method, TestRole.Cleanup, cleanups));
        }
    }

    private static List<string> Attributes(MetadataReader metadata, CustomAttributeHandleCollection handles)
    {
        var names = new List<string>();
        foreach (CustomAttributeHandle handle in handles)
        {
            (string space, string name) = TypeOf(metadata, metadata.GetCustomAttribute(handle).Constructor);
            if (space == AttributeNamespace)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static (string Namespace, string Name) TypeOf(MetadataReader metadata, EntityHandle constructor)
    {
        EntityHandle type = constructor.Kind == HandleKind.MemberReference
            ? metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent
            : metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType();
        if (type.Kind == HandleKind.TypeReference)
        {
            TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)type);
            return (metadata.GetString(reference.Namespace), metadata.GetString(reference.Name));
        }

        if (type.Kind == HandleKind.TypeDefinition)
        {
            TypeDefinition definition = metadata.GetTypeDefinition((TypeDefinitionHandle)type);
            return (metadata.GetString(definition.Namespace), metadata.GetString(definition.Name));
        }

        return ("", "");
    }
}
