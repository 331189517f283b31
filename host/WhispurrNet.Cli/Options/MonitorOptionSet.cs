using System.CommandLine;
using System.CommandLine.Parsing;
using WhispurrNet.Cli.Monitor.Port;
using WhispurrNet.Cli.Monitor.Show;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Options;

/// <summary>What <c>monitor</c> was asked for.</summary>
/// <param name="Listen">How the port is listened to.</param>
/// <param name="Filter">What is shown.</param>
/// <param name="Table">Whether the board's state is shown as well.</param>
/// <param name="Log">The file to append to, or null.</param>
/// <param name="WithTime">Whether lines begin with the time.</param>
/// <param name="For">After what time to end.</param>
internal sealed record MonitorChoice(
    PortMonitorOptions Listen, ItemFilter Filter, bool Table, string? Log, bool WithTime, TimeSpan For);

/// <summary>The options of <c>monitor</c>.</summary>
internal sealed class MonitorOptionSet
{
    /// <summary>The most seconds that a command listens when told how long.</summary>
    public const int MaxSeconds = 24 * 60 * 60;

    private const string Auto = "auto";

    private readonly Option<string> _port = new("--port", "-p")
    {
        Description = "The serial port, such as /dev/ttyUSB0 or COM5 [required]",
        HelpName = "NAME",
        Required = true,
    };

    private readonly Option<string?> _baud = Baud(
        $"Bits a second, 1 to {SerialPortOptions.MaxBaudRate}; auto goes through those that boards use until text comes");

    private readonly Option<bool> _attach = new("--attach")
    {
        Description = "Ping the board when the port opens; it then prints in packets until it starts anew, its CLR's own "
            + "lines too. Otherwise nothing at all is sent",
    };

    private readonly Option<bool> _once = new("--once")
    {
        Description = "End when the port goes away, and fail when it is not there, instead of waiting for it",
    };

    private readonly Option<string?> _include = new("--include")
    {
        Description = "Show only what matches this regular expression [default: everything]",
        HelpName = "REGEX",
    };

    private readonly Option<string?> _exclude = new("--exclude")
    {
        Description = "Leave out what matches this regular expression [default: nothing]",
        HelpName = "REGEX",
    };

    private readonly Option<string?> _kind = new("--kind")
    {
        Description = $"Show only these, with commas between them: {ItemFilter.KindNames} [default: all]",
        HelpName = "KINDS",
    };

    private readonly Option<bool> _table = new("--table")
    {
        Description = "Show the board's own figures as a table above the lines; in a pipe one line or object whenever "
            + "there are new ones",
    };

    private readonly Option<string?> _log = new("--log")
    {
        Description = "Append everything to this file as plain text, also what is not shown [default: none]",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noTime = new("--no-time")
    {
        Description = "Leave out the time before each line",
    };

    private readonly Option<string?> _for = For();

    /// <summary>The rate of a port.</summary>
    public static Option<string?> Baud(string description) => new("--baud", "-b")
    {
        Description = $"{description} [default: {PortMonitorOptions.DefaultBaudRate}]",
        HelpName = "RATE",
    };

    /// <summary>After what time to end.</summary>
    public static Option<string?> For() => new("--for")
    {
        Description = $"End after so many seconds, 1 to {MaxSeconds} [default: until Ctrl-C]",
        HelpName = "SECONDS",
    };

    /// <summary>Reads a rate; 0 for auto.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public static int ParseBaud(string? text) => text switch
    {
        null => PortMonitorOptions.DefaultBaudRate,
        Auto => 0,
        _ => GatewaySettings.ParseNumber(text, "--baud", 1, SerialPortOptions.MaxBaudRate),
    };

    /// <summary>Reads a time to end after.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public static TimeSpan ParseFor(string? text) => text is null
        ? Timeout.InfiniteTimeSpan
        : TimeSpan.FromSeconds(GatewaySettings.ParseNumber(text, "--for", 1, MaxSeconds));

    public void AddTo(Command command)
    {
        foreach (Option option in
            (Option[])[_port, _baud, _attach, _once, _include, _exclude, _kind, _table, _log, _noTime, _for])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="SettingException">An option is not right.</exception>
    public MonitorChoice Read(ParseResult parsed)
    {
        int baud = ParseBaud(parsed.GetValue(_baud));
        return new MonitorChoice(
            new PortMonitorOptions(
                parsed.GetRequiredValue(_port),
                baud == 0 ? PortMonitorOptions.DefaultBaudRate : baud,
                IsBaudFound: baud == 0,
                parsed.GetValue(_attach),
                parsed.GetValue(_once)),
            new ItemFilter(
                ItemFilter.ParseKinds(parsed.GetValue(_kind)),
                ItemFilter.ParsePattern(parsed.GetValue(_include), "--include"),
                ItemFilter.ParsePattern(parsed.GetValue(_exclude), "--exclude")),
            parsed.GetValue(_table),
            parsed.GetValue(_log),
            !parsed.GetValue(_noTime),
            ParseFor(parsed.GetValue(_for)));
    }
}
