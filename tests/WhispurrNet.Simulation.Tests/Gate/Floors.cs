using System.Globalization;

namespace WhispurrNet.Simulation.Tests.Gate;

/// <summary>
/// What was recorded, in floors.csv: a line for each figure. With WHISPURR_UPDATE_FLOORS=1 the tests write what they measure
/// instead of comparing; a review then sees what has become better or worse.
/// </summary>
internal static class Floors
{
    private static readonly Lock Gate = new();

    /// <summary>Whether this run records.</summary>
    public static bool IsRecording => Environment.GetEnvironmentVariable("WHISPURR_UPDATE_FLOORS") == "1";

    /// <summary>A figure that was recorded.</summary>
    public static double Number(string name) => double.Parse(Text(name), CultureInfo.InvariantCulture);

    /// <summary>A text that was recorded.</summary>
    public static string Text(string name)
    {
        lock (Gate)
        {
            return Read().TryGetValue(name, out string? value) ? value : throw new InvalidOperationException($"{name} was never recorded");
        }
    }

    /// <summary>Records a figure.</summary>
    public static void Record(string name, double value) => Record(name, value.ToString("0.####", CultureInfo.InvariantCulture));

    /// <summary>Records a text.</summary>
    public static void Record(string name, string value)
    {
        lock (Gate)
        {
            SortedDictionary<string, string> all = Read();
            all[name] = value;
            File.WriteAllLines(PathOf(), all.Select(f => $"{f.Key},{f.Value}"));
        }
    }

    private static SortedDictionary<string, string> Read()
    {
        string path = PathOf();
        IEnumerable<string[]> lines = File.Exists(path) ? File.ReadLines(path).Select(l => l.Split(',')) : [];
        return new SortedDictionary<string, string>(lines.ToDictionary(l => l[0], l => l[1]), StringComparer.Ordinal);
    }

    private static string PathOf()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "nanoFramework.sln")))
        {
            folder = folder.Parent;
        }

        string root = folder?.FullName ?? throw new DirectoryNotFoundException($"no clone around {AppContext.BaseDirectory}");
        return Path.Combine(root, "tests", "WhispurrNet.Simulation.Tests", "Gate", "floors.csv");
    }
}
