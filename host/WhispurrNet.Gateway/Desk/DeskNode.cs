using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Desk;

/// <summary>What became of a whisper handed to the local node.</summary>
/// <param name="Result">Whether it was queued, or why not.</param>
/// <param name="FrameId">The frame that carries it, 16 hex digits; null when it was not queued.</param>
public readonly record struct DeskSendResult(SendResult Result, string? FrameId);

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

    private readonly MeshMap _map;

    internal DeskNode(GatewayOptions options, MeshMap map)
    {
        _map = map;
        var reporter = new CoreReporter(Name, map);
        Pump = new NodePump(options.Time, nowMs => Create(options, reporter, nowMs));
        reporter.Pump = Pump;
        foreach (string intent in options.Intents)
        {
            if (!Pump.With((core, _) => core.Tune(intent)))
            {
                throw new SettingException(
                    $"The local node cannot listen to '{intent}': too many intents, or not a name.");
            }
        }

        Intents = [.. options.Intents];
        MaxPayload = Pump.With((core, _) => core.MaxPayload);
        map.AddNode(Name, NodeKind.Desk, online: true);
        map.Report(Name, new BootReport(Name, Identity, "full", FrameSize, IsMember: true));
        Pump.WhisperArrived = OnWhisper;
    }

    /// <summary>Largest payload in bytes.</summary>
    public int MaxPayload { get; }

    /// <summary>The node's ephemeral identity of this hour.</summary>
    public string Identity => Pump.With((core, _) => core.IdentityText);

    /// <summary>What the node is tuned to.</summary>
    public IReadOnlyList<string> Intents { get; }

    internal NodePump Pump { get; }

    /// <summary>Whispers to everyone who is tuned to an intent.</summary>
    /// <param name="intent">Its name, 1 to 64 bytes of UTF-8.</param>
    /// <param name="payload">At most <see cref="MaxPayload"/> bytes.</param>
    public DeskSendResult Resonate(string intent, byte[] payload) => Send(WhisperKinds.Resonance, intent, payload);

    /// <summary>Whispers to everyone in the network.</summary>
    /// <param name="payload">At most <see cref="MaxPayload"/> bytes.</param>
    public DeskSendResult Broadcast(byte[] payload) => Send(WhisperKinds.Broadcast, null, payload);

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
    public void Dispose() => Pump.Dispose();

    private static NodeCore Create(GatewayOptions options, CoreReporter reporter, long nowMs)
    {
        NetworkKey network = NetworkKey.FromJoinCode(options.JoinCode);
        var configuration = new NodeConfiguration
        {
            Network = network,
            Limits = NodeLimits.Desk(),
            WhisperLifetimeSeconds = (uint)options.MessageTtl.TotalSeconds,
        };
        byte[] seed = RandomNumberGenerator.GetBytes(NodeCore.SeedSize);
        var core = new NodeCore(configuration, new HostHmacSha256(), seed, nowMs) { Observer = reporter };

        // The node has derived what it needs.
        network.Wipe();
        CryptographicOperations.ZeroMemory(seed);
        return core;
    }

    private DeskSendResult Send(string kind, string? intent, byte[] payload)
    {
        return Pump.With((core, nowMs) =>
        {
            SendResult result = intent is null
                ? core.Broadcast(payload, 0, payload.Length, nowMs)
                : core.Resonate(intent, payload, 0, payload.Length, nowMs);
            if (result != SendResult.Queued)
            {
                return new DeskSendResult(result, null);
            }

            string id = CoreReporter.Id(core.LastSentId);
            _map.Report(Name, new WhisperSentReport(id, kind, intent));
            _map.ShowPayload(id, ToText(payload), payload.Length);
            return new DeskSendResult(result, id);
        });
    }

    private void OnWhisper(WhisperMessage whisper)
    {
        string id = CoreReporter.Id(whisper.FrameId);
        string kind = WhisperKinds.Of(whisper.Type);
        string text = ToText(whisper.Payload.AsSpan(0, whisper.PayloadCount));
        var read = new WhisperReadReport(id, kind, whisper.Intent, whisper.SenderText, whisper.PayloadCount);
        _map.Report(Name, read);
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
