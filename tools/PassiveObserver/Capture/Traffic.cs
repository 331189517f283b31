using System.Text;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Mesh;

namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>
/// What makers' boards say: a reading every five minutes to an intent, now and then a word to everyone, an emergency, or
/// a conversation between two with answers after some seconds, one to four of them.
/// </summary>
internal sealed class Traffic
{
    private const int TickMs = 5 * 60 * 1000;
    private const double AnswerMeanMs = 20_000;
    private const int TurnsMax = 4;
    private const int ResonancePercent = 50;
    private const int DirectPercent = 25;
    private const int BroadcastPercent = 15;

    private static readonly string[] Intents = ["emotion_data", "temperature", "door"];

    private readonly ObservedMesh _mesh;
    private readonly Random _random;
    private readonly byte[] _payload = new byte[62];

    public Traffic(ObservedMesh mesh, Random random)
    {
        _mesh = mesh;
        _random = random;
        foreach (MeshNode member in mesh.Members)
        {
            member.Tune(IntentOf(member));
            member.Opened = m => Hear(member, m);
        }
    }

    public void Start(MeshNode member, int onMs)
    {
        _mesh.At(onMs + _random.Next(TickMs), () => Tick(member));
    }

    private static string IntentOf(MeshNode member)
    {
        return Intents[member.Number % Intents.Length];
    }

    private static string PairOf(MeshNode one, MeshNode other)
    {
        return $"{Math.Min(one.Number, other.Number)}-{Math.Max(one.Number, other.Number)}";
    }

    private void Tick(MeshNode member)
    {
        NodeCore core = member.Core;
        int draw = _random.Next(100);
        int count = Fill(TurnsMax, member);
        if (draw < ResonancePercent)
        {
            string intent = IntentOf(member);
            _mesh.Send(member, FrameKind.Resonance, intent,
                () => core.Resonate(intent, _payload, 0, count, _mesh.NowMs));
        }
        else if (draw < ResonancePercent + DirectPercent)
        {
            MeshNode[] others = [.. _mesh.Members.Where(m => m != member)];
            int turns = _random.Next(TurnsMax);

            // People talk to few: the next three by number.
            int place = Array.FindIndex(others, o => o.Number > member.Number);
            MeshNode to = others[(Math.Max(place, 0) + _random.Next(3)) % others.Length];
            SendDirect(member, to, turns, 0);
        }
        else if (draw < ResonancePercent + DirectPercent + BroadcastPercent)
        {
            _mesh.Send(member, FrameKind.Broadcast, "*", () => core.Broadcast(_payload, 0, count, _mesh.NowMs));
        }
        else
        {
            _mesh.Send(member, FrameKind.Emergency, "!", () => core.Emergency(_payload, 0, count, _mesh.NowMs));
        }

        _mesh.At(_mesh.NowMs + (TickMs / 2) + _random.Next(TickMs), () => Tick(member));
    }

    private void SendDirect(MeshNode from, MeshNode to, int turnsLeft, ulong answerTo)
    {
        int count = Fill(turnsLeft, from);
        byte[] id = to.Id;
        if (from.Core.HasContact(id))
        {
            _mesh.Send(from, FrameKind.Direct, PairOf(from, to),
                () => from.Core.Direct(id, _payload, 0, count, _mesh.NowMs), answerTo);
        }
    }

    /// <summary>A payload of any length that says who sent it and how many answers are to come.</summary>
    private int Fill(int turnsLeft, MeshNode from)
    {
        string text = $"{turnsLeft} {from.Number} ";
        int count = Encoding.ASCII.GetBytes(text, _payload);
        return count + _random.Next(_payload.Length - count);
    }

    private void Hear(MeshNode member, WhisperMessage message)
    {
        if (message.Type != WhisperType.Whisper)
        {
            return;
        }

        _mesh.NoteOpened(member, message.FrameId);
        string[] words = Encoding.ASCII.GetString(message.Payload, 0, message.PayloadCount).Split(' ');
        int turnsLeft = int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture);
        int from = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        if (turnsLeft > 0)
        {
            ulong answered = message.FrameId;
            long delayMs = (long)(-Math.Log(1 - _random.NextDouble()) * AnswerMeanMs);
            _mesh.At(_mesh.NowMs + delayMs, () => SendDirect(member, _mesh.Nodes[from], turnsLeft - 1, answered));
        }
    }
}
