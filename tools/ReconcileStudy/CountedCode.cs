using System.Reflection;
using System.Runtime.Loader;
using WhispurrNet.Instrumentation;

namespace WhispurrNet.ReconcileStudy;

/// <summary>Loads the device builds with a counter in every basic block.</summary>
internal static class CountedCode
{
    private static int s_blocks;

    /// <summary>Comes before the first use of a device type.</summary>
    public static void LoadInstead()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) => Load(context, name);
    }

    private static Assembly? Load(AssemblyLoadContext context, AssemblyName name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "study", name.Name + ".dll");
        if (!File.Exists(path))
        {
            return null;
        }

        (byte[] image, s_blocks) = Instrumenter.Instrument(path, s_blocks, traced: false);
        return context.LoadFromStream(new MemoryStream(image));
    }
}
