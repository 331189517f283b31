using System.CommandLine;
using System.Text.Json;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.Provision;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr provision</c>: puts settings on a board over its cable.</summary>
internal static class ProvisionCommand
{
    private const int DefaultBaudRate = 921_600;
    private const int MinBaudRate = 9600;
    private const int MaxBaudRate = 3_000_000;
    private const int DefaultWait = 60;
    private const int MaxWait = 600;

    public static Command Create()
    {
        var set = new ProvisionOptionSet();
        var port = new Option<string?>("--port", "-p")
        {
            Description = "The board's serial port [required, or --dry-run]",
            HelpName = "NAME",
        };
        var baud = new Option<string?>("--baud", "-b")
        {
            Description = $"Bits a second, {MinBaudRate} to {MaxBaudRate} [default: {DefaultBaudRate}]",
            HelpName = "N",
        };
        var wait = new Option<string?>("--wait")
        {
            Description = $"Seconds to wait until the board says that it runs with them, 0 to {MaxWait} [default: {DefaultWait}]",
            HelpName = "S",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Check and show the settings, secrets masked, and write nothing",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "provision", "Tell a board its network, gateway, intents, name and Wi-Fi over its cable, and start it anew.")
        {
            port, baud, wait, dryRun,
        };
        set.AddTo(command);
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            string? name = parsed.GetValue(port);
            bool isDry = parsed.GetValue(dryRun);
            if (name is null && !isDry)
            {
                throw new SettingException("--port is missing; 'whispurr boards' lists the ports.");
            }

            int rate = Number(parsed.GetValue(baud), "--baud", MinBaudRate, MaxBaudRate, DefaultBaudRate);
            int seconds = Number(parsed.GetValue(wait), "--wait", 0, MaxWait, DefaultWait);
            SettingsDraft draft = set.Read(parsed, SecretSource.OfProcess());
            return isDry
                ? Task.FromResult(Show(draft, parsed.GetValue(json)))
                : RunAsync(draft, name!, rate, TimeSpan.FromSeconds(seconds), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static int Number(string? text, string name, int min, int max, int otherwise) =>
        text is null ? otherwise : GatewaySettings.ParseNumber(text, name, min, max);

    private static int Show(SettingsDraft draft, bool json)
    {
        IReadOnlyList<string> lines = draft.ToMaskedLines();
        int bytes = draft.ToFile().Length;
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { @event = "dry-run", settings = lines, bytes })
            : string.Join(Environment.NewLine, [.. lines, $"{bytes} bytes; nothing was written."]));
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(
        SettingsDraft draft, string port, int baudRate, TimeSpan wait, bool json, CancellationToken cancellation)
    {
        Provisioned result = await new BoardProvisioning(SerialPorts.ForThisSystem)
            .RunAsync(port, baudRate, draft.ToFile(), draft.Name, wait, cancellation)
            .ConfigureAwait(false);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                @event = "provisioned",
                port,
                name = draft.Name,
                network = draft.IsMember ? "member" : "none",
                settings = draft.ToMaskedLines(),
                bytes = result.Bytes,
                boot = result.Boot,
                complaints = result.Complaints,
            }));
            return ExitCode.Done;
        }

        foreach (string complaint in result.Complaints)
        {
            Console.WriteLine($"the board says: {complaint}");
        }

        Console.WriteLine(result.Boot is null
            ? $"{draft.Name} has its settings and starts anew."
            : $"{draft.Name} runs with its settings{(draft.IsMember ? " and is in its network" : string.Empty)}.");
        return ExitCode.Done;
    }
}
