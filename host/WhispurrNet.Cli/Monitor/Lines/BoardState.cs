using System.Collections.Frozen;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>
/// What a board has said of itself, put together. A start of the board begins anew what belongs to one run.
/// </summary>
internal sealed class BoardState : IMonitorSink
{
    /// <summary>Most open links and contacts remembered; counters go on beyond.</summary>
    public const int MaxRemembered = 256;

    /// <summary>The statistics that count something going wrong.</summary>
    public static readonly FrozenSet<string> FaultCounters = FrozenSet.Create(
        "radioFailures", "gatewayFailures", "handlerFailures", "threadRestarts", "eventFailures", "undelivered");

    private static readonly Dictionary<string, long> s_none = [];

    private readonly HashSet<string> _links = [];
    private readonly HashSet<string> _contacts = [];
    private IReadOnlyDictionary<string, long> _earlier = s_none;

    /// <summary>Its name, once it has told.</summary>
    public string? Name { get; private set; }

    /// <summary>Its ephemeral identity.</summary>
    public string? Identity { get; private set; }

    /// <summary>small or full.</summary>
    public string? Size { get; private set; }

    /// <summary>Whether it is a member of a network; null until it has told.</summary>
    public bool? IsMember { get; private set; }

    /// <summary>Its Wi-Fi: connecting, ready or lost.</summary>
    public string? Wifi { get; private set; }

    /// <summary>Its self-test: passed.</summary>
    public string? SelfTest { get; private set; }

    /// <summary>Its last statistics line; empty before the first.</summary>
    public IReadOnlyDictionary<string, long> Statistics { get; private set; } = s_none;

    /// <summary>Links open now, when the board traces them.</summary>
    public int OpenLinks => _links.Count;

    /// <summary>Contacts whose card it has learned in this run.</summary>
    public int Contacts => _contacts.Count;

    /// <summary>Frames it said to have stored, when it traces them.</summary>
    public long Frames { get; private set; }

    /// <summary>Whispers it has sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Whispers it has read.</summary>
    public long Read { get; private set; }

    /// <summary>Error lines and exceptions.</summary>
    public long Errors { get; private set; }

    /// <summary>The last of them.</summary>
    public string? LastError { get; private set; }

    /// <summary>How often it was seen to start.</summary>
    public int Boots { get; private set; }

    /// <summary>Whether the port is open.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>When anything came last; null before.</summary>
    public long? HeardMs { get; private set; }

    /// <summary>What it counted of its own failures, and the errors seen on its cable.</summary>
    public long Faults => Errors + FaultCounters.Sum(name => Statistics.GetValueOrDefault(name));

    /// <summary>Frames a second between its last two statistics lines; null before.</summary>
    public double? FramesPerSecond
    {
        get
        {
            long seconds = Delta("uptime");
            return _earlier.Count > 0 && seconds > 0 ? (double)(Delta("own") + Delta("stranger")) / seconds : null;
        }
    }

    /// <inheritdoc/>
    public void OnItem(MonitorItem item)
    {
        if (item is EventItem { Event: var what })
        {
            OnEvent(what);
            return;
        }

        HeardMs = item.AtMs;
        switch (item)
        {
            case ExceptionItem { Exception: var exception }:
                Complain($"{exception.Type}: {exception.Message}");
                break;
            case LineItem { Report: ErrorReport error }:
                Complain(error.Message);
                break;
            case LineItem { Kind: ItemKind.Error, Line: var line }:
                Complain(line.Text);
                break;
            case LineItem { Report: { } report }:
                OnReport(report);
                break;
            default:
                break;
        }
    }

    private void OnEvent(PortEvent what)
    {
        switch (what)
        {
            case PortEvent.Open:
                IsConnected = true;
                break;
            case PortEvent.Gone or PortEvent.Waiting:
                IsConnected = false;
                break;
            case PortEvent.Boot:
                BeginRun();
                break;
            default:
                break;
        }
    }

    private void OnReport(NodeReport report)
    {
        switch (report)
        {
            case BootReport boot:
                // Also behind a boot packet that began the run: a line may come without one.
                BeginRun();
                Boots++;
                Name = boot.Name;
                Identity = boot.Identity;
                Size = boot.Size;
                IsMember = boot.IsMember;
                break;
            case IdentityReport identity:
                Identity = identity.Identity;
                break;
            case StateReport { Part: "wifi" } wifi:
                Wifi = wifi.State;
                break;
            case StateReport test:
                SelfTest = test.State;
                break;
            case StatisticsReport statistics:
                _earlier = Statistics;
                Statistics = statistics.Values;
                break;
            default:
                OnTraffic(report);
                break;
        }
    }

    private void OnTraffic(NodeReport report)
    {
        switch (report)
        {
            case ContactReport contact when _contacts.Count < MaxRemembered:
                _contacts.Add(contact.Identity);
                break;
            case LinkOpenedReport link when _links.Count < MaxRemembered:
                _links.Add(link.Tag);
                break;
            case LinkClosedReport link:
                _links.Remove(link.Tag);
                break;
            case FrameStoredReport:
                Frames++;
                break;
            case WhisperSentReport:
                Sent++;
                break;
            case WhisperReadReport:
                Read++;
                break;
            default:
                break;
        }
    }

    private void BeginRun()
    {
        _links.Clear();
        _contacts.Clear();
        _earlier = s_none;
        Statistics = s_none;
    }

    private void Complain(string sentence)
    {
        Errors++;
        LastError = sentence;
    }

    private long Delta(string name) =>
        Statistics.GetValueOrDefault(name) - _earlier.GetValueOrDefault(name);
}
