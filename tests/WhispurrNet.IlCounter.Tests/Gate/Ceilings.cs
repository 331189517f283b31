using System.Globalization;

namespace WhispurrNet.IlCounter.Tests.Gate;

/// <summary>
/// What each operation cost when it was last recorded, in ceilings.csv: name, IL with the managed HMAC, IL with a native one,
/// bytes allocated. With WHISPURR_UPDATE_CEILINGS=1 the tests write what they count instead of comparing; a review then
/// sees what has become dearer or cheaper.
/// </summary>
internal static class Ceilings
{
    private const string Header = "operation,managed HMAC,native HMAC,bytes allocated";

    /// <summary>Whether this run records.</summary>
    public static bool IsRecording => Environment.GetEnvironmentVariable("WHISPURR_UPDATE_CEILINGS") == "1";

    /// <summary>Everything recorded, by name.</summary>
    public static IReadOnlyDictionary<string, Ceiling> Read() => File.ReadLines(PathOf())
        .Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(line => line[0], line => new Ceiling(Number(line[1]), Number(line[2]), Number(line[3])));

    /// <summary>Records everything anew.</summary>
    public static void Write(IEnumerable<KeyValuePair<string, Ceiling>> ceilings) => File.WriteAllLines(
        PathOf(),
        ceilings.Select(c => $"{c.Key},{c.Value.ManagedIl},{c.Value.NativeIl},{c.Value.Bytes}").Prepend(Header));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string PathOf()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "nanoFramework.sln")))
        {
            folder = folder.Parent;
        }

        string root = folder?.FullName ?? throw new DirectoryNotFoundException($"no clone around {AppContext.BaseDirectory}");
        return Path.Combine(root, "tests", "WhispurrNet.IlCounter.Tests", "Gate", "ceilings.csv");
    }
}

/// <summary>The most that an operation may cost.</summary>
/// <param name="ManagedIl">IL instructions with the managed HMAC.</param>
/// <param name="NativeIl">IL instructions with a native one, each call of it one.</param>
/// <param name="Bytes">Bytes allocated on .NET.</param>
internal sealed record Ceiling(long ManagedIl, long NativeIl, long Bytes);
