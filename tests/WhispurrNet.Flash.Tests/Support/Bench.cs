using System.Diagnostics;
using System.Reflection;
using WhispurrNet.Cli.Flash;
using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Flash.Nanoff;
using WhispurrNet.Serial;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Flash.Tests.Support;

/// <summary>A port with nothing on it, and a nanoff that does as it is told. Each run of it is a real process.</summary>
internal sealed class Bench : IFlashOutput, IDisposable
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(60);

    private readonly PseudoTerminal _port = PseudoTerminal.Open();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bench");
    private readonly Dictionary<string, string> _variables;

    public Bench(params (string Name, string Value)[] variables)
    {
        Options = new FlashOptions { Port = _port.Name };
        _variables = variables.ToDictionary(variable => $"STANDIN_{variable.Name}", variable => variable.Value);
        _variables["STANDIN_LOG"] = LogFile;
    }

    /// <summary>Where the stand-in was built.</summary>
    public static string NanoffPath { get; } = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NanoffPath").Value!;

    public FlashOptions Options { get; set; }

    public TimeSpan Silence { get; set; } = s_silence;

    public List<NanoffEvent> Said { get; } = [];

    public Target? Chosen { get; private set; }

    /// <summary>Called with everything that nanoff says.</summary>
    public Action<NanoffEvent>? OnSaid { get; set; }

    /// <summary>The arguments of each run, and a line with the pieces it wrote if it came to its end.</summary>
    public string[] Runs => [.. Log().Where(line => !line.StartsWith("pieces ")).Select(line => line[(line.IndexOf(' ') + 1)..])];

    /// <summary>How many pieces of output the last run had.</summary>
    public int Pieces => int.Parse(Log().Last(line => line.StartsWith("pieces "))["pieces ".Length..]);

    private string LogFile => Path.Combine(_folder.FullName, "log");

    /// <summary>The variables that make the stand-in do what was asked, for a process of one's own.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Flashes, until interrupted.</summary>
    public Task<Target?> RunAsync(CancellationTokenSource? interrupt = null) =>
        new FlashRun(Options, Tool(), SerialPorts.ForThisSystem, this, Silence)
            .RunAsync(interrupt?.Token ?? TestContext.Current.CancellationToken);

    /// <summary>Whether anything that the stand-in's runs started is still there.</summary>
    public bool HasOrphans() => Log().Where(line => !line.StartsWith("pieces ")).Any(line => IsRunning(int.Parse(line.Split(' ')[0])));

    public void Begin(NanoffCall call, string commandLine)
    {
    }

    public void Choose(Target target, ChipDetails? chip) => Chosen = target;

    public void Tell(NanoffEvent said)
    {
        Said.Add(said);
        OnSaid?.Invoke(said);
    }

    public void Dispose()
    {
        _port.Dispose();
        _folder.Delete(recursive: true);
    }

    // Variables of the test's own process would reach the stand-ins of other tests.
    private NanoffTool Tool() => new("env", [.. _variables.Select(v => $"{v.Key}={v.Value}"), "dotnet", NanoffPath]);

    private string[] Log() => System.IO.File.Exists(LogFile) ? System.IO.File.ReadAllLines(LogFile) : [];

    private static bool IsRunning(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
