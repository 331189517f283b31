using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Desk.Crypto.Nodes;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Extras.Gossip;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Desk;

/// <summary>What became of a whisper handed to the local node.</summary>
/// <param name="Result">Whether it was queued, or why not.</param>
/// <param name="FrameId">Its first frame, 16 hex digits; null when it was not queued.</param>
/// <param name="To">The identity that a direct whisper is for; null otherwise.</param>
public readonly record struct DeskSendResult(SendResult Result, string? FrameId, string? To = null);

/// <summary>
/// The local node: a member of the network that whispers for REST and the page and reads what it is tuned to. It knows
/// the relay only over a link, like every other node.
/// </summary>
public sealed class DeskNode : IDisposable
{
    /// <summary>The local node's name on the map.</summary>
    public const string Name = "desk";

    /// <summary>Bytes of a frame.</summary>
    public const int FrameSize = FrameLayout.StandardFrameSize;

    /// <summary>A whisper of 1,024 bytes takes seven frames; on a desk they can all leave at once.</summary>
    private const uint WhisperBurst = 8;

    private const int SentMax = 1000;

    private readonly MeshMap _map;
    private readonly ContactBook _contacts;
    private readonly PersonDesk _persons;
    private readonly CoreReporter _reporter;
    private readonly string _identity;

    // Only used while the node is held.
    private readonly List<(string FrameId, ulong InnerId)> _sent = [];

    internal DeskNode(GatewayOptions options, MeshMap map)
    {
        _map = map;
        _persons = PersonDesk.Open(options);
        _contacts = new ContactBook(map);
        _reporter = new CoreReporter(Name, map);
        Pump = new NodePump(options.Time, nowMs => Create(options, _reporter, nowMs));
        _reporter.Pump = Pump;
        foreach (string intent in options.Intents)
        {
            if (!Pump.With((core, _) => core.Tune(intent)))
            {
                throw new SettingException(
                    $"The local node cannot listen to '{intent}': too many intents, or not a name.");
            }
        }

        Intents = [.. options.Intents];
        (MaxPayload, MaxEmergencyPayload, _identity) =
            Pump.With((core, _) => (core.MaxPayload, core.MaxFramePayload, core.IdentityText));
        _persons.NoteOwnIdentity(_identity);
        map.AddNode(Name, NodeKind.Desk, online: true);
        map.Report(Name, new BootReport(Name, _identity, "full", FrameSize, IsMember: true));
        Pump.WhisperArrived = OnWhisper;
        Pump.Settled = OnSettled;
    }

    /// <summary>Largest payload in bytes.</summary>
    public int MaxPayload { get; }

    /// <summary>Largest payload of an emergency in bytes: it goes in one frame.</summary>
    public int MaxEmergencyPayload { get; }

    /// <summary>The node's ephemeral identity of this hour.</summary>
    public string Identity => _reporter.Identity ?? _identity;

    /// <summary>The identities that direct whispers can be sent to, the newest first.</summary>
    public IReadOnlyList<ContactView> Contacts
    {
        get
        {
            Pump.With(UpdateContacts);
            return _contacts.Read();
        }
    }

    /// <summary>The user identity's public key; null without one.</summary>
    public string? UserKey => _persons.PublicKey;

    /// <summary>Who has told this node who it is, the latest first.</summary>
    public IReadOnlyList<PersonView> Persons => _persons.Read(_map);

    /// <summary>Claims to be somebody that were refused.</summary>
    public int RefusedPersons => _persons.Refused;

    /// <summary>What the node is tuned to.</summary>
    public IReadOnlyList<string> Intents { get; }

    internal NodePump Pump { get; }

    /// <summary>Whispers to everyone who is tuned to an intent.</summary>
    /// <param name="intent">Its name, 1 to 64 bytes of UTF-8.</param>
    /// <param name="payload">At most <see cref="MaxPayload"/> bytes.</param>
    public DeskSendResult Resonate(string intent, byte[] payload) => Send(
        WhisperKinds.Resonance, intent, null, payload,
        (core, nowMs) => core.Resonate(intent, payload, 0, payload.Length, nowMs));

    /// <summary>Whispers to everyone in the network.</summary>
    /// <param name="payload">At most <see cref="MaxPayload"/> bytes.</param>
    public DeskSendResult Broadcast(byte[] payload) => Send(
        WhisperKinds.Broadcast, null, null, payload,
        (core, nowMs) => core.Broadcast(payload, 0, payload.Length, nowMs));

    /// <summary>Whispers to everyone in the network, ahead of everything else.</summary>
    /// <param name="payload">At most <see cref="MaxPayload"/> bytes.</param>
    public DeskSendResult Emergency(byte[] payload) => Send(
        WhisperKinds.Emergency, null, null, payload,
        (core, nowMs) => core.Emergency(payload, 0, payload.Length, nowMs));

    /// <summary>Whispers to one identity, to which this node's is proven.</summary>
    /// <param name="to">A contact: its whole identity (<see cref="FindContact"/>).</param>
    /// <param name="payload">At most <see cref="MaxPayload"/> bytes.</param>
    /// <exception cref="FormatException">That is no identity.</exception>
    public DeskSendResult Direct(string to, byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(to);
        byte[] id = IdentityName.ReadId(to);
        return Send(
            WhisperKinds.Direct, null, to, payload,
            (core, nowMs) => core.Direct(id, payload, 0, payload.Length, nowMs));
    }

    /// <summary>Tells one identity, and nobody else, who the user is.</summary>
    /// <param name="to">A contact: its whole identity (<see cref="FindContact"/>).</param>
    /// <exception cref="FormatException">That is no identity.</exception>
    /// <exception cref="InvalidOperationException">There is no user identity.</exception>
    public DeskSendResult Identify(string to)
    {
        ArgumentNullException.ThrowIfNull(to);
        byte[] id = IdentityName.ReadId(to);
        return Pump.With((core, nowMs) =>
        {
            byte[] payload = _persons.Sign(core.IdentityText, to)
                ?? throw new InvalidOperationException("There is no user identity.");
            SendResult result = core.Direct(id, payload, 0, payload.Length, nowMs);
            if (result != SendResult.Queued)
            {
                return new DeskSendResult(result, null);
            }

            string frame = CoreReporter.Id(core.LastSentId);
            _map.Report(Name, new WhisperSentReport(frame, WhisperKinds.Direct, null, to));
            return new DeskSendResult(result, frame, to);
        });
    }

    /// <summary>Finds the contact that a whole identity or the beginning of one means.</summary>
    /// <param name="identity">At least <see cref="IdentityName.ShortMin"/> digits, in small letters.</param>
    /// <param name="contact">The whole identity, when there is one.</param>
    public ContactMatch FindContact(string identity, out string? contact)
    {
        Pump.With(UpdateContacts);
        return _contacts.Find(identity, out contact);
    }

    /// <summary>How far a whisper of this node has come; unknown when it is not among the last thousand.</summary>
    /// <param name="id">Its <see cref="DeskSendResult.FrameId"/>.</param>
    public WhisperStatus StatusOf(string id) => Pump.With((core, _) =>
        _sent.Find(entry => entry.FrameId == id) is { FrameId: not null } sent
            ? core.StatusOf(sent.InnerId)
            : WhisperStatus.Unknown);

    /// <summary>The node's counters, as one line of <c>name=value</c>.</summary>
    public string ReadStatistics() => Pump.With((core, _) => core.Statistics.ToLine());

    /// <summary>A payload as people read it: text, or 0x and hex when it is not UTF-8.</summary>
    public static string ToText(ReadOnlySpan<byte> payload)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(payload);
        }
        catch (ArgumentException)
        {
            return "0x" + Convert.ToHexStringLower(payload);
        }
    }

    /// <summary>Closes the link to the relay.</summary>
    public void Dispose()
    {
        Pump.Dispose();
        _persons.Dispose();
    }

    private static NodeCore Create(GatewayOptions options, CoreReporter reporter, long nowMs)
    {
        NetworkKey network = NetworkKey.FromJoinCode(options.JoinCode);
        var configuration = new NodeConfiguration
        {
            Network = network,
            Limits = NodeLimits.Desk(),
            Wide = new RangeReconciler(),
            Primitives = new NodePrimitives(),
            WhisperBurst = WhisperBurst,
            WhisperLifetimeSeconds = (uint)options.MessageTtl.TotalSeconds,
        };
        byte[] seed = RandomNumberGenerator.GetBytes(NodeCore.SeedSize);
        var core = new NodeCore(configuration, new HostHmacSha256(), seed, nowMs) { Observer = reporter };

        // The node has derived what it needs.
        network.Wipe();
        CryptographicOperations.ZeroMemory(seed);
        return core;
    }

    private DeskSendResult Send(
        string kind, string? intent, string? to, byte[] payload, Func<NodeCore, long, SendResult> send)
    {
        return Pump.With((core, nowMs) =>
        {
            SendResult result = send(core, nowMs);
            if (result != SendResult.Queued)
            {
                return new DeskSendResult(result, null);
            }

            string id = CoreReporter.Id(core.LastSentId);
            if (_sent.Count == SentMax)
            {
                _sent.RemoveAt(0);
            }

            _sent.Add((id, core.LastSentInnerId));
            _map.Report(
                Name, new WhisperSentReport(id, kind, intent, to, CoreReporter.Id(core.LastSentInnerId)));
            _map.ShowPayload(id, ToText(payload), payload.Length);
            return new DeskSendResult(result, id, to);
        });
    }

    private void OnSettled(NodeCore core, long nowMs)
    {
        _persons.NoteOwnIdentity(Identity);
        if (_reporter.KnowsNewContact)
        {
            UpdateContacts(core, nowMs);
        }
    }

    private bool UpdateContacts(NodeCore core, long nowMs)
    {
        _reporter.KnowsNewContact = false;
        foreach (ContactView contact in _contacts.Update(core, nowMs))
        {
            _map.Hub.Publish("contact", () => contact);
        }

        return true;
    }

    private void OnWhisper(WhisperMessage whisper)
    {
        string id = CoreReporter.Id(whisper.FrameId);
        string kind = WhisperKinds.Of(whisper.Type);
        string text = ToText(whisper.Payload.AsSpan(0, whisper.PayloadCount));
        var read = new WhisperReadReport(
            id, kind, whisper.Intent, whisper.SenderText, whisper.PayloadCount, whisper.SenderProven);
        _map.Report(Name, read);
        if (_persons.TryTake(whisper, _map, out PersonView? person))
        {
            if (person is not null)
            {
                _map.Hub.Publish("person", () => person);
            }

            return;
        }

        _map.ShowPayload(id, text, whisper.PayloadCount);

        // Read now: the message object is used again for the next whisper.
        var heard = new HeardView(
            id,
            WhisperKinds.RestTypeOf(kind),
            kind,
            whisper.Intent,
            text,
            read.From,
            _map.ReadNodeOf(read.From),
            read.IsProven,
            whisper.SentUnixSeconds,
            DateTimeOffset.Now);
        _map.Hub.Publish("heard", () => heard);
    }
}
