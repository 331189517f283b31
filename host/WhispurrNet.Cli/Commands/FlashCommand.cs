using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using WhispurrNet.Cli.Flash;
using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Flash.Nanoff;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr flash</c>: nanoFramework's runtime onto a board, by nanoff.</summary>
internal static class FlashCommand
{
    public static Command Create()
    {
        var set = new FlashOptionSet();
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask before --masserase" };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Print the commands that would run, and run none; TARGET stands for what the chip decides",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "flash", "Write the runtime onto a board: the image with Bluetooth for its chip, by nanoff.");
        set.AddTo(command);
        command.Options.Add(yes);
        command.Options.Add(dryRun);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            FlashOptions options = set.Read(parsed);
            bool asJson = parsed.GetValue(json);
            NanoffTool tool = FindTool(options, parsed.GetValue(dryRun));
            if (parsed.GetValue(dryRun))
            {
                PrintPlan(options, tool, asJson);
                return ExitCode.Done;
            }

            if (options.MassErase && !parsed.GetValue(yes))
            {
                await ConfirmAsync(options, asJson, cancellation).ConfigureAwait(false);
            }

            await RunAsync(options, tool, asJson, cancellation).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What would run is told even where it cannot run.</summary>
    private static NanoffTool FindTool(FlashOptions options, bool isDryRun)
    {
        try
        {
            return NanoffTool.Find(options.Nanoff);
        }
        catch (SettingException) when (isDryRun && options.Nanoff is null)
        {
            return new NanoffTool("nanoff", []);
        }
    }

    private static void PrintPlan(FlashOptions options, NanoffTool tool, bool json)
    {
        string[] lines = [.. FlashRun.Plan(options).Select(call => CommandLineText.Of(tool, call))];
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { commands = lines }, JsonSerializerOptions.Web));
            return;
        }

        foreach (string line in lines)
        {
            Console.WriteLine(line);
        }
    }

    private static async Task ConfirmAsync(FlashOptions options, bool json, CancellationToken cancellation)
    {
        string warning = $"Everything on the board at {options.Port} will be erased: program, settings, keys and files"
            + (options.Backup is null ? "." : $", after a copy to {options.Backup}.");
        if (json || Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw new SettingException($"{warning} --yes agrees to that.");
        }

        var question = new ConfirmationPrompt($"{Markup.Escape(warning)} Go on?") { DefaultValue = false };
        bool agreed = await question.ShowAsync(AnsiConsole.Console, cancellation).ConfigureAwait(false);
        if (!agreed)
        {
            throw new CommandFailure("Nothing was changed.");
        }
    }

    private static async Task RunAsync(
        FlashOptions options, NanoffTool tool, bool json, CancellationToken cancellation)
    {
        var asJson = new JsonFlashOutput(Console.Out);
        Target? target;
        try
        {
            target = json ? await RunOnAsync(asJson).ConfigureAwait(false)
                : Console.IsOutputRedirected
                    ? await RunOnAsync(new PlainFlashOutput(Console.Out)).ConfigureAwait(false)
                    : await LiveFlashOutput.ShowAsync(AnsiConsole.Console, RunOnAsync).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new CommandFailure("Interrupted between two steps.");
        }

        if (json)
        {
            asJson.Write(new { @event = "done", target = target?.Name });
        }
        else
        {
            Console.WriteLine(target is null
                ? $"The configuration is back on the board at {options.Port}."
                : $"The board at {options.Port} has {target.Name}.");
        }

        Task<Target?> RunOnAsync(IFlashOutput output) =>
            new FlashRun(options, tool, SerialPorts.ForThisSystem, output, FlashRun.DefaultSilence)
                .RunAsync(cancellation);
    }
}
