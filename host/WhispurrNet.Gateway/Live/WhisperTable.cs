namespace WhispurrNet.Gateway.Live;

/// <summary>What is known of one whisper.</summary>
internal sealed class WhisperState(string kind, string? intent, string from)
{
    public string Kind { get; } = kind;

    public string? Intent { get; } = intent;

    public string From { get; } = from;

    /// <summary>The identity that a direct whisper is for, once known.</summary>
    public string? To { get; set; }

    public DateTimeOffset SentAt { get; } = DateTimeOffset.Now;

    /// <summary>When it was sent, by the mesh's clock; null when that was not seen.</summary>
    public long? SentMs { get; set; }

    public string? Payload { get; set; }

    public int? Bytes { get; set; }

    public List<DeliveryView> Deliveries { get; } = [];

    /// <summary>Its inner id, once its sender told; null before.</summary>
    public string? WhisperId { get; set; }

    /// <summary>How far it has come, by its sender; null when that does not tell.</summary>
    public string? Status { get; set; }
}

/// <summary>The whispers that were sent or read lately. Bounded; the oldest goes first.</summary>
internal sealed class WhisperTable(int max)
{
    private readonly Dictionary<string, WhisperState> _whispers = [];
    private readonly LinkedList<string> _order = [];

    /// <summary>Frames of the remembered whispers, newest first.</summary>
    public IEnumerable<string> Ids => _order;

    /// <summary>A whisper by its frame, or null.</summary>
    public WhisperState? Find(string frameId) => _whispers.GetValueOrDefault(frameId);

    /// <summary>The frame of a whisper by its inner id, or null.</summary>
    public string? FindFrame(string whisperId) => _order.FirstOrDefault(id => _whispers[id].WhisperId == whisperId);

    /// <summary>A whisper by its frame; made if it is new.</summary>
    public WhisperState FindOrAdd(string frameId, string kind, string? intent, string from)
    {
        if (!_whispers.TryGetValue(frameId, out WhisperState? whisper))
        {
            whisper = new WhisperState(kind, intent, from);
            _whispers.Add(frameId, whisper);
            _order.AddFirst(frameId);
            if (_order.Count > max)
            {
                _whispers.Remove(_order.Last!.Value);
                _order.RemoveLast();
            }
        }

        return whisper;
    }
}
