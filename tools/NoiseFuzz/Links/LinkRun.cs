using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.NoiseFuzz.Links;

/// <summary>
/// Two nodes that meet again and again with an attacker between them, who drops, flips, repeats, delays, cuts and plays old
/// units. When he has gone, they must find each other again.
/// </summary>
internal sealed class LinkRun
{
    private const int MeetingsMax = 12;
    private const int TurnsMax = 4000;
    private const long LongestMeetingMs = 120_000;

    /// <summary>Time enough for every budget and every waiting time of a link to be there again.</summary>
    private const long RestMs = 600_000;
    private const int QuietMeetingsMax = 4;

    private static readonly ulong[] s_addresses = [0xA1, 0xB2];

    private readonly Random _random;
    private readonly Tally _tally;
    private readonly NodeCore[] _nodes;
    private readonly bool _strangers;
    private readonly Wire _wire;
    private readonly HashSet<string> _sent = [];
    private readonly HashSet<(int Node, string Payload)> _received = [];
    private long _nowMs = 1000;

    private LinkRun(int seed, Tally tally)
    {
        _random = new Random(seed);
        _tally = tally;
        _wire = new Wire(_random, tally);
        _strangers = _random.Next(4) == 0;
        int other = _strangers ? TestNetwork.Foreign : TestNetwork.Home;
        _nodes =
        [
            TestNetwork.Node(seed, TestNetwork.Home, Limits(), _nowMs),
            TestNetwork.Node(~seed, other, Limits(), _nowMs),
        ];
    }

    /// <summary>Runs one.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="tally">Counts units and outcomes.</param>
    /// <exception cref="FuzzFailure">Something went wrong that must not.</exception>
    public static void Execute(int seed, Tally tally)
    {
        try
        {
            new LinkRun(seed, tally).Execute();
        }
        catch (Exception e) when (e is not FuzzFailure)
        {
            throw new FuzzFailure($"threw {e}");
        }
    }

    private void Execute()
    {
        for (int i = _random.Next(1, MeetingsMax); i > 0; i--)
        {
            Pass(_random.Next(1000, 90_000));
            Say(_random.Next(2));
            _wire.SpoilPercent = _random.Next(4) == 0 ? 0 : _random.Next(1, 30);
            (int Initiator, LinkKind Kind)[] dials = [(0, AnyKind()), (1, AnyKind())];
            Meet(_random.Next(5) == 0 ? dials : [dials[_random.Next(2)]]);
        }

        // The attacker has gone.
        _wire.SpoilPercent = 0;
        bool met = false;
        for (int i = 0; i < QuietMeetingsMax && !met; i++)
        {
            Pass(RestMs);
            Say(0);
            Say(1);
            met = Meet((i % 2, LinkKind.Contact));
            _tally.Add(met ? $"ends: met again at the {i + 1}. meeting" : "meetings without attacker that failed");
        }

        FuzzFailure.Unless(met, "the nodes do not find each other again");
        FuzzFailure.Unless(_strangers || _received.Count >= 2, "what was said last does not arrive");
    }

    private LinkKind AnyKind() => _random.Next(3) == 0 ? LinkKind.Stream : LinkKind.Contact;

    private NodeLimits Limits() => _random.Next(2) == 0 ? NodeLimits.Small() : NodeLimits.Full();

    /// <summary>Lets time pass, in which each node does what is due.</summary>
    private void Pass(long durationMs)
    {
        const int steps = 8;
        for (int i = 0; i < steps; i++)
        {
            _nowMs += durationMs / steps;
            _nodes[0].HandleTimeout(_nowMs);
            _nodes[1].HandleTimeout(_nowMs);
        }
    }

    private void Say(int node)
    {
        // Long enough for no two to be the same by chance.
        byte[] payload = new byte[_random.Next(12, 60)];
        _random.NextBytes(payload);
        if (_nodes[node].Broadcast(payload, 0, payload.Length, _nowMs) == SendResult.Queued)
        {
            _sent.Add(Convert.ToHexString(payload));
        }
    }

    /// <summary>Lets the nodes meet over one link, or over several at once.</summary>
    /// <param name="dials">Who dials, and how.</param>
    /// <returns>True when each link was ended in peace by both sides.</returns>
    private bool Meet(params (int Initiator, LinkKind Kind)[] dials)
    {
        Meeting[] meetings =
        [
            .. dials.Select(d => new Meeting(
                _nodes, _wire, d.Initiator, d.Kind, s_addresses[1 - d.Initiator], _nowMs)),
        ];
        long endMs = _nowMs + LongestMeetingMs;
        bool cut = _wire.SpoilPercent > 0 && _random.Next(3) == 0;
        int turns = cut ? _random.Next(60) : TurnsMax;
        Meeting[] open = meetings;
        bool silent = false;
        while (turns > 0 && _nowMs < endMs && open.Length > 0
            && !(silent && open.All(m => m.Kind == LinkKind.Stream)))
        {
            turns--;
            silent = open.Count(m => m.Turn(_nowMs)) == 0;
            _nowMs = silent ? Math.Max(_nowMs + 1, Math.Min(NextDeadlineMs, endMs)) : _nowMs + 1;
            if (silent)
            {
                _nodes[0].HandleTimeout(_nowMs);
                _nodes[1].HandleTimeout(_nowMs);
            }

            foreach (Meeting over in open.Where(m => m.IsOver))
            {
                over.Close(_nowMs);
            }

            open = [.. open.Where(m => !m.IsOver)];
        }

        FuzzFailure.Unless(turns > 0 || cut, "a meeting never ends");
        bool peace = Array.TrueForAll(meetings, m => m.InPeace);
        foreach (Meeting meeting in meetings)
        {
            string how = cut ? "cut" : meeting.InPeace ? "finished" : meeting.IsOver ? "failed" : "silent";
            _tally.Add($"meetings: {(meetings.Length > 1 ? "both dial, " : "")}{meeting.Kind} {how}");
        }

        foreach (Meeting left in open)
        {
            left.Close(_nowMs);
        }

        Take(0);
        Take(1);
        return peace;
    }

    private long NextDeadlineMs => Math.Min(_nodes[0].NextDeadlineMs, _nodes[1].NextDeadlineMs);

    /// <summary>What a node received was said by somebody, and comes once.</summary>
    private void Take(int node)
    {
        WhisperMessage message = TestNetwork.Message(_nodes[node]);
        while (_nodes[node].PollWhisper(message))
        {
            string payload = Convert.ToHexString(message.Payload, 0, message.PayloadCount);
            FuzzFailure.Unless(_sent.Contains(payload), "a whisper arrived that nobody sent");
            FuzzFailure.Unless(_received.Add((node, payload)), $"a whisper arrived twice: {payload}");
            _tally.Add("whispers received");
        }
    }
}
