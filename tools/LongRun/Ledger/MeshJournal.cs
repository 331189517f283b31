using WhispurrNet.Gateway.Live;

namespace WhispurrNet.LongRun.Ledger;

/// <summary>
/// Puts what boards say in order of board time and tells the ledger what it means: which meetings finished on both
/// sides, when the link to the gateway stood, who sent and read what. Members may be called from any thread.
/// </summary>
internal sealed class MeshJournal(WhisperLedger ledger, IReadOnlyList<string> members, string relay, string desk)
{
    /// <summary>Reports come on a task for each board; so far apart in board time they may be.</summary>
    private const long ReorderMs = 1_800_000;

    private const long StreamMeetingMs = 60_000;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<Entry, (long Ms, bool IsLater, long Order)> _entries = new();
    private readonly Dictionary<string, Meeting> _meetings = [];
    private readonly Dictionary<string, long> _streams = [];
    private readonly Dictionary<string, string> _streamTags = [];
    private long _order;
    private long _tickedMs;
    private bool _relayUp;

    /// <summary>Contacts that both sides finished.</summary>
    public long Contacts { get; private set; }

    /// <summary>Contacts that one side or both did not finish.</summary>
    public long ContactsCut { get; private set; }

    /// <summary>A line of a board.</summary>
    public void Add(long ms, string board, NodeReport report) => Enter(ms, new Entry(ms, board, report, Change.Report));

    /// <summary>A board, or the relay, came up or went down.</summary>
    public void AddPower(long ms, string node, bool on) =>
        Enter(ms, new Entry(ms, node, null, on ? Change.Up : Change.Down));

    /// <summary>The heap of a board is full from now on, or is not any more.</summary>
    public void AddShortage(long ms, string node, bool begins) =>
        Enter(ms, new Entry(ms, node, null, begins ? Change.Short : Change.Roomy));

    /// <summary>The desk sent a whisper.</summary>
    public void AddDeskSent(long ms, string id) => Enter(ms, new Entry(ms, desk, new WhisperSentReport(id, "resonance", null), Change.Report));

    /// <summary>The desk was given a whisper.</summary>
    public void AddDeskHeard(long ms, string id) =>
        Enter(ms, new Entry(ms, desk, new WhisperReadReport(id, "resonance", null, string.Empty, 0), Change.Report));

    /// <summary>Works off everything that cannot be overtaken any more.</summary>
    /// <param name="nowMs">Board time; long.MaxValue at the end, when nothing more can come.</param>
    public void Process(long nowMs)
    {
        lock (_lock)
        {
            while (_entries.TryPeek(out Entry? entry, out _) && (nowMs == long.MaxValue || entry.Ms < nowMs - ReorderMs))
            {
                _entries.Dequeue();
                Tick(entry.Ms);
                Take(entry);
            }
        }
    }

    private void Enter(long ms, Entry entry)
    {
        lock (_lock)
        {
            // Over a stream a whisper is sent and read in the same millisecond.
            _entries.Enqueue(entry, (ms, entry.Report is not WhisperSentReport, _order++));
        }
    }

    private void Take(Entry entry)
    {
        switch (entry.Change, entry.Report)
        {
            case (Change.Up, _):
                _relayUp |= entry.Node == relay;
                break;
            case (Change.Down, _):
                Down(entry);
                break;
            case (Change.Short or Change.Roomy, _):
                ledger.Shortage(entry.Node, entry.Change == Change.Short);
                break;
            case (_, LinkOpenedReport opened):
                Open(entry, opened);
                break;
            case (_, LinkClosedReport closed):
                Close(entry, closed);
                break;
            case (_, WhisperSentReport sent):
                ledger.Sent(entry.Ms, entry.Node, sent.FrameId, members.Append(desk).Where(m => m != entry.Node));
                break;
            case (_, WhisperReadReport read):
                ledger.Read(entry.Node, read.FrameId);
                break;
        }
    }

    private void Down(Entry entry)
    {
        ledger.Forgot(entry.Ms, entry.Node);
        _streams.Remove(entry.Node);
        if (entry.Node == relay)
        {
            _relayUp = false;
            ledger.Forgot(entry.Ms, desk);
            _streams.Clear();
        }
    }

    private void Open(Entry entry, LinkOpenedReport opened)
    {
        if (!opened.IsBluetooth)
        {
            _streams[entry.Node] = entry.Ms;
            _streamTags[entry.Node] = opened.Tag;
        }
        else if (_meetings.TryGetValue(opened.Tag, out Meeting? meeting))
        {
            meeting.Second = entry.Node;
            meeting.FromMs = entry.Ms;
        }
        else
        {
            _meetings[opened.Tag] = new Meeting(entry.Node) { FromMs = entry.Ms };
        }
    }

    private void Close(Entry entry, LinkClosedReport closed)
    {
        if (_streamTags.TryGetValue(entry.Node, out string? tag) && tag == closed.Tag)
        {
            _streams.Remove(entry.Node);
            _streamTags.Remove(entry.Node);
            return;
        }

        if (!_meetings.TryGetValue(closed.Tag, out Meeting? meeting))
        {
            return;
        }

        meeting.Finished += closed.State == "finished" ? 1 : 0;
        meeting.Closed++;
        if (meeting.Closed < 2)
        {
            return;
        }

        _meetings.Remove(closed.Tag);
        if (meeting.Finished == 2 && meeting.Second is { } second)
        {
            Contacts++;
            ledger.Met(meeting.First, second, meeting.FromMs, entry.Ms);
        }
        else
        {
            ContactsCut++;
        }
    }

    private void Tick(long nowMs)
    {
        for (; _tickedMs + StreamMeetingMs <= nowMs; _tickedMs += StreamMeetingMs)
        {
            long toMs = _tickedMs + StreamMeetingMs;
            foreach ((string board, long since) in _relayUp ? _streams.ToArray() : [])
            {
                if (since <= _tickedMs)
                {
                    ledger.Met(board, relay, _tickedMs, toMs);
                }
            }

            if (_relayUp)
            {
                ledger.Met(relay, desk, _tickedMs, toMs);
            }

            if (toMs % 3_600_000 == 0)
            {
                Purge(toMs);
            }

            ledger.Settle(toMs);
        }
    }

    // Contacts of which one side was switched off never close on both.
    private void Purge(long nowMs)
    {
        foreach ((string tag, Meeting meeting) in _meetings.Where(m => nowMs - m.Value.FromMs > 600_000).ToArray())
        {
            _meetings.Remove(tag);
            ContactsCut++;
        }
    }

    private enum Change
    {
        Report,
        Up,
        Down,
        Short,
        Roomy,
    }

    private sealed record Entry(long Ms, string Node, NodeReport? Report, Change Change);

    private sealed class Meeting(string first)
    {
        public string First { get; } = first;

        public string? Second { get; set; }

        public long FromMs { get; set; }

        public int Closed { get; set; }

        public int Finished { get; set; }
    }
}
