using System.CommandLine;
using System.Text.Json.Nodes;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Simulate;

/// <summary>Where results go: JSON or tables to standard output, what did not hold to standard error.</summary>
internal sealed class SimulateOutput(InvocationConfiguration configuration, bool json)
{
    /// <summary>Prints what came of it, in one of two ways.</summary>
    /// <param name="node">For programs: one line.</param>
    /// <param name="print">For people.</param>
    public void Print(JsonNode node, Action<ReportTables> print)
    {
        if (json)
        {
            configuration.Output.WriteLine(node.ToJsonString());
        }
        else
        {
            print(new ReportTables(configuration.Output));
        }
    }

    /// <summary>Writes the page, if there is to be one.</summary>
    /// <exception cref="SettingException">The file cannot be written.</exception>
    public void Write(string? path, Func<string> page)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            File.WriteAllText(path, page());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"'{path}' cannot be written.");
        }

        if (!json)
        {
            configuration.Output.WriteLine("page   " + path);
        }
    }

    /// <summary>Says what did not hold.</summary>
    public void Complain(IEnumerable<string> violations)
    {
        foreach (string violation in violations)
        {
            configuration.Error.WriteLine($"whispurr: {violation.ReplaceLineEndings(" ")}");
        }
    }
}
