using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Obfuscation;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>Stealth mode of the desk's core, over a stream that delivers at once, in time by command.</summary>
internal sealed class DeskStealth : IStealthMesh
{
    private const int StepMs = 20;
    private const int PatienceMs = 3 * 60 * 60 * 1000;
    private const int BetweenWhispersMs = 60_000;

    private readonly NodeCore _core;
    private readonly StealthPeer _peer;
    private readonly int _link;
    private long _nowMs;

    public DeskStealth()
    {
        string join = GatewayOptionSet.CreateJoinCode();
        var configuration = new NodeConfiguration
        {
            Network = NetworkKey.FromJoinCode(join),
            Limits = NodeLimits.Desk(),
            FrameSize = FrameLayout.StealthFrameSize,
            Obfuscation = new StealthObfuscation(),
        };
        _core = new NodeCore(
            configuration, new HostHmacSha256(), RandomNumberGenerator.GetBytes(NodeCore.SeedSize), _nowMs);
        _peer = new StealthPeer(join, () => _nowMs);
        _link = _core.OpenLink(LinkKind.Stream, initiator: true, 0, 0, _nowMs);
        _peer.Open();
    }

    public IReadOnlyList<int> MessageLengths => _peer.Lengths;

    public string? UpgradeRequest => null;

    public SentWhisper Whisper(string text)
    {
        byte[] payload = Encoding.UTF8.GetBytes(text);
        SendResult result = _core.Resonate(SelfTestRun.Intent, payload, 0, payload.Length, _nowMs);
        var frame = new byte[FrameLayout.StealthFrameSize];
        return result == SendResult.Queued && _core.CopyFrame(_core.LastSentId, frame)
            ? new SentWhisper(_core.LastSentId, frame)
            : throw new CommandFailure($"The node did not take it: {result}.");
    }

    public bool IsHeard(string text) => Await(() => _peer.HasHeard(text));

    public IReadOnlyList<long> MeasureDelaysMs(int count)
    {
        var delays = new List<long>();
        for (int i = 0; i < count; i++)
        {
            long start = _nowMs;
            ulong id = Whisper("delay").FrameId;
            if (Await(() => _peer.ArrivalMs(id) is not null))
            {
                delays.Add(_peer.ArrivalMs(id)!.Value - start);
            }

            long next = _nowMs + BetweenWhispersMs;
            Await(() => _nowMs >= next);
        }

        return delays;
    }

    public bool SendsCover(int count) => Await(() => _peer.CoverFrames >= count);

    public void Dispose() => _core.Wipe();

    private bool Await(Func<bool> condition)
    {
        var unit = new byte[_core.MaxUnit];
        for (long end = _nowMs + PatienceMs; !condition() && _nowMs < end; _nowMs += StepMs)
        {
            _core.HandleTimeout(_nowMs);
            while (_core.PollTransmit(_link, unit, 0, _nowMs) is > 0 and int length)
            {
                _peer.Receive(unit.AsSpan(0, length).ToArray());
            }

            foreach (byte[] message in _peer.TakeMessages())
            {
                _core.Receive(_link, message, 0, message.Length, _nowMs);
            }
        }

        return condition();
    }
}
