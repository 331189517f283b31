using System.CommandLine;
using WhispurrNet.Cli.Deploy;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr deploy</c>: puts a program onto a board.</summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        var port = new Option<string?>("--port", "-p")
        {
            Description = "The board's serial port, such as /dev/ttyUSB0 or COM5 [required]",
            HelpName = "NAME",
        };
        var image = new Option<string?>("--image", "-i")
        {
            Description = "The image: every PE file the program needs, one behind the other "
                + "[default: none, see --build]",
            HelpName = "FILE",
        };
        var build = new Option<string?>("--build", "-b")
        {
            Description = "Build the image from this device project with the nanoFramework packages "
                + "[default: none, see --image]",
            HelpName = "PROJECT",
        };
        var via = new Option<string?>("--via")
        {
            Description = "Who writes: wire, this command itself, or nanoff [default: wire]",
            HelpName = "wire|nanoff",
        };
        var baud = new Option<string?>("--baud")
        {
            Description = $"Bits a second, 1 to {SerialPortOptions.MaxBaudRate} [default: those that "
                + "firmware comes with, until the board answers]",
            HelpName = "NUMBER",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Ask the board and check the image, or print the line for nanoff, and write nothing",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "deploy",
            "Check that a program fits a board's firmware, write it to the board, verify it and restart the board; "
            + "done again after an interruption, it starts over.")
        {
            port, image, build, via, baud, dryRun, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string? file = parsed.GetValue(image);
            string? project = parsed.GetValue(build);
            var options = new DeployOptions
            {
                Port = parsed.GetValue(port) ?? throw new SettingException("Give the board's port: --port NAME."),
                Image = file,
                Project = project,
                ViaNanoff = ReadVia(parsed.GetValue(via)),
                BaudRate = parsed.GetValue(baud) is { } rate
                    ? GatewaySettings.ParseNumber(rate, "--baud", 1, SerialPortOptions.MaxBaudRate)
                    : null,
                IsDryRun = parsed.GetValue(dryRun),
                Json = parsed.GetValue(json),
            };
            if (file is null == project is null)
            {
                throw new SettingException("Give --image FILE or --build PROJECT, one of them.");
            }

            await new DeployRun(options, SerialPorts.ForThisSystem).RunAsync(cancellation).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static bool ReadVia(string? text) => text switch
    {
        null or "wire" => false,
        "nanoff" => true,
        _ => throw new SettingException($"--via must be wire or nanoff, not '{text}'."),
    };
}
