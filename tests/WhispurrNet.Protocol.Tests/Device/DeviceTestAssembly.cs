using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using Mono.Cecil;

namespace WhispurrNet.Protocol.Tests.Device;

/// <summary>
/// Runs the tests of the device assembly NFUnitTest on .NET the way the device's launcher does: rows of data one by
/// one, set-up and clean-up around them, and instance methods on a null instance, so that a test that leans on
/// instance state fails here too. Every case gets a load context of its own and so fresh statics.
/// </summary>
internal static class DeviceTestAssembly
{
    private const string Prefix = "nanoFramework.TestFramework.";
    private const string TextLibrary = "nanoFramework.System.Text";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "device-tests");

    /// <summary>All cases as Namespace.Class.Method, rows of data with their number behind.</summary>
    public static IReadOnlyList<string> Cases()
    {
        DeviceTestContext context = new();
        string[] cases = [.. context.LoadTests().GetTypes().Where(IsTestClass).SelectMany(CasesOf)];
        context.Unload();
        return [.. cases.Order(StringComparer.Ordinal)];
    }

    /// <summary>Runs one case; throws what it throws.</summary>
    public static void Run(string testCase)
    {
        // Held until the end: a context that nobody refers to is unloaded in the middle of its own test.
        DeviceTestContext context = new();
        Assembly assembly = context.LoadTests();
        string name = testCase.Split('#')[0];
        string className = name[..name.LastIndexOf('.')];
        Type type = assembly.GetType(className, throwOnError: true)!;
        MethodInfo method = type.GetMethod(name[(className.Length + 1)..])!;
        object[] arguments = [];
        if (testCase.Contains('#', StringComparison.Ordinal))
        {
            Attribute row = With(method, "DataRowAttribute")[int.Parse(testCase.Split('#')[1])];
            arguments = (object[])row.GetType().GetProperty("MethodParameters")!.GetValue(row)!;
        }

        InvokeAll(type, "SetupAttribute");
        InvokeOnNull(method, arguments);
        InvokeAll(type, "CleanupAttribute");
        context.Unload();
    }

    private static bool IsTestClass(Type type)
    {
        return type.GetCustomAttributes().Any(a => a.GetType().FullName == Prefix + "TestClassAttribute");
    }

    private static IEnumerable<string> CasesOf(Type type)
    {
        foreach (MethodInfo method in type.GetMethods())
        {
            string name = $"{type.FullName}.{method.Name}";
            int rows = With(method, "DataRowAttribute").Length;
            if (rows > 0)
            {
                foreach (int row in Enumerable.Range(0, rows))
                {
                    yield return $"{name}#{row}";
                }
            }
            else if (With(method, "TestMethodAttribute").Length > 0)
            {
                yield return name;
            }
        }
    }

    private static Attribute[] With(MethodInfo method, string attribute)
    {
        return [.. method.GetCustomAttributes().Where(a => a.GetType().FullName == Prefix + attribute)];
    }

    private static void InvokeAll(Type type, string attribute)
    {
        foreach (MethodInfo method in type.GetMethods().Where(m => With(m, attribute).Length > 0))
        {
            InvokeOnNull(method, []);
        }
    }

    // Reflection refuses to call an instance method on null; a call instruction does not.
    private static void InvokeOnNull(MethodInfo method, object[] arguments)
    {
        var thunk = new DynamicMethod("thunk", typeof(void), [typeof(object[])], method.Module, skipVisibility: true);
        ILGenerator il = thunk.GetILGenerator();
        if (!method.IsStatic)
        {
            il.Emit(OpCodes.Ldnull);
        }

        ParameterInfo[] parameters = method.GetParameters();
        if (parameters.Length != arguments.Length)
        {
            throw new InvalidOperationException($"{method.Name} takes {parameters.Length} arguments.");
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Unbox_Any, parameters[i].ParameterType);
        }

        il.Emit(OpCodes.Call, method);
        il.Emit(OpCodes.Ret);
        thunk.CreateDelegate<Action<object[]>>()(arguments);
    }

    /// <summary>Finds device assemblies and the stand-in in their folder, all else where .NET has it.</summary>
    private sealed class DeviceTestContext() : AssemblyLoadContext("device tests", isCollectible: true)
    {
        public Assembly LoadTests()
        {
            return LoadFromAssemblyPath(Path.Combine(Folder, "NFUnitTest.dll"));
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(Folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path)
                : assemblyName.Name == TextLibrary ? LoadText(assemblyName.Version!)
                : null;
        }

        // The device's library of texts, whose types .NET has under the same names: an assembly that says where.
        private Assembly LoadText(Version version)
        {
            using var library = AssemblyDefinition.CreateAssembly(
                new AssemblyNameDefinition(TextLibrary, version), TextLibrary, ModuleKind.Dll);
            var owner = AssemblyNameReference.Parse(typeof(System.Text.Encoding).Assembly.FullName);
            library.MainModule.AssemblyReferences.Add(owner);
            library.MainModule.ExportedTypes.Add(
                new ExportedType("System.Text", nameof(System.Text.Encoding), library.MainModule, owner)
                {
                    IsForwarder = true,
                });
            using var image = new MemoryStream();
            library.Write(image);
            image.Position = 0;
            return LoadFromStream(image);
        }
    }
}
