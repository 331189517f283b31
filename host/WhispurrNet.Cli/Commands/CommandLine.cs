using System.CommandLine;
using System.CommandLine.Parsing;
using WhispurrNet.Cli.Commands.Identity;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Commands;

/// <summary>The <c>whispurr</c> command with all it can do, and how failures reach its user.</summary>
internal static class CommandLine
{
    // After Ctrl-C: what a command has started is ended first, which takes a while on a busy machine.
    private static readonly TimeSpan s_timeToEnd = TimeSpan.FromSeconds(15);

    /// <summary>Everything that can be typed, with its help.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Whispers between ESP32 boards, from the desk: gateway, page and virtual boards.")
        {
            UpCommand.Create(),
            BoardCommand.Create(),
            DeployCommand.Create(),
            BoardsCommand.Create(),
            FlashCommand.Create(),
            GatewayCommand.Create(),
            ProvisionCommand.Create(),
            BridgeCommand.Create(),
            SendCommand.Create(),
            ListenCommand.Create(),
            MonitorCommand.Create(),
            StatusCommand.Create(),
            TopCommand.Create(),
            ContactsCommand.Create(),
            IdentityCommand.Create(),
            SelfTestCommand.Create(),
            SimulateCommand.Create(),
            BenchCommand.Create(),
        };
        root.SetAction(_ => root.Parse("--help").Invoke());
        HelpWithExamples.AddTo(root);
        WaitingAction.AddTo(root);
        return root;
    }

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code (<see cref="ExitCode"/>).</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = Create().Parse(args);
        if (parsed.Action is not HelpWithExamples && parsed.Errors.Count > 0)
        {
            return Fail(ExitCode.Usage, parsed.Errors[0]);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = s_timeToEnd,
            };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (SettingException e)
        {
            return Fail(ExitCode.Usage, e.Message);
        }
        catch (CommandFailure e)
        {
            return Fail(ExitCode.Failed, e.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
    }

    private static int Fail(int code, ParseError error) => Fail(code, error.Message);

    private static int Fail(int code, string sentence)
    {
        Console.Error.WriteLine($"whispurr: {sentence.ReplaceLineEndings(" ").Trim()}");
        return code;
    }
}
