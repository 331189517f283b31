using System.Globalization;
using Microsoft.AspNetCore.Http;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Mesh;

namespace WhispurrNet.Gateway.Api;

/// <summary>The relay in <c>GET /api/whispurrnet/status</c>.</summary>
/// <param name="Peers">Peers connected.</param>
/// <param name="MaxPeers">Peers allowed.</param>
/// <param name="HeldFrames">Frames held.</param>
/// <param name="Counts">The WebSocket side's counters.</param>
public sealed record RelayStatus(int Peers, int MaxPeers, int HeldFrames, RelayCounts Counts);

/// <summary>The local node in <c>GET /api/whispurrnet/status</c>.</summary>
/// <param name="Identity">Its ephemeral identity.</param>
/// <param name="Intents">What it is tuned to.</param>
/// <param name="MaxPayload">Largest payload in bytes.</param>
/// <param name="MaxEmergencyPayload">Largest payload of an emergency in bytes.</param>
/// <param name="MessageTtlSeconds">Lifetime of its whispers.</param>
/// <param name="Contacts">Whom it can send direct whispers to.</param>
/// <param name="User">Public key of the user identity; null without one.</param>
/// <param name="Persons">Who has told it who they are, the latest first.</param>
/// <param name="RefusedPersons">Claims to be somebody that were refused.</param>
public sealed record DeskStatus(
    string Identity,
    IReadOnlyList<string> Intents,
    int MaxPayload,
    int MaxEmergencyPayload,
    int MessageTtlSeconds,
    IReadOnlyList<ContactView> Contacts,
    string? User,
    IReadOnlyList<PersonView> Persons,
    int RefusedPersons);

/// <summary>The answer of <c>GET /api/whispurrnet/contacts</c>.</summary>
/// <param name="Identity">The local node's ephemeral identity; null without keys.</param>
/// <param name="Contacts">Whom it can send direct whispers to, the newest first.</param>
public sealed record ContactsAnswer(string? Identity, IReadOnlyList<ContactView> Contacts);

/// <summary>The answer of <c>GET /api/whispurrnet/status</c>.</summary>
/// <param name="State">running.</param>
/// <param name="Network">member with a local node, none without keys.</param>
/// <param name="Speed">Seconds of the mesh's clock in one real second.</param>
/// <param name="UptimeSeconds">Real seconds since the start.</param>
/// <param name="Relay">The relay.</param>
/// <param name="Desk">The local node; null without keys.</param>
/// <param name="Boards">Boards and peers known, the relay and the local node not counted.</param>
/// <param name="Whispers">Whispers remembered.</param>
public sealed record GatewayStatus(
    string State,
    string Network,
    double Speed,
    long UptimeSeconds,
    RelayStatus Relay,
    DeskStatus? Desk,
    int Boards,
    int Whispers);

/// <summary>Status and debug. Neither can hold a secret: no token, join code or key reaches this class.</summary>
internal sealed class StatusEndpoint
{
    private readonly RelayNode _relay;
    private readonly DeskNode? _desk;
    private readonly MeshMap _map;
    private readonly int _maxPeers;
    private readonly int _ttlSeconds;
    private readonly double _speed;
    private readonly object _settings;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;

    public StatusEndpoint(GatewayOptions options, RelayNode relay, DeskNode? desk, MeshMap map)
    {
        _relay = relay;
        _desk = desk;
        _map = map;
        _maxPeers = options.MaxPeers;
        _ttlSeconds = (int)options.MessageTtl.TotalSeconds;
        _speed = options.Speed;
        _settings = new
        {
            address = options.Address.ToString(),
            port = options.Port,
            maxPeers = _maxPeers,
            messageTtlSeconds = _ttlSeconds,
            tokenRequired = options.Token is not null,
            keepAliveSeconds = options.KeepAlive.TotalSeconds,
        };
    }

    public GatewayStatus Read()
    {
        MeshView mesh = _map.ReadMesh();
        return new GatewayStatus(
            "running",
            _desk is null ? "none" : "member",
            _speed,
            (long)(DateTimeOffset.UtcNow - _started).TotalSeconds,
            new RelayStatus(_relay.PeerCount, _maxPeers, _relay.HeldFrames, _relay.ReadCounts()),
            _desk is null ? null : ReadDesk(_desk),
            mesh.Nodes.Count(n => n.Kind is NodeKind.Board or NodeKind.Foreign or NodeKind.Peer),
            _map.ReadWhispers().Count);
    }

    public Task GetStatusAsync(HttpContext context) =>
        ApiAnswers.WriteAsync(context, StatusCodes.Status200OK, Read());

    public Task GetContactsAsync(HttpContext context) =>
        ApiAnswers.WriteAsync(
            context, StatusCodes.Status200OK, new ContactsAnswer(_desk?.Identity, _desk?.Contacts ?? []));

    public Task GetDebugAsync(HttpContext context)
    {
        MeshView mesh = _map.ReadMesh();
        return ApiAnswers.WriteAsync(context, StatusCodes.Status200OK, new
        {
            version = typeof(StatusEndpoint).Assembly.GetName().Version?.ToString(3),
            runtime = Environment.Version.ToString(),
            settings = _settings,
            status = Read(),
            relayNode = Numbers(_relay.ReadStatistics()),
            deskNode = _desk is null ? null : Numbers(_desk.ReadStatistics()),
            subscribers = _map.Hub.SubscriberCount,
            mesh,
            boards = mesh.Nodes
                .Where(n => n.Kind is NodeKind.Board or NodeKind.Foreign)
                .ToDictionary(n => n.Name, n => _map.ReadStatistics(n.Name)),
        });
    }

    private DeskStatus ReadDesk(DeskNode desk) => new(
        desk.Identity, desk.Intents, desk.MaxPayload, desk.MaxEmergencyPayload, _ttlSeconds, desk.Contacts,
        desk.UserKey, desk.Persons, desk.RefusedPersons);

    private static Dictionary<string, long> Numbers(string line)
    {
        return line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => long.Parse(pair[1], CultureInfo.InvariantCulture));
    }
}
