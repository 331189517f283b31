using System.Buffers.Binary;
using WhispurrNet.Desk.Crypto.Nodes;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Simulation.Radio;

namespace WhispurrNet.Simulation.Nodes;

/// <summary>The node core that boards run, unmodified, with the schedule of its radio.</summary>
internal sealed class WhispurrNode : IMeshNode, IReportsDrops, INodeObserver
{
    private const int PayloadSize = 48;
    private const int PartsInMillion = 1_000_000;

    private readonly NodeCore _core;
    private readonly RadioScheduler _scheduler;
    private readonly NodeLimits _limits;
    private readonly INodeEvents _events;
    private readonly WhisperMessage _message;
    private readonly Dictionary<ulong, SimulatedWhisper> _direct = [];
    private readonly byte[] _scratch = new byte[512];
    private readonly byte[] _id = new byte[16];
    private readonly NodeTraits _traits;

    /// <summary>Starts a node.</summary>
    /// <param name="options">The world's.</param>
    /// <param name="traits">What makes this node different from others.</param>
    /// <param name="network">Its network; null for a relay without keys.</param>
    /// <param name="seed">32 bytes.</param>
    /// <param name="events">Hears what happens inside.</param>
    /// <param name="nowMs">Now.</param>
    public WhispurrNode(
        SimulationOptions options, NodeTraits traits, NetworkKey? network, byte[] seed, INodeEvents events, long nowMs)
    {
        _traits = traits;
        _limits = traits.Limits;
        _events = events;
        NodeConfiguration configuration = new()
        {
            Network = network,
            Limits = traits.Limits,
            WhisperLifetimeSeconds = (uint)options.LifetimeSeconds,
            DirectLifetimeSeconds = (uint)Math.Min(options.LifetimeSeconds * 3L, 86_400),
            Discoverable = options.Cards,
            Gossip = SettingsOf(options),
            Primitives = new NodePrimitives(),
        };
        if (traits.IsFlooder)
        {
            configuration.WhisperBurst = 1_000_000;
            configuration.WhisperRefillMs = 1;
        }

        _core = new NodeCore(configuration, new SimulatedHmac(), seed, Local(nowMs)) { Observer = this };
        _scheduler = new RadioScheduler(_core, Local(nowMs));
        _message = new WhisperMessage(_core.MaxFramePayload);
        // The first identity was taken before anybody could hear of it.
        events.IdentityTaken(Convert.FromHexString(_core.IdentityText[..32]));
        if (traits.UnixSeconds != 0)
        {
            _core.SetUnixTime((uint)(traits.UnixSeconds + (nowMs / 1000)), Local(nowMs));
        }
    }

    /// <inheritdoc/>
    public int MaxUnit => _core.MaxUnit;

    /// <inheritdoc/>
    public long NextDeadlineMs => World(_core.NextDeadlineMs);

    /// <inheritdoc/>
    public long RadioDeadlineMs => World(_scheduler.DeadlineMs);

    /// <inheritdoc/>
    public ulong ContactAddress => _scheduler.ContactAddress;

    /// <inheritdoc/>
    public long Drops
    {
        get
        {
            NodeStatistics s = _core.Statistics;
            return (long)s.EvictedOwn + s.RefusedNoRoom + s.RefusedQuota + s.PulledLater + s.OpenFailed;
        }
    }

    /// <inheritdoc/>
    public (int Held, int Most) Frames => (_core.HeldFrames, _limits.Frames);

    /// <inheritdoc/>
    public (int Held, int Most) Neighbours => (_core.Neighbours.Count, _limits.Neighbours);

    /// <inheritdoc/>
    public ulong LastSentId => _core.LastSentId;

    /// <summary>Full handshakes so far: each costs a board seconds.</summary>
    public uint Handshakes => _core.Statistics.Handshakes;

    /// <summary>Everything that is counted.</summary>
    public NodeStatistics Statistics => _core.Statistics;

    /// <inheritdoc/>
    public bool Holds(ulong frameId) => _core.CopyFrame(frameId, _scratch);

    /// <inheritdoc/>
    public RadioAction NextAction(long nowMs) => _scheduler.Next(Local(nowMs));

    /// <inheritdoc/>
    public void ScanBegan(long nowMs) => _scheduler.ScanBegan(Local(nowMs));

    /// <inheritdoc/>
    public void ScanEnded(long nowMs) => _scheduler.ScanEnded(Local(nowMs));

    /// <inheritdoc/>
    public bool RenewsAdvertisement(long nowMs) => _scheduler.IsAdvertisementOld(Local(nowMs));

    /// <inheritdoc/>
    public void WriteAdvertisement(byte[] advertisement, long nowMs)
    {
        _scheduler.WriteAdvertisement(advertisement, 0, Local(nowMs));
        if (_traits.IsLiar)
        {
            Array.Fill(advertisement, (byte)0xFF, 4, advertisement.Length - 4);
        }
    }

    /// <inheritdoc/>
    public void AdvertisementSeen(ulong address, byte[] advertisement, long nowMs)
    {
        _scheduler.AdvertisementSeen(address, advertisement, 0, advertisement.Length, Local(nowMs));
    }

    /// <inheritdoc/>
    public void ContactEnded(ulong address, ContactResult result, long nowMs)
    {
        _scheduler.ContactEnded(address, result, Local(nowMs));
    }

    /// <inheritdoc/>
    public void InboundEnded(bool stuck, long nowMs) => _scheduler.InboundEnded(stuck, Local(nowMs));

    /// <inheritdoc/>
    public int OpenLink(LinkKind kind, bool initiator, ulong neighbour, long nowMs)
    {
        return _core.OpenLink(kind, initiator, RadioModel.UnitSize, neighbour, Local(nowMs));
    }

    /// <inheritdoc/>
    public void Receive(int link, byte[] unit, int count, long nowMs)
    {
        _core.Receive(link, unit, 0, count, Local(nowMs));
    }

    /// <inheritdoc/>
    public int PollTransmit(int link, byte[] unit, long nowMs) => _core.PollTransmit(link, unit, 0, Local(nowMs));

    /// <inheritdoc/>
    public LinkState GetLinkState(int link) => _core.GetLinkState(link);

    /// <inheritdoc/>
    public void CloseLink(int link, long nowMs) => _core.CloseLink(link, Local(nowMs));

    /// <inheritdoc/>
    public void HandleTimeout(long nowMs) => _core.HandleTimeout(Local(nowMs));

    /// <inheritdoc/>
    public SendOutcome Send(SimulatedWhisper whisper, long nowMs)
    {
        byte[] payload = new byte[PayloadSize];
        BinaryPrimitives.WriteInt32LittleEndian(payload, whisper.Number);
        SendResult result;
        if (whisper.Kind == WhisperKind.Direct)
        {
            int recipient = ChooseRecipient(whisper.Number);
            if (recipient < 0)
            {
                return SendOutcome.NoRecipient;
            }

            whisper.Recipient = recipient;
            result = _core.Direct(_id, payload, 0, payload.Length, Local(nowMs));
        }
        else
        {
            result = whisper.Kind == WhisperKind.Emergency
                ? _core.Emergency(payload, 0, payload.Length, Local(nowMs))
                : _core.Broadcast(payload, 0, payload.Length, Local(nowMs));
        }

        if (result == SendResult.Queued && whisper.Kind == WhisperKind.Direct)
        {
            _direct[_core.LastSentInnerId] = whisper;
        }

        return result switch
        {
            SendResult.Queued => SendOutcome.Accepted,
            SendResult.UnknownContact => SendOutcome.NoRecipient,
            _ => SendOutcome.Congested,
        };
    }

    /// <inheritdoc/>
    public int PollDelivered(long nowMs)
    {
        return _core.PollWhisper(_message) ? BinaryPrimitives.ReadInt32LittleEndian(_message.Payload) : -1;
    }

    void INodeObserver.LinkOpened(int link, LinkKind kind, bool initiator, uint linkTag)
    {
    }

    void INodeObserver.LinkClosed(int link, uint linkTag, LinkState last)
    {
    }

    void INodeObserver.FrameStored(ulong frameId, uint linkTag, bool own, int hopBudget)
    {
        _events.FrameStored(frameId, linkTag == 0);
    }

    void INodeObserver.FrameSent(ulong frameId, uint linkTag)
    {
    }

    void INodeObserver.FrameRefused(FrameVerdict reason, uint linkTag)
    {
    }

    void INodeObserver.ContactLearned(byte[] id, uint timestamp)
    {
    }

    void INodeObserver.IdentityRenewed(byte[] id, uint timestamp)
    {
        _events.IdentityTaken(id);
    }

    void INodeObserver.WhisperStatusChanged(ulong innerId, WhisperStatus status)
    {
        if (status == WhisperStatus.Delivered && _direct.TryGetValue(innerId, out SimulatedWhisper? whisper))
        {
            _events.Acknowledged(whisper);
        }
    }

    /// <summary>One of the contacts known, whose mailbox is still read for as long as a whisper may take.</summary>
    private int ChooseRecipient(int number)
    {
        int known = _core.KnownContacts;
        for (int i = 0; i < known; i++)
        {
            if (_core.CopyContact((number + i) % known, _id, out _))
            {
                int node = _events.NodeOf(_id);
                if (node >= 0)
                {
                    return node;
                }
            }
        }

        return -1;
    }

    private static GossipSettings SettingsOf(SimulationOptions options)
    {
        GossipSettings settings = new();
        settings.Fanout = options.Fanout > 0 ? options.Fanout : settings.Fanout;
        settings.UrgentMinMs = Or(options.UrgentMin, settings.UrgentMinMs);
        settings.UrgentMaxMs = Or(options.UrgentMax, settings.UrgentMaxMs);
        settings.WindowMinMs = Or(options.WindowMin, settings.WindowMinMs);
        settings.WindowMaxMs = Or(options.WindowMax, settings.WindowMaxMs);
        settings.MeetAgainMs = Or(options.MeetAgain, settings.MeetAgainMs);
        settings.MeetDifferentMs = Or(options.MeetDifferent, settings.MeetDifferentMs);
        settings.RenewAfterMs = Or(options.RenewAfter, settings.RenewAfterMs);
        settings.StayMs = Or(options.Stay, settings.StayMs);
        return settings;
    }

    private static uint Or(double seconds, uint defaultMs) => seconds > 0 ? (uint)(seconds * 1000) : defaultMs;

    /// <summary>The node's own clock runs fast or slow.</summary>
    private long Local(long worldMs)
    {
        return _traits.ClockPartsPerMillion == 0
            ? worldMs
            : worldMs + (worldMs * _traits.ClockPartsPerMillion / PartsInMillion);
    }

    private long World(long localMs)
    {
        return localMs == long.MaxValue || _traits.ClockPartsPerMillion == 0
            ? localMs
            : ((localMs * PartsInMillion) / (PartsInMillion + _traits.ClockPartsPerMillion)) + 1;
    }
}
