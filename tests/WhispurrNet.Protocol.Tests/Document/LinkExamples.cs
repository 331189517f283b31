using System.Text;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.Protocol.Tests.Document;

/// <summary>
/// The worked examples of links: two members meet for the first time, say something, are cut and meet again. Neither tells
/// its contact card, so that the payloads of the handshake are zeros.
/// </summary>
internal sealed class LinkExamples
{
    private const ulong ResponderAddress = 0xB0;

    private readonly NodeCore _initiator = WorkedExamples.Node(2);
    private readonly NodeCore _responder = WorkedExamples.Node(3);
    private readonly List<(string, string)> _lines = [];
    private int _from;
    private int _to;

    public static string Handshake()
    {
        LinkExamples example = new();
        example.AddKeys("initiator", example._initiator);
        example.AddKeys("responder", example._responder);
        example.Dial();
        example.Carry("HANDSHAKE 1", true);
        example.Carry("HANDSHAKE 2", false);
        example.Carry("HANDSHAKE 3", true);
        example.AddOutcome();
        return example.Text();
    }

    public static string Link()
    {
        LinkExamples example = new();
        byte[] payload = Encoding.ASCII.GetBytes(WorkedExamples.Payload);
        example._initiator.Broadcast(payload, 0, payload.Length, 0);
        example._lines.Add(("held by the initiator", example._initiator.LastSentId.ToString("x16")));
        example.Dial();
        example.Skip(3);
        example.Carry("initiator: HELLO", true);
        example.Carry("responder: HELLO", false);
        example.Carry("initiator: OFFER", true);
        example.Carry("responder: PULL", false);
        return example.Text();
    }

    public static string Resumption()
    {
        LinkExamples example = new();
        example.Dial();
        example.Skip(5);
        example._initiator.CloseLink(example._from, 0);
        example._responder.CloseLink(example._to, 0);
        example._lines.Add(("secret", example.Secret(PeerTable.Current)));
        example.Dial();
        example.Carry("RESUME", true);
        example.Carry("RESUMED", false);
        example.AddOutcome();
        return example.Text();
    }

    private void Dial()
    {
        _from = _initiator.OpenLink(LinkKind.Stream, true, 0, ResponderAddress, 0);
        _to = _responder.OpenLink(LinkKind.Stream, false, 0, 0, 0);
    }

    /// <summary>The key of the identity, and of the pair that the next handshake takes.</summary>
    private void AddKeys(string side, NodeCore node)
    {
        object[] parts = [.. ObjectGraph.Walk(node).Select(e => e.Value)];
        byte[] keys = ObjectGraph.Walk(parts.OfType<EphemeralIdentity>().Single())
            .Select(e => e.Value).OfType<byte[]>().Single(b => b.Length == 64);
        byte[] pairs = ObjectGraph.Walk(parts.OfType<KeyPairPool>().Single())
            .Select(e => e.Value).OfType<byte[]>().Single();
        byte[] privateKey = System.Security.Cryptography.HMACSHA256.HashData(keys[..32], new byte[] { 1 });
        _lines.Add(($"{side}'s private key", WorkedExamples.Hex(privateKey)));
        _lines.Add(($"{side}'s ephemeral private key", WorkedExamples.Hex(pairs.AsSpan(pairs.Length - 64, 32))));
    }

    /// <summary>What the two share now.</summary>
    private void AddOutcome()
    {
        Skip(2);
        _lines.Add(("next secret", Secret(PeerTable.Current)));
        _lines.Add(("link tag", _initiator.GetLinkTag(_from).ToString("x8")));
    }

    private string Secret(int place)
    {
        PeerTable peers = ObjectGraph.Walk(_initiator).Select(e => e.Value).OfType<PeerTable>().Single();
        byte[] secret = new byte[PeerTable.SecretSize];
        peers.CopySecret(peers.FindNeighbour(ResponderAddress), place, secret);
        return WorkedExamples.Hex(secret);
    }

    /// <summary>Carries records in turn, the initiator's first.</summary>
    private void Skip(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Carry(null, i % 2 == 0);
        }
    }

    private void Carry(string? name, bool forth)
    {
        (NodeCore sender, int from) = forth ? (_initiator, _from) : (_responder, _to);
        (NodeCore receiver, int to) = forth ? (_responder, _to) : (_initiator, _from);
        byte[] unit = new byte[sender.MaxUnit];
        int count = sender.PollTransmit(from, unit, 0, 0);
        if (count == 0)
        {
            throw new InvalidOperationException("Nothing is said.");
        }

        if (name != null)
        {
            _lines.Add((name, WorkedExamples.Hex(unit.AsSpan(0, count))));
        }

        receiver.Receive(to, unit, 0, count, 0);
    }

    private string Text()
    {
        return WorkedExamples.Lines([.. _lines]);
    }
}
