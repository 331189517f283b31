using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Noise;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.NoiseFuzz.Handshakes;

/// <summary>What one side was told before the handshake.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Blake">Whether the hash is BLAKE2s.</param>
/// <param name="Prologue">The prologue.</param>
/// <param name="Psk">The pre-shared key, if the pattern has one.</param>
/// <param name="Responder">The responder's public key, if the pattern has it known.</param>
internal sealed record View(HandshakePattern Pattern, bool Blake, byte[] Prologue, byte[]? Psk, byte[]? Responder)
{
    /// <summary>Everything that has gone into the hash when a message has passed, as text.</summary>
    public string Describe(IReadOnlyList<byte[]> transcript)
    {
        // The last message alone depends on the pre-shared key.
        bool withPsk = Psk != null && transcript.Count == 3;
        string[] parts =
        [
            Pattern.Name, Blake ? "blake" : "sha", Convert.ToHexString(Prologue),
            withPsk ? Convert.ToHexString(Psk!) : "", Convert.ToHexString(Responder ?? []),
            .. transcript.Select(Convert.ToHexString),
        ];
        return string.Join('|', parts);
    }

    public INoiseHash NewHash() => Blake ? new NoiseBlake2s() : new NoiseSha256(new HmacSha256());
}

/// <summary>A side of a handshake, and what has to be true of it.</summary>
internal sealed class Side
{
    private const int BufferSize = 512;

    private readonly byte[] _label = [1, 2, 3];
    private readonly int[] _staticsAfter;
    private byte[]? _remoteStatic;

    public Side(View view, bool initiator, byte[] key, byte[] ephemeral, bool madeAhead)
    {
        View = view;
        Initiator = initiator;
        Public = PublicOf(key);
        bool sends = view.Pattern.Sends(NoiseToken.E, initiator);
        State = new HandshakeState(
            view.Pattern, initiator, view.Prologue, key, Public, initiator ? view.Responder : null,
            sends ? ephemeral : null, sends && madeAhead ? PublicOf(ephemeral) : null, view.Psk, view.NewHash(), null);
        _staticsAfter = [.. Messages(view.Pattern).Select((tokens, i) => tokens.Contains(NoiseToken.S) ? i : -1)];
        MessageCount = _staticsAfter.Length;
    }

    public View View { get; }

    public bool Initiator { get; }

    public byte[] Public { get; }

    public HandshakeState State { get; }

    public int MessageCount { get; }

    /// <summary>Messages written and read so far.</summary>
    public List<byte[]> Transcript { get; } = [];

    public bool Dead { get; private set; }

    public bool Finished => !Dead && Transcript.Count == MessageCount;

    public bool MayWrite => !Dead && !Finished && (Transcript.Count % 2 == 0) == Initiator;

    public bool MayRead => !Dead && !Finished && !MayWrite;

    /// <summary>Writes the message that is due; null when the other's key makes a shared secret of zeros.</summary>
    public byte[]? Write(byte[] payload)
    {
        byte[] message = new byte[BufferSize];
        int written = State.WriteMessage(payload, 0, payload.Length, message, 0);
        if (written == HandshakeState.Failed)
        {
            Died();
            return null;
        }

        // Only the clear first message of XX can bring such a point so far.
        bool zeroSecret = Transcript.Exists(m => m.Length >= 32 && Spoiler.IsSmallOrder(m[..32]));
        FuzzFailure.Unless(!zeroSecret, "a message was written with a shared secret of zeros");
        Transcript.Add(message[..written]);
        Check();
        return message[..written];
    }

    /// <summary>Reads any bytes as the message that is due.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="writers">Who has written a message with what before it.</param>
    /// <returns>False when they were refused.</returns>
    public bool Read(byte[] message, IReadOnlyDictionary<string, Side> writers)
    {
        byte[] payload = new byte[BufferSize];
        bool authenticated = Transcript.Count > 0 || View.Pattern.HasPreMessage || View.Pattern.HasPsk;
        int count = State.ReadMessage(message, 0, message.Length, payload, 0);
        Transcript.Add(message);
        if (count == HandshakeState.Failed)
        {
            FuzzFailure.Unless(!authenticated || payload.All(b => b == 0), "a refused message left a payload");
            Died();
            return false;
        }

        bool genuine = writers.TryGetValue(View.Describe(Transcript), out Side? writer);
        FuzzFailure.Unless(genuine || !authenticated, $"message {Transcript.Count - 1} was taken and nobody wrote it");
        if (_staticsAfter.Contains(Transcript.Count - 1))
        {
            _remoteStatic = writer!.Public;
        }

        Check();
        return true;
    }

    /// <summary>Whether bytes that were written in this very state would be read: they must then be taken.</summary>
    public bool MustTake(byte[] message, IReadOnlyDictionary<string, Side> writers) =>
        writers.ContainsKey(View.Describe([.. Transcript, message]));

    /// <summary>What is not due is the caller's mistake and changes nothing.</summary>
    public void CallWrongly(byte[] message)
    {
        byte[] buffer = new byte[BufferSize];
        if (!MayWrite)
        {
            Refuses(() => State.WriteMessage(message, 0, Math.Min(message.Length, 9), buffer, 0), "WriteMessage");
        }

        if (!MayRead)
        {
            Refuses(() => State.ReadMessage(message, 0, message.Length, buffer, 0), "ReadMessage");
        }

        if (!Finished)
        {
            Refuses(() => State.Split(new byte[32], new byte[32]), "Split");
            Refuses(() => State.Export(_label, new byte[32]), "Export");
        }

        Check();
    }

    /// <summary>What must be true between two calls.</summary>
    public void Check()
    {
        FuzzFailure.Unless(State.IsFinished == Finished, "IsFinished is wrong");
        FuzzFailure.Unless(State.HandshakeHash != null == Finished, "the hash is shown too early or not at all");
        byte[]? expected = Dead ? null : _remoteStatic ?? (Finished && Initiator ? View.Responder : null);
        FuzzFailure.Unless(
            expected == null ? State.RemoteStatic == null : expected.AsSpan().SequenceEqual(State.RemoteStatic),
            "the other side's static key is shown too early, not at all, or wrong");
    }

    /// <summary>Two sides that finished with one transcript have the same keys, and others have not.</summary>
    public void CheckAgainst(Side other)
    {
        bool same = View.Describe(Transcript) == other.View.Describe(other.Transcript);
        byte[][] mine = Secrets();
        byte[][] others = other.Secrets();
        for (int i = 0; i < mine.Length; i++)
        {
            bool equal = mine[i].AsSpan().SequenceEqual(others[i]);
            FuzzFailure.Unless(equal == same, "keys agree or differ where they must not");
        }
    }

    private byte[][] Secrets()
    {
        byte[][] secrets = [new byte[32], new byte[32], new byte[32], [.. State.HandshakeHash]];
        State.Split(secrets[0], secrets[1]);
        State.Export(_label, secrets[2]);
        FuzzFailure.Unless(
            secrets.Select(Convert.ToHexString).Distinct().Count() == secrets.Length, "two secrets are the same");
        return secrets;
    }

    private void Died()
    {
        Dead = true;
        Check();
        WipeCheck.Check(State, View.NewHash());
        CallWrongly([1, 2, 3]);
    }

    private static void Refuses(Action call, string name)
    {
        try
        {
            call();
        }
        catch (InvalidOperationException)
        {
            return;
        }

        throw new FuzzFailure($"{name} went through although it was not due");
    }

    private static IEnumerable<byte[]> Messages(HandshakePattern pattern)
    {
        // Behind the pre-message.
        List<byte> message = [];
        foreach (byte token in pattern.Tokens.SkipWhile(t => t != NoiseToken.End).Skip(1))
        {
            if (token == NoiseToken.End)
            {
                yield return [.. message];
                message.Clear();
            }
            else
            {
                message.Add(token);
            }
        }
    }

    private static byte[] PublicOf(byte[] key)
    {
        byte[] result = new byte[32];
        new X25519().ScalarMultiplyBase(key, result);
        return result;
    }
}
