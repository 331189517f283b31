using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>
/// Makes many frames of every kind with real nodes, and shows them to relays without keys: a chain of three, members at
/// each of them, so that copies have made one hop to four. One frame every few seconds, kinds and senders in turn at
/// random: only content and counters can tell them apart.
/// </summary>
internal sealed class FrameMill
{
    private const int Relays = 3;
    private const int Talkers = 6;
    private const int StepMs = 4000;
    private const int StepsPerGuest = 4;
    private const int GuestStaysMs = 24_000;

    /// <summary>One cover frame more than a member sends whispers.</summary>
    private const uint CoverMeanMs = 11_000;

    private static readonly FrameKind[] Kinds =
        [FrameKind.Resonance, FrameKind.Broadcast, FrameKind.Direct, FrameKind.Emergency];

    private static readonly string[] Intents = ["emotion_data", "temperature", "door", "water"];

    private readonly Random _random;
    private readonly Action<NodeConfiguration> _configure;
    private readonly Clocks _clocks;
    private readonly Recording _recording = new();
    private readonly List<NodeCore> _cores = [];
    private readonly List<OriginWatcher> _watchers = [];
    private readonly List<LinkPair> _pairs = [];
    private readonly Queue<(NodeCore Core, OriginWatcher Watcher, long UntilMs)> _guests = [];
    private readonly byte[] _payload = new byte[62];
    private readonly WhisperMessage _message;
    private long _nowMs;
    private int _guestsSeen;

    /// <param name="seed">Of everything.</param>
    /// <param name="clocks">Whose clocks are set.</param>
    /// <param name="configure">Changes the configuration of every member.</param>
    public FrameMill(int seed, Clocks clocks = Clocks.All, Action<NodeConfiguration>? configure = null)
    {
        _random = new Random(seed);
        _clocks = clocks;
        _configure = configure ?? (_ => { });
        for (int i = 0; i < Relays; i++)
        {
            AddRelay(seed);
        }

        for (int i = 0; i < Talkers; i++)
        {
            AddMember(seed);
            _pairs.Add(new LinkPair(_cores[^1], _cores[i % Relays], LinkKind.Stream));
        }

        for (int i = 1; i < Relays; i++)
        {
            _pairs.Add(new LinkPair(_cores[i], _cores[i - 1], LinkKind.Stream));
        }

        _recording.Nodes = _cores.Count;
        _message = new WhisperMessage(_cores[^1].MaxPayload);
    }

    /// <summary>Makes about as many frames of each kind, cards and cover included.</summary>
    public Recording Run(int framesEach)
    {
        // Cards of all are to be known first.
        for (int i = 0; i < 20; i++)
        {
            Step();
        }

        for (int i = 0; i < framesEach * Kinds.Length; i++)
        {
            Send(Kinds[_random.Next(Kinds.Length)]);
            if (i % StepsPerGuest == 0)
            {
                Invite();
            }

            Step();
        }

        return _recording;
    }

    private void AddRelay(int seed)
    {
        int number = _cores.Count;
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Keyless, Limits());
        TappedHmac tap = new(configuration.FrameSize)
        {
            FrameSeen = (id, bytes) => _recording.Sightings.Add(new Sighting(id, bytes, _nowMs, number, -1)),
        };
        _cores.Add(TestNetwork.Node((seed * 1000) + number, configuration, 0, tap));
        _recording.Relays.Add(number);
    }

    private void AddMember(int seed)
    {
        int number = _cores.Count;
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home, Limits());
        configuration.WhisperBurst = 1000;
        configuration.WhisperRefillMs = 1;
        configuration.Obfuscation = new WithCover(CoverMeanMs);
        (NodeCore core, OriginWatcher watcher) = Member((seed * 1000) + number, number, configuration);
        core.Tune(Intents[number % Intents.Length]);
        _cores.Add(core);
        _watchers.Add(watcher);
    }

    private (NodeCore Core, OriginWatcher Watcher) Member(int seed, int number, NodeConfiguration configuration)
    {
        configuration.Discoverable = true;
        _configure(configuration);
        NodeCore core = TestNetwork.Node(seed, configuration, _nowMs);
        OriginWatcher watcher = new(number, _recording);
        core.Observer = watcher;
        if (_clocks == Clocks.All || (_clocks == Clocks.Half && number % 2 == 0))
        {
            core.SetUnixTime(ObservedMesh.Epoch + (uint)(_nowMs / 1000), _nowMs);
        }

        return (core, watcher);
    }

    /// <summary>A member that comes, says who it is, and goes: there are as many cards as other frames.</summary>
    private void Invite()
    {
        NodeLimits limits = NodeLimits.Small();
        limits.OfferMax = 1;
        int number = _cores.Count + _guestsSeen++;
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home, limits);
        (NodeCore core, OriginWatcher watcher) = Member(-1 - number, number, configuration);
        _guests.Enqueue((core, watcher, _nowMs + GuestStaysMs));
    }

    private void Dismiss()
    {
        while (_guests.TryPeek(out (NodeCore Core, OriginWatcher Watcher, long UntilMs) guest)
            && guest.UntilMs <= _nowMs)
        {
            _guests.Dequeue();
            guest.Core.HandleTimeout(_nowMs);
            guest.Watcher.NameOwn(guest.Core.Statistics, _nowMs);
            LinkPair pair = new(guest.Core, _cores[_random.Next(Relays)], LinkKind.Stream, _nowMs);
            pair.Run(_nowMs);
            pair.Close(_nowMs);
        }
    }

    private static NodeLimits Limits()
    {
        NodeLimits limits = NodeLimits.Desk();
        limits.Frames = limits.StrangerFrames = 2048;
        return limits;
    }

    private void Send(FrameKind kind)
    {
        int sender = _random.Next(Talkers);
        NodeCore core = _cores[Relays + sender];
        int count = _random.Next(_payload.Length);
        int other = (sender + 1 + _random.Next(3)) % Talkers;
        string intent = Intents[sender % Intents.Length];
        string? conversation = kind switch
        {
            FrameKind.Resonance => intent,
            FrameKind.Direct => $"{Math.Min(sender, other)}-{Math.Max(sender, other)}",
            _ => null,
        };
        _ = kind switch
        {
            FrameKind.Resonance => core.Resonate(intent, _payload, 0, count, _nowMs),
            FrameKind.Broadcast => core.Broadcast(_payload, 0, count, _nowMs),
            FrameKind.Emergency => core.Emergency(_payload, 0, count, _nowMs),
            _ => core.Direct(
                Convert.FromHexString(_cores[Relays + other].IdentityText[..32]), _payload, 0, count, _nowMs),
        };
        _watchers[sender].Name(kind, conversation, _nowMs);
    }

    private void Step()
    {
        _nowMs += StepMs;
        for (int i = 0; i < _cores.Count; i++)
        {
            _cores[i].HandleTimeout(_nowMs);
            if (i >= Relays)
            {
                _watchers[i - Relays].NameOwn(_cores[i].Statistics, _nowMs);
            }
        }

        Dismiss();
        int units;
        do
        {
            units = _pairs.Sum(p => p.Units);
            _pairs.ForEach(p => p.Run(_nowMs, int.MaxValue));
        }
        while (_pairs.Sum(p => p.Units) != units);

        foreach (NodeCore core in _cores.Skip(Relays))
        {
            while (core.PollWhisper(_message))
            {
            }
        }
    }
}
