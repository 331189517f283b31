using System.Xml.Linq;

namespace WhispurrNet.Build.Tests;

/// <summary>The clone that these tests were built in.</summary>
internal static class Repository
{
    /// <summary>Namespace of classic project files.</summary>
    public static readonly XNamespace MsBuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    /// <summary>Absolute path, without a separator at its end.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Project files with this extension, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Projects(string extension) =>
        [.. new[] { "firmware", "host", "shared", "tests", "tools" }
            .Select(f => Path.Combine(Root, f))
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*" + extension, SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)];

    /// <summary>Absolute path of something in the clone.</summary>
    public static string At(string relative) => Path.Combine(Root, relative);

    /// <summary>Package versions by package name, from the one place that states them.</summary>
    public static IReadOnlyDictionary<string, string> PackageVersions() =>
        XDocument.Load(At("Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(e => e.Attribute("Include")!.Value, e => e.Attribute("Version")!.Value);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "nanoFramework.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("These tests run in a clone only.");
    }
}
