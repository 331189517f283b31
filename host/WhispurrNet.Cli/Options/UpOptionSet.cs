using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using WhispurrNet.Cli.Up;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Options;

/// <summary>The options of <c>up</c>.</summary>
internal sealed class UpOptionSet
{
    /// <summary>Most board seconds in one real second.</summary>
    public const double MaxSpeed = 100;

    private const double DefaultSpeed = 10;
    private const int DefaultBoards = 4;
    private const int MaxSeconds = 24 * 60 * 60;

    private readonly Option<string?> _boards = new("--boards", "-n")
    {
        Description = $"Boards on the line, {LineBoard.Min} to {LineBoard.Max} [default: {DefaultBoards}]",
        HelpName = "N",
    };

    private readonly Option<string?> _speed = new("--speed", "-s")
    {
        Description = $"Board seconds in one real second, 0.1 to {MaxSpeed} [default: {DefaultSpeed}]",
        HelpName = "S",
    };

    private readonly Option<string?> _join = new("--join", "-j")
    {
        Description = "Join code of the boards' network, 28 characters in groups of four "
            + $"({GatewaySettings.JoinVariable}) [default: a new network]",
        HelpName = "CODE",
    };

    private readonly Option<string?> _port = new("--port", "-p")
    {
        Description = $"Port of page, REST and boards, 1 to 65535; 0 takes a free one ({GatewaySettings.PortVariable}) "
            + $"[default: {GatewayOptions.DefaultPort}]",
        HelpName = "PORT",
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "Makes latencies, losses and the boards' random numbers repeat, for demonstrations only, "
            + $"0 to {int.MaxValue} [default: others every time]",
        HelpName = "NUMBER",
    };

    private readonly Option<string?> _loss = new("--loss")
    {
        Description = "Probability that a Bluetooth packet is lost, 0 to 0.9 [default: 0]",
        HelpName = "P",
    };

    private readonly Option<string?> _size = new("--size")
    {
        Description = "Memory of the boards: small as without external RAM, full as with it, or mixed: small, "
            + "except the foreign board and the far end of a long line [default: mixed]",
        HelpName = "small|full|mixed",
    };

    private readonly Option<string?> _program = new("--program")
    {
        Description = "Device program that the boards run, built by you [default: the sample that comes with whispurr]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _for = new("--for")
    {
        Description = "Unattended: send one whisper of each kind from the desk, end when all have arrived or after so "
            + "many seconds, 1 to " + $"{MaxSeconds}; the exit code is 0 if they did and nobody between could read them "
            + "[default: attended, until Ctrl-C]",
        HelpName = "SECONDS",
    };

    private readonly Option<string?> _etherListen = new("--ether-listen")
    {
        Description = "Let boards of other processes join the boards' radio (whispurr board --ether): 127.0.0.1:PORT, "
            + "or the path of a socket [default: they cannot]",
        HelpName = "ADDRESS",
    };

    private readonly Option<bool> _serial = new("--serial")
    {
        Description = "Give every board a serial port, as real ones have: for whispurr monitor, deploy and the like",
    };

    private readonly Option<string?> _images = new("--images")
    {
        Description = "Folders with images that may be deployed to the boards, with commas between them "
            + "[default: that of the program]",
        HelpName = "FOLDERS",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _boards, _speed, _join, _port, _seed, _loss, _size, _program, _for, _etherListen, _serial,
            _images,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads options and environment.</summary>
    /// <exception cref="SettingException">One of them is not right.</exception>
    public UpChoice Read(ParseResult parsed)
    {
        GatewayOptions gateway = GatewaySettings.FromEnvironment(Environment.GetEnvironmentVariable);
        bool isNew = gateway.JoinCode is null && parsed.GetValue(_join) is null;
        gateway = gateway with
        {
            Port = parsed.GetValue(_port) is { } port ? GatewaySettings.ParsePort(port, "--port") : gateway.Port,
            JoinCode = parsed.GetValue(_join) is { } join
                ? GatewaySettings.ParseJoinCode(join, "--join")
                : gateway.JoinCode ?? GatewayOptionSet.CreateJoinCode(),
        };
        var line = new LineOptions
        {
            Gateway = gateway,
            Boards = parsed.GetValue(_boards) is { } boards
                ? GatewaySettings.ParseNumber(boards, "--boards", LineBoard.Min, LineBoard.Max)
                : DefaultBoards,
            Speed = parsed.GetValue(_speed) is { } speed ? ParseReal(speed, "--speed", 0.1, MaxSpeed) : DefaultSpeed,
            Size = parsed.GetValue(_size) is { } size ? ParseSize(size) : LineSize.Mixed,
            Loss = parsed.GetValue(_loss) is { } loss ? ParseReal(loss, "--loss", 0, 0.9) : 0,
            Seed = parsed.GetValue(_seed) is { } seed
                ? GatewaySettings.ParseNumber(seed, "--seed", 0, int.MaxValue)
                : null,
            EtherListen = parsed.GetValue(_etherListen),
            Program = parsed.GetValue(_program) is { } program ? Path.GetFullPath(program) : LineOptions.BundledProgram,
        };
        if (parsed.GetValue(_serial))
        {
            line = line with { Serial = FoldersOf(line.Program, parsed.GetValue(_images)) };
        }
        else if (parsed.GetValue(_images) is not null)
        {
            throw new SettingException("--images needs --serial.");
        }

        int? seconds = parsed.GetValue(_for) is { } text
            ? GatewaySettings.ParseNumber(text, "--for", 1, MaxSeconds)
            : null;
        return new UpChoice(line, isNew, seconds is null ? null : TimeSpan.FromSeconds(seconds.Value));
    }

    /// <summary>The folder of a program and those that somebody named.</summary>
    public static IReadOnlyList<string> FoldersOf(string program, string? named) =>
        [Path.GetDirectoryName(program)!, .. named?.Split(',', StringSplitOptions.TrimEntries) ?? []];

    private static LineSize ParseSize(string text) => text switch
    {
        "small" => LineSize.Small,
        "full" => LineSize.Full,
        "mixed" => LineSize.Mixed,
        _ => throw new SettingException($"--size must be small, full or mixed, not '{text}'."),
    };

    /// <summary>A number within bounds, with a point and without an exponent.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public static double ParseReal(string text, string name, double min, double max)
    {
        bool parsed = double.TryParse(
            text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value);
        return parsed && value >= min && value <= max
            ? value
            : throw new SettingException(string.Create(
                CultureInfo.InvariantCulture, $"{name} must be a number from {min} to {max}, not '{text}'."));
    }
}

/// <summary>What a user of <c>up</c> chose.</summary>
/// <param name="Line">The boards and the gateway.</param>
/// <param name="IsNewNetwork">Whether the join code was made just now.</param>
/// <param name="For">How long an unattended run may take; null for an attended one.</param>
internal sealed record UpChoice(LineOptions Line, bool IsNewNetwork, TimeSpan? For);
