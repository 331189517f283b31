using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.NoiseFuzz.Handshakes;

/// <summary>
/// Two handshakes of one pattern at once, and an attacker who decides which side gets what: its message, a spoilt one, an
/// old one, the other handshake's, its own. Calls that are not due are thrown in.
/// </summary>
internal sealed class HandshakeRun
{
    private const int StepsMax = 30;
    private const int PayloadMax = 80;

    private static readonly Func<HandshakePattern>[] s_patterns =
        [HandshakePattern.X, HandshakePattern.XX, HandshakePattern.XXpsk3, HandshakePattern.IK];

    private static readonly double[] s_spoilRates = [0, 0.05, 0.2, 0.7];

    private readonly Random _random;
    private readonly Tally _tally;
    private readonly List<Side> _sides = [];
    private readonly List<(Side Writer, int Index, byte[] Message)> _written = [];
    private readonly Dictionary<string, Side> _writers = [];
    private readonly double _spoilRate;

    private HandshakeRun(int seed, Tally tally)
    {
        _random = new Random(seed);
        _tally = tally;
        _spoilRate = s_spoilRates[_random.Next(s_spoilRates.Length)];
    }

    /// <summary>Runs one.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="tally">Counts calls and outcomes.</param>
    /// <exception cref="FuzzFailure">Something went wrong that must not.</exception>
    public static void Execute(int seed, Tally tally)
    {
        try
        {
            new HandshakeRun(seed, tally).Execute();
        }
        catch (Exception e) when (e is not FuzzFailure)
        {
            throw new FuzzFailure($"threw {e}");
        }
    }

    private void Execute()
    {
        MakeSides();
        for (int step = 0; step < StepsMax && _sides.Exists(s => s.MayWrite || s.MayRead); step++)
        {
            Side side = _sides[_random.Next(_sides.Count)];
            if (_random.Next(12) == 0)
            {
                side.CallWrongly(AnyMessage());
                _tally.Add("calls: not due");
            }
            else if (side.MayWrite)
            {
                Write(side);
            }
            else if (side.MayRead && _written.Count > 0)
            {
                Read(side);
            }
        }

        Side[] finished = [.. _sides.Where(s => s.Finished)];
        for (int i = 0; i < finished.Length; i++)
        {
            _tally.Add($"ends: {finished[i].View.Pattern.Name} finished");
            for (int j = 0; j < i; j++)
            {
                finished[i].CheckAgainst(finished[j]);
            }
        }

        foreach (Side side in finished)
        {
            side.State.Wipe();
            WipeCheck.Check(side.State, side.View.NewHash());
        }
    }

    /// <summary>Two pairs, usually with all that has to agree; sometimes something does not.</summary>
    private void MakeSides()
    {
        HandshakePattern pattern = s_patterns[_random.Next(s_patterns.Length)]();
        bool blake = _random.Next(4) == 0;
        byte[] prologue = Spoiler.Bytes(_random, _random.Next(40));
        byte[]? psk = pattern.HasPsk ? Spoiler.Bytes(_random, 32) : null;
        byte[][] keys = [Spoiler.Bytes(_random, 32), Spoiler.Bytes(_random, 32)];
        for (int pair = 0; pair < 2; pair++)
        {
            View view = new(pattern, blake, prologue, psk, null);
            Side responder = NewSide(Odd(view), false, keys[1]);
            View known = view with { Responder = pattern.HasPreMessage ? responder.Public : null };
            _sides.Add(NewSide(known, true, keys[0]));
            _sides.Add(responder);
        }
    }

    private View Odd(View view)
    {
        if (_random.Next(8) != 0)
        {
            return view;
        }

        _tally.Add("sides that do not fit");
        return view.Psk != null && _random.Next(2) == 0
            ? view with { Psk = Spoiler.Bytes(_random, 32) }
            : view with { Prologue = [.. view.Prologue, 0] };
    }

    private Side NewSide(View view, bool initiator, byte[] key)
    {
        byte[] own = _random.Next(4) == 0 ? Spoiler.Bytes(_random, 32) : key;
        if (view.Pattern.HasPreMessage && !initiator)
        {
            view = view with { Responder = PublicOf(own) };
        }

        return new Side(view, initiator, own, Spoiler.Bytes(_random, 32), _random.Next(2) == 0);
    }

    private void Write(Side side)
    {
        byte[]? message = side.Write(Spoiler.Bytes(_random, _random.Next(PayloadMax)));
        _tally.Add("calls: write");
        if (message == null)
        {
            _tally.Add($"ends: {side.View.Pattern.Name} cannot be written, zero secret");
            return;
        }

        _written.Add((side, side.Transcript.Count - 1, message));
        _writers[side.View.Describe(side.Transcript)] = side;
    }

    private void Read(Side side)
    {
        (byte[] message, string how) = Choose(side);
        bool must = side.MustTake(message, _writers);
        int index = side.Transcript.Count;
        bool taken = side.Read(message, _writers);
        _tally.Add("calls: read");
        _tally.Add($"read {how}: {(taken ? "taken" : "refused")}");
        FuzzFailure.Unless(taken || !must, $"message {index} was refused although it is genuine");
        if (!taken)
        {
            _tally.Add($"ends: {side.View.Pattern.Name} refused message {index + 1}");
        }
    }

    private (byte[] Message, string How) Choose(Side side)
    {
        int index = side.Transcript.Count;
        (Side Writer, int Index, byte[] Message)[] candidates =
            [.. _written.Where(w => w.Index == index && w.Writer.Initiator != side.Initiator)];
        byte[][] due = [.. candidates.Select(w => w.Message)];
        if (_random.NextDouble() < _spoilRate || due.Length == 0)
        {
            byte[] message = due.Length > 0 && _random.Next(3) > 0 ? due[_random.Next(due.Length)] : AnyMessage();
            return _random.Next(5) == 0
                ? (message, "another message")
                : Spoiler.Spoil(_random, message, AnyMessage());
        }

        // The partner's own message, or now and then the other handshake's.
        byte[]? own = Array.Find(candidates, w => _sides.IndexOf(w.Writer) / 2 == _sides.IndexOf(side) / 2).Message;
        return own != null && _random.Next(10) > 0
            ? (own, "the partner's")
            : (due[_random.Next(due.Length)], "a message of this place");
    }

    private byte[] AnyMessage() =>
        _written.Count == 0 ? Spoiler.Bytes(_random, 48) : _written[_random.Next(_written.Count)].Message;

    private static byte[] PublicOf(byte[] key)
    {
        byte[] result = new byte[32];
        new Protocol.Crypto.X25519().ScalarMultiplyBase(key, result);
        return result;
    }
}
