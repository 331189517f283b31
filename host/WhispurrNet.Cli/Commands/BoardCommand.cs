using System.CommandLine;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.SingleBoard;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr board</c>: one virtual board with a firmware of one's own; also what a debugger starts.</summary>
internal static class BoardCommand
{
    private const double DefaultSpeed = 1;
    private const int MaxSeconds = 24 * 60 * 60;
    private const int UartCount = 3;

    public static Command Create()
    {
        var program = new Argument<string>("FILE")
        {
            Description = "The device program that the board runs, such as bin/Debug/Kitchen.exe; what it references "
                + "lies beside it [required]",
        };
        var settings = new Option<string?>("--settings")
        {
            Description = @"What the board finds as I:\whispurr.cfg [default: the whispurr.cfg beside the program, if any]",
            HelpName = "FILE",
        };
        var speed = new Option<string?>("--speed", "-s")
        {
            Description = $"Board seconds in one real second, 0.1 to {UpOptionSet.MaxSpeed} [default: {DefaultSpeed}]",
            HelpName = "S",
        };
        var time = new Option<string?>("--for")
        {
            Description = $"End after so many seconds, 1 to {MaxSeconds} [default: until Ctrl-C]",
            HelpName = "SECONDS",
        };
        var ether = new Option<string?>("--ether")
        {
            Description = "The radio of up --ether-listen, whose time the board takes [default: one of its own, with "
                + "nobody on it]",
            HelpName = "ADDRESS",
        };
        var near = new Option<string?>("--near")
        {
            Description = "Boards of that radio in reach, with commas between them [default: none]",
            HelpName = "NAMES",
        };
        var name = new Option<string?>("--name")
        {
            Description = "The board's name on the radio, unique there [default: that of the program]",
            HelpName = "NAME",
        };
        var uart = new Option<string?>("--uart")
        {
            Description = $"Number of a UART of the board that gets a serial port on this machine, 1 to {UartCount}, such as "
                + "for 'whispurr bridge' [default: none]",
            HelpName = "N",
        };
        var serial = new Option<bool>("--serial")
        {
            Description = "Give the board a serial port, as a real one has, and print its name first",
        };
        var images = new Option<string?>("--images")
        {
            Description = "Folders with images that may be deployed to it, with commas between them [default: that of "
                + "the program]",
            HelpName = "FOLDERS",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "board",
            "Run your own firmware on one virtual board, print what it says, and take the lines 'low PIN', 'high PIN', "
            + "'free PIN' and 'restart' for what is done to it.")
        {
            program, settings, speed, time, name, ether, near, serial, images, uart, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new BoardOptions
            {
                Program = Path.GetFullPath(parsed.GetRequiredValue(program)),
                Settings = parsed.GetValue(settings),
                Speed = parsed.GetValue(speed) is { } text
                    ? UpOptionSet.ParseReal(text, "--speed", 0.1, UpOptionSet.MaxSpeed)
                    : DefaultSpeed,
                Name = parsed.GetValue(name),
                Uart = parsed.GetValue(uart) is { } number
                    ? GatewaySettings.ParseNumber(number, "--uart", 1, UartCount)
                    : null,
                Serial = parsed.GetValue(serial)
                    ? UpOptionSet.FoldersOf(Path.GetFullPath(parsed.GetRequiredValue(program)), parsed.GetValue(images))
                    : Forbid(parsed, images, "--images needs --serial.") ? null : [],
                Ether = parsed.GetValue(ether) is { } address && Forbid(parsed, speed, "--speed is that of the ether.")
                    ? address
                    : null,
                Near = parsed.GetValue(near)?.Split(',', StringSplitOptions.TrimEntries) is { } names
                    && (parsed.GetValue(ether) is not null || Forbid(parsed, near, "--near needs --ether."))
                        ? names
                        : [],
            },
            parsed.GetValue(time) is { } seconds
                ? TimeSpan.FromSeconds(GatewaySettings.ParseNumber(seconds, "--for", 1, MaxSeconds))
                : Timeout.InfiniteTimeSpan,
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static bool Forbid(ParseResult parsed, Option<string?> option, string sentence) =>
        parsed.GetValue(option) is null ? true : throw new SettingException(sentence);

    private static async Task<int> RunAsync(
        BoardOptions options, TimeSpan time, bool json, CancellationToken cancellation)
    {
        using BoardOnDesk board = BoardOnDesk.Start(options, new BoardConsole(json));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(time);

        // On a thread of its own: a read from the console cannot be cancelled.
        var hands = new Thread(() => board.Obey(Console.In)) { IsBackground = true, Name = "hands" };
        hands.Start();
        try
        {
            await board.RadioGone.WaitAsync(end.Token).ConfigureAwait(false);
            throw new CommandFailure("The ether has gone.");
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C, or the time is over: how a board ends.
        }

        return ExitCode.Done;
    }
}
