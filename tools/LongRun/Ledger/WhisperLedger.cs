namespace WhispurrNet.LongRun.Ledger;

/// <summary>
/// Who accepted which whisper, who should have got it, and who did. Fed with what the boards print, in order of board
/// time.
/// </summary>
/// <remarks>
/// <para>A whisper <em>had a path</em> to an addressee if a chain of meetings leads there from the board that accepted
/// it, each meeting begun by both sides only after the giver had the whisper, ended by both sides as finished, and all
/// of it within <see cref="ReachMs"/> of the whisper's hour. A board that loses power loses what it held, and an
/// addressee must have stayed on for <see cref="ReadMs"/> after the last meeting. A link to the gateway counts as one
/// meeting a minute while it stands. A meeting says nothing of how many frames it had time for, so only the second
/// meeting of a giver and a taker counts (<see cref="MeetingsForAHop"/>). What comes to a board while its heap is
/// full it may drop, and says that it was short of memory: such a meeting leads nowhere.</para>
/// <para>This is conservative: whispers travel in more ways than are counted. What arrives without such a path is
/// counted as delivered, what does not is no loss.</para>
/// </remarks>
internal sealed class WhisperLedger
{
    /// <summary>A whisper lives an hour less up to a sixteenth, and a little less with every hop.</summary>
    public const long ReachMs = 3_300_000;

    /// <summary>Time the addressee has to hand a whisper to its application.</summary>
    public const long ReadMs = 60_000;

    /// <summary>Finished meetings of two boards after which the taker must have what the giver had.</summary>
    public const int MeetingsForAHop = 2;

    private const long SettleMs = 600_000;

    private readonly Dictionary<string, Whisper> _live = [];
    private readonly List<LostWhisper> _lost = [];
    private readonly HashSet<string> _short = [];

    /// <summary>Whispers accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>Pairs of a whisper and an addressee.</summary>
    public int Addressed { get; private set; }

    /// <summary>Those that were delivered.</summary>
    public int Delivered { get; private set; }

    /// <summary>Those not delivered that had no path.</summary>
    public int WithoutPath { get; private set; }

    /// <summary>Those that had a path and were not delivered.</summary>
    public IReadOnlyList<LostWhisper> Lost => _lost;

    /// <summary>A node accepted a whisper.</summary>
    public void Sent(long nowMs, string node, string id, IEnumerable<string> addressees)
    {
        var whisper = new Whisper(id, node, nowMs);
        whisper.Holders[node] = nowMs;
        foreach (string addressee in addressees)
        {
            whisper.Missing.Add(addressee);
            Addressed++;
        }

        Accepted++;
        _live[id] = whisper;
    }

    /// <summary>A node's application was given a whisper.</summary>
    public void Read(string node, string id)
    {
        if (_live.TryGetValue(id, out Whisper? whisper) && whisper.Missing.Remove(node))
        {
            Delivered++;
        }
    }

    /// <summary>Two nodes met and both call it finished.</summary>
    public void Met(string first, string second, long fromMs, long toMs)
    {
        foreach (Whisper whisper in _live.Values)
        {
            // Both at once: what one of them got in this meeting it did not have before.
            bool forth = whisper.Reaches(first, second, fromMs, toMs);
            bool back = whisper.Reaches(second, first, fromMs, toMs);
            if (forth && !_short.Contains(second))
            {
                whisper.Hold(second, toMs);
            }
            else if (back && !_short.Contains(first))
            {
                whisper.Hold(first, toMs);
            }
        }
    }

    /// <summary>The heap of a node is full from now on, or is not any more.</summary>
    public void Shortage(string node, bool begins)
    {
        if (begins)
        {
            _short.Add(node);
            return;
        }

        // What it refused meanwhile it may have among the seen: it will not ask for that again.
        _short.Remove(node);
        foreach (Whisper whisper in _live.Values.Where(whisper => !whisper.Holders.ContainsKey(node)))
        {
            whisper.Excused.Add(node);
        }
    }

    /// <summary>A node lost its memory.</summary>
    public void Forgot(long nowMs, string node)
    {
        foreach (Whisper whisper in _live.Values)
        {
            whisper.Lose(node, nowMs);
        }
    }

    /// <summary>Decides on every whisper whose time is over.</summary>
    public void Settle(long nowMs)
    {
        foreach (Whisper whisper in _live.Values.Where(w => nowMs - w.SentMs > ReachMs + SettleMs).ToArray())
        {
            _live.Remove(whisper.Id);
            foreach (string addressee in whisper.Missing)
            {
                if (whisper.HadPath(addressee))
                {
                    _lost.Add(new LostWhisper(whisper.SentMs, whisper.Node, addressee, whisper.Id));
                }
                else
                {
                    WithoutPath++;
                }
            }
        }
    }

    /// <summary>Whispers not decided on yet.</summary>
    public int Open => _live.Count;

    private sealed class Whisper(string id, string node, long sentMs)
    {
        private readonly Dictionary<(string From, string To), int> _meetings = [];
        private readonly HashSet<string> _reached = [];

        public string Id { get; } = id;

        public string Node { get; } = node;

        public long SentMs { get; } = sentMs;

        public HashSet<string> Missing { get; } = [];

        public Dictionary<string, long> Holders { get; } = [];

        public bool Reaches(string from, string to, long fromMs, long toMs)
        {
            if (!Holders.TryGetValue(from, out long since) || since > fromMs || Holders.ContainsKey(to)
                || toMs - SentMs > ReachMs)
            {
                return false;
            }

            int meetings = _meetings.GetValueOrDefault((from, to)) + 1;
            _meetings[(from, to)] = meetings;
            return meetings >= MeetingsForAHop;
        }

        public void Hold(string node, long nowMs) => Holders[node] = nowMs;

        public void Lose(string node, long nowMs)
        {
            if (Holders.Remove(node, out long since) && nowMs - since >= ReadMs)
            {
                _reached.Add(node);
            }

            foreach ((string From, string To) pair in _meetings.Keys.Where(p => p.From == node || p.To == node).ToArray())
            {
                _meetings.Remove(pair);
            }
        }

        public HashSet<string> Excused { get; } = [];

        public bool HadPath(string addressee) =>
            !Excused.Contains(addressee) && (Holders.ContainsKey(addressee) || _reached.Contains(addressee));
    }
}

/// <summary>A whisper that was accepted, had a path, and did not arrive.</summary>
/// <param name="SentMs">When it was accepted, board milliseconds.</param>
/// <param name="From">By whom.</param>
/// <param name="To">Who should have got it.</param>
/// <param name="Id">Its frame.</param>
internal sealed record LostWhisper(long SentMs, string From, string To, string Id);
