using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Sealing;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.Protocol.Tests.Document;

/// <summary>
/// Makes the worked examples of shared/PROTOCOL.md with the code that is flashed: one text for each fenced block.
/// </summary>
internal static class WorkedExamples
{
    public const string Intent = "emotion_data";
    public const string Payload = "{\"emotion_label\":\"calm\"}";
    public const uint Now = 1_790_000_000;
    public const int FrameSize = FrameLayout.StandardFrameSize;

    public static readonly byte[] Secret = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");

    public static string JoinCodeText => NetworkKey.CreateJoinCode(Secret);

    public static IReadOnlyDictionary<string, string> All()
    {
        return new Dictionary<string, string>
        {
            ["join-code"] = Lines(("secret", Hex(Secret)), ("join code", JoinCodeText)),
            ["keys"] = Keys(),
            ["identity"] = Identity(),
            ["contact-card"] = ContactCardExample(),
            ["direct"] = DirectExample(),
            ["expiry-hour"] = ExpiryHours(),
            ["whisper"] = Lines(
                ("type", "3"), ("payload", Payload), ("whisper", Hex(Whisper()))),
            ["frame"] = Frame(),
            ["message-id"] = MessageId(),
            ["handshake"] = LinkExamples.Handshake(),
            ["link"] = LinkExamples.Link(),
            ["ranges"] = RangeExample.Ranges(),
            ["resumption"] = LinkExamples.Resumption(),
            ["user-identity"] = UserIdentityExample.Identify(),
            ["pair-code"] = UserIdentityExample.Code(),
            ["fragments"] = Fragments(),
            ["advertisement"] = Advertisement(),
            ["serial"] = SerialExample.Serial(),
        };
    }

    public static NetworkKeys NetworkKeys() => new(NetworkKey.FromJoinCode(JoinCodeText), new HmacSha256());

    public static byte[] Whisper()
    {
        var whisper = new byte[FrameLayout.WhisperSize(FrameSize)];
        var payload = Encoding.ASCII.GetBytes(Payload);
        Header().Write(payload, 0, whisper, 0, whisper.Length);
        return whisper;
    }

    public static byte[] SealedFrame()
    {
        var keys = NetworkKeys();
        var mac = new MacWorkspace(new HmacSha256());
        var frame = new byte[FrameSize];
        var payload = Encoding.ASCII.GetBytes(Payload);
        new WhisperSealer(mac, FrameSize).Seal(
            Header(), payload, 0, ExpiryHour.Encode(Now, 3600),
            keys.Derive(Labels.IntentTag(Intent)), keys.Derive(Labels.IntentSeal(Intent)), Random(), frame, 0);
        new FrameAuthenticator(mac, keys.Admission, FrameSize).Admit(frame, 0);
        FrameCodec.WriteMutable(frame, 0, FrameSize, 9, 880);
        return frame;
    }

    public static NodeCore Node(byte seed)
    {
        var configuration = new NodeConfiguration
        {
            Network = NetworkKey.FromJoinCode(JoinCodeText),
            Limits = NodeLimits.Small(),
            Discoverable = false,
        };
        return new NodeCore(configuration, new HmacSha256(), Seed(seed), 0);
    }

    private static WhisperHeader Header()
    {
        var header = new WhisperHeader
        {
            Type = (byte)WhisperType.Resonance,
            PayloadCount = Payload.Length,
            InnerId = 0x1122334455667788,
            SenderTimestamp = Now - 60,
            SentUnixSeconds = Now,
        };
        for (var i = 0; i < header.Sender.Length; i++)
        {
            header.Sender[i] = (byte)(0xA0 + i);
        }

        return header;
    }

    private static ChaChaRandom Random() => new(Seed(1));

    private static byte[] Seed(byte value) => Enumerable.Repeat(value, NodeCore.SeedSize).ToArray();

    private static string Keys()
    {
        var keys = NetworkKeys();
        return Lines(
            ("join code", JoinCodeText),
            ("admission key", Hex(keys.Admission)),
            ("digest key", Hex(keys.Digest)),
            ("link guard key", Hex(keys.Derive(Labels.LinkGuard()))),
            ("link key", Hex(keys.Derive(Labels.Link()))),
            ("broadcast tag key", Hex(keys.Derive(Labels.BroadcastTag()))),
            ("broadcast seal key", Hex(keys.Derive(Labels.BroadcastSeal()))),
            ("intent", Intent),
            ("intent tag key", Hex(keys.Derive(Labels.IntentTag(Intent)))),
            ("intent seal key", Hex(keys.Derive(Labels.IntentSeal(Intent)))));
    }

    private static string Identity()
    {
        var mac = new MacWorkspace(new HmacSha256());
        var identity = new EphemeralIdentity();
        identity.Renew(Random(), Now, mac);
        var seed = new byte[32];
        Random().NextBytes(seed, 0, seed.Length);
        mac.Derive(seed, 0, 1);
        var privateKey = mac.Mac.ToArray();
        var card = new byte[ContactCard.Size];
        identity.WriteCard(3 * 3600, card, mac);
        return Lines(
            ("private key", Hex(privateKey)),
            ("public key", Hex(card[..32])),
            ("entropy", Hex(card[32..64])),
            ("resonance salt", Hex(card[64..96])),
            ("time", Now.ToString()),
            ("identity", identity.ToString()));
    }

    private static string ContactCardExample()
    {
        Person bob = new(2);
        return Lines(
            ("identity", EphemeralIdentity.Format(bob.Id, Person.Timestamp)),
            ("seconds beyond the frame", "10800"),
            ("card", Hex(bob.Card(10_800))),
            ("mailbox seal key", Hex(Person.SealKey(bob.MailboxKey))));
    }

    private static string DirectExample()
    {
        Person alice = new(1);
        Person bob = new(2);
        DirectSteps steps = new();
        var frame = alice.Direct(new FrameMaker(3), bob.PublicKey, bob.MailboxKey, new DirectFault
        {
            Nonce = Enumerable.Range(0, 24).Select(i => (byte)i).ToArray(),
            Ephemeral = Enumerable.Repeat((byte)7, 32).ToArray(),
            Steps = steps,
        });
        return Lines(
            ("sender's private key", Hex(alice.PrivateKey)),
            ("recipient's private key", Hex(bob.PrivateKey)),
            ("ephemeral private key", Hex(steps.Ephemeral)),
            ("nonce", Hex(frame.AsSpan(FrameLayout.NonceOffset, FrameLayout.NonceSize))),
            ("whisper", Hex(steps.Whisper)),
            ("prologue", Hex(steps.Prologue)),
            ("inside the outer seal", Hex(Person.OpenOuter(frame, bob.MailboxKey))),
            ("frame", Hex(frame)),
            ("parts key", Hex(steps.PartsKey)),
            ("part's id", Hex(HMACSHA256.HashData(steps.PartsKey, new byte[] { 1 })[..8])),
            ("ack key", Hex(steps.AckKey)),
            ("ack seal key", Hex(Person.SealKey(steps.AckKey))));
    }

    private static string ExpiryHours()
    {
        var lines = new List<(string, string)>();
        foreach (var (time, lifetime) in new[] { (0u, 3600u), (Now, 3600u), (Now, 86400u), (917_999u, 1u), (918_000u, 1u) })
        {
            lines.Add(($"time {time}, lifetime {lifetime}", ExpiryHour.Encode(time, lifetime).ToString()));
        }

        return Lines(lines.ToArray());
    }

    private static string Frame()
    {
        var frame = SealedFrame();
        return Lines(
            ("nonce", Hex(frame.AsSpan(FrameLayout.NonceOffset, FrameLayout.NonceSize))),
            ("whisper tag", Hex(frame.AsSpan(FrameLayout.TagOffset, FrameLayout.TagSize))),
            ("associated data", Hex(AssociatedData(frame))),
            ("sealed body", Hex(frame.AsSpan(FrameLayout.BodyOffset, FrameSize - 45))),
            ("frame", Hex(frame)));
    }

    public static byte[] AssociatedData(byte[] frame) =>
        [.. frame.AsSpan(0, 10), .. frame.AsSpan(FrameLayout.NonceOffset, FrameLayout.NonceSize)];

    private static string MessageId()
    {
        var frame = SealedFrame();
        var authenticator = new FrameAuthenticator(new MacWorkspace(new HmacSha256()), NetworkKeys().Admission, FrameSize);
        return Lines(
            ("admission MAC", Hex(frame.AsSpan(FrameLayout.AdmissionOffset, FrameLayout.AdmissionSize))),
            ("message id, first 8 bytes", authenticator.MessageId(frame, 0).ToString("x16")));
    }

    private static string Fragments()
    {
        var record = new byte[44];
        for (var i = 0; i < record.Length; i++)
        {
            record[i] = (byte)i;
        }

        var writer = new FragmentWriter(record.Length);
        record.CopyTo(writer.Record, 0);
        writer.Load(record.Length);
        var lines = new List<(string, string)> { ("record of 44 bytes", Hex(record)) };
        var unit = new byte[FragmentWriter.UnitSizeMin];
        while (writer.CanSend)
        {
            var count = writer.Next(unit, 0, unit.Length);
            lines.Add(("fragment", Hex(unit.AsSpan(0, count))));
        }

        return Lines(lines.ToArray());
    }

    private static string Advertisement()
    {
        var node = Node(4);
        var payload = Encoding.ASCII.GetBytes(Payload);
        node.Broadcast(payload, 0, payload.Length, 0);
        var advertisement = new byte[Digest.Size];
        new RadioScheduler(node, 0).WriteAdvertisement(advertisement, 0, 0);
        return Lines(
            ("seen", node.LastSentId.ToString("x16")),
            ("salt", Hex(advertisement.AsSpan(0, 4))),
            ("filter", Hex(advertisement.AsSpan(4))));
    }

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>name = value, hexadecimal of more than 40 bytes broken at 32 bytes.</summary>
    public static string Lines(params (string Name, string Value)[] lines)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in lines)
        {
            text.Append(name).Append(" =");
            if (value.Length <= 80)
            {
                text.Append(' ').Append(value).Append('\n');
                continue;
            }

            text.Append('\n');
            for (var at = 0; at < value.Length; at += 64)
            {
                text.Append("  ").Append(value, at, Math.Min(64, value.Length - at)).Append('\n');
            }
        }

        return text.ToString();
    }
}
