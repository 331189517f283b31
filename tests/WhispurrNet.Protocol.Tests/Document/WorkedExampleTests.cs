using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Document;

/// <summary>
/// The worked examples of shared/PROTOCOL.md say what the code does. With WHISPURR_UPDATE_EXAMPLES=1 in the environment the
/// page is rewritten instead. The second half computes them again from the page alone, with .NET's own cryptography.
/// </summary>
public class WorkedExampleTests
{
    public static TheoryData<string> Names => new(WorkedExamples.All().Keys);

    [Fact]
    public void PageHasEveryExample()
    {
        if (Environment.GetEnvironmentVariable("WHISPURR_UPDATE_EXAMPLES") == "1")
        {
            ProtocolDocument.Rewrite(WorkedExamples.All());
        }

        Assert.Equal(WorkedExamples.All().Keys.Order(), ProtocolDocument.Examples().Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PageSaysWhatTheCodeDoes(string name)
    {
        Assert.Equal(WorkedExamples.All()[name], ProtocolDocument.Examples()[name]);
    }

    [Fact]
    public void KeysFollowFromThePage()
    {
        var networkKey = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, WorkedExamples.Secret, 32, Ascii("WhispurrNet v1 join code"), Ascii("network key"));
        var root = HKDF.Extract(HashAlgorithmName.SHA256, networkKey, Ascii("WhispurrNet v1 network"));
        var keys = WorkedExamples.NetworkKeys();

        Assert.Equal(Expand(root, "admission"), keys.Admission);
        Assert.Equal(Expand(root, "digest"), keys.Digest);
        Assert.Equal(Expand(root, "broadcast tag"), keys.Derive(Labels.BroadcastTag()));
        Assert.Equal(Expand(root, "intent seal emotion_data"), keys.Derive(Labels.IntentSeal("emotion_data")));
    }

    [Fact]
    public void FrameFollowsFromThePage()
    {
        var keys = WorkedExamples.NetworkKeys();
        var frame = WorkedExamples.SealedFrame();
        var nonce = frame[18..42];
        Assert.Equal(
            HMACSHA256.HashData(keys.Derive(Labels.IntentTag("emotion_data")), nonce)[..8], frame[2..10]);

        var withoutMac = frame[..253];
        Array.Clear(withoutMac, 10, 8);
        Assert.Equal(HMACSHA256.HashData(keys.Admission, withoutMac)[..8], frame[10..18]);

        byte[] associated = [.. frame[..10], .. nonce];
        var whisper = OpenXChaCha(keys.Derive(Labels.IntentSeal("emotion_data")), nonce, frame[42..253], associated);
        Assert.Equal(WorkedExamples.Whisper(), whisper);
        Assert.Equal(3, whisper[0]);
        Assert.Equal(WorkedExamples.Payload, Encoding.ASCII.GetString(whisper, 37, whisper[3] + (whisper[4] << 8)));
        Assert.All(whisper[(37 + WorkedExamples.Payload.Length)..], padding => Assert.Equal(0, padding));

        var id = HMACSHA256.HashData(Ascii("WhispurrNet v1 message id"), frame[..253]);
        Assert.Contains(Convert.ToHexStringLower(id[..8]), WorkedExamples.All()["message-id"]);
    }

    [Fact]
    public void ContactCardFollowsFromThePage()
    {
        var lines = Values(WorkedExamples.All()["contact-card"]);
        var card = Convert.FromHexString(lines["card"]);
        byte[] time = [.. Convert.FromHexString(lines["identity"].Split(':')[1]).Reverse()];
        var hash = SHA256.HashData([.. card[32..64], .. time, .. card[64..96], .. card[..32]]);

        Assert.Equal(lines["identity"].Split(':')[0], Convert.ToHexStringLower(hash[..16]));
        Assert.Equal(100, card.Length);
        Assert.Equal(lines["seconds beyond the frame"], BinaryPrimitives.ReadUInt32LittleEndian(card.AsSpan(96)).ToString());
        Assert.Equal(
            lines["mailbox seal key"],
            Convert.ToHexStringLower(HMACSHA256.HashData(card[32..64], Ascii("WhispurrNet v1 mailbox seal"))));
    }

    [Fact]
    public void DirectFollowsFromThePage()
    {
        var card = Convert.FromHexString(Values(WorkedExamples.All()["contact-card"])["card"]);
        var lines = Values(WorkedExamples.All()["direct"]);
        var frame = Convert.FromHexString(lines["frame"]);
        Assert.Equal(HMACSHA256.HashData(card[32..64], frame[18..42])[..8], frame[2..10]);
        var sealKey = HMACSHA256.HashData(card[32..64], Ascii("WhispurrNet v1 mailbox seal"));
        byte[] associated = [.. frame[..10], .. frame[18..42]];
        var outer = OpenXChaCha(sealKey, frame[18..42], frame[42..253], associated);
        Assert.Equal(lines["inside the outer seal"], Convert.ToHexStringLower(outer));
        byte[] prologue = [.. Ascii("WhispurrNet v1 direct"), .. associated, .. outer[..5]];
        Assert.Equal(lines["prologue"], Convert.ToHexStringLower(prologue));

        var noise = new NoiseXOracle(prologue, Convert.FromHexString(lines["recipient's private key"]));
        var payload = noise.Read(outer[5..]);
        Assert.Equal(lines["whisper"], Convert.ToHexStringLower([.. outer[..5], .. payload]));
        Assert.Equal(
            NoiseXOracle.PublicOf(Convert.FromHexString(lines["sender's private key"])), noise.SenderKey);
        Assert.Equal(
            NoiseXOracle.PublicOf(Convert.FromHexString(lines["ephemeral private key"])), outer[5..37]);
        Assert.Equal(card[..32], NoiseXOracle.PublicOf(Convert.FromHexString(lines["recipient's private key"])));
    }

    [Fact]
    public void HandshakeFollowsFromThePage()
    {
        WireHandshake initiator = SideOfExample("initiator");
        WireHandshake responder = SideOfExample("responder");
        var lines = Values(WorkedExamples.All()["handshake"]);

        Assert.Equal(lines["HANDSHAKE 1"], Convert.ToHexStringLower(initiator.WriteFirst()));
        var second = responder.ReadFirstWriteSecond(Convert.FromHexString(lines["HANDSHAKE 1"]));
        Assert.Equal(lines["HANDSHAKE 2"], Convert.ToHexStringLower(second));
        var third = initiator.ReadSecondWriteThird(second);
        Assert.Equal(lines["HANDSHAKE 3"], Convert.ToHexStringLower(third));
        responder.ReadThird(third);

        Assert.Equal(initiator.Secrets, responder.Secrets);
        Assert.Equal(lines["next secret"], Convert.ToHexStringLower(responder.Secrets[..32]));
        Assert.Equal(
            lines["link tag"], BinaryPrimitives.ReadUInt32LittleEndian(responder.Secrets.AsSpan(48)).ToString("x8"));
    }

    [Fact]
    public void LinkFollowsFromThePage()
    {
        WireHandshake initiator = SideOfExample("initiator");
        initiator.ReadSecondWriteThird(SideOfExample("responder").ReadFirstWriteSecond(initiator.WriteFirst()));
        var lines = Values(WorkedExamples.All()["link"]);
        Assert.Equal(
            [1, 15, 0, 0, 0, 0], OpenRecord(initiator.InitiatorKey, 0, lines["initiator: HELLO"]));
        Assert.Equal(
            [1, 15, 0, 0, 0, 0], OpenRecord(initiator.ResponderKey, 0, lines["responder: HELLO"]));

        var hash = new SipHash();
        hash.SetKey(initiator.Secrets, 32);
        var shortId = hash.Compute(Convert.FromHexString(lines["held by the initiator"]), 2, 6) & 0xFFFFFFFFFFFF;
        var offer = OpenRecord(initiator.InitiatorKey, 1, lines["initiator: OFFER"]);
        Assert.Equal([2, 1, .. BitConverter.GetBytes(shortId)[..6]], offer);
        Assert.Equal([3, 1], OpenRecord(initiator.ResponderKey, 1, lines["responder: PULL"]));
    }

    [Fact]
    public void RangesFollowFromThePage()
    {
        var lines = Values(WorkedExamples.All()["ranges"]);
        var hash = new SipHash();
        hash.SetKey(Convert.FromHexString(lines["short-id key"]), 0);
        var salted = hash.Compute(Convert.FromHexString(lines["held by the initiator"]), 2, 6);
        Assert.Equal(lines["its SipHash"], salted.ToString("x16"));

        var (range, part) = ((int)(salted >> 60), (int)((salted >> 56) & 15));
        var sums = new byte[66];
        (sums[0], sums[1]) = (0x0C, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(sums.AsSpan(2 + (4 * range)), (uint)salted);
        Assert.Equal(lines["initiator: SUMS"], Convert.ToHexStringLower(sums));
        byte[] name = [0x0D, 1, (byte)(range + 1), .. BitConverter.GetBytes((ushort)(1 << part))];
        Assert.Equal(lines["initiator: NAME"], Convert.ToHexStringLower(name));
        Assert.Equal(lines["initiator: OFFER"], Convert.ToHexStringLower([2, 1, .. BitConverter.GetBytes(salted)[..6]]));
        Assert.Equal("013f0000000001", lines["initiator: HELLO"]);
    }

    [Fact]
    public void ResumptionFollowsFromThePage()
    {
        var lines = Values(WorkedExamples.All()["resumption"]);
        var secret = Convert.FromHexString(lines["secret"]);
        var resume = Convert.FromHexString(lines["RESUME"]);
        var resumed = Convert.FromHexString(lines["RESUMED"]);
        Assert.Equal(HMACSHA256.HashData(secret, Ascii("WhispurrNet v1 handle A"))[..8], resume[1..9]);
        byte[] covered = [.. Ascii("WhispurrNet v1 resume A"), .. resume[..25]];
        Assert.Equal(HMACSHA256.HashData(secret, covered)[..8], resume[25..]);

        var keys = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, secret, 128, Ascii("WhispurrNet v1 resumption"),
            [.. resume[9..25], .. resumed[1..17]]);
        Assert.Equal(keys[116..124], resumed[17..]);
        Assert.Equal(lines["next secret"], Convert.ToHexStringLower(keys[..32]));
        Assert.Equal(lines["link tag"], BinaryPrimitives.ReadUInt32LittleEndian(keys.AsSpan(112)).ToString("x8"));
    }

    [Fact]
    public void AdvertisementFollowsFromThePage()
    {
        var lines = Values(WorkedExamples.All()["advertisement"]);
        var keys = WorkedExamples.NetworkKeys();
        var hash = new SipHash();
        hash.SetKey(HMACSHA256.HashData(keys.Digest, Convert.FromHexString(lines["salt"])), 0);
        var bits = hash.Compute(Convert.FromHexString(lines["seen"]), 2, 6);
        var filter = new byte[20];
        foreach (var bit in new[] { bits % 65536 % 160, bits / 65536 % 65536 % 160 })
        {
            filter[bit / 8] |= (byte)(1 << (int)(bit % 8));
        }

        Assert.Equal(lines["filter"], Convert.ToHexStringLower(filter));
    }

    /// <summary>A side of the example's handshake, from the private keys on the page.</summary>
    private static WireHandshake SideOfExample(string side)
    {
        var lines = Values(WorkedExamples.All()["handshake"]);
        return new WireHandshake(
            NetworkKey.FromJoinCode(WorkedExamples.JoinCodeText),
            Convert.FromHexString(lines[$"{side}'s private key"]),
            Convert.FromHexString(lines[$"{side}'s ephemeral private key"]));
    }

    private static byte[] OpenRecord(byte[] key, byte number, string hex)
    {
        var record = Convert.FromHexString(hex);
        using var aead = new System.Security.Cryptography.ChaCha20Poly1305(key);
        var text = new byte[record.Length - 16];
        byte[] nonce = [0, 0, 0, 0, number, 0, 0, 0, 0, 0, 0, 0];
        aead.Decrypt(nonce, record.AsSpan(..^16), record.AsSpan(^16..), text);
        return text;
    }

    private static byte[] OpenXChaCha(byte[] key, byte[] nonce, byte[] body, byte[] associated)
    {
        var subkey = new byte[32];
        var derive = new HChaCha20();
        derive.SetKey(key, 0);
        derive.DeriveKey(nonce, 0, subkey, 0);
        using var aead = new System.Security.Cryptography.ChaCha20Poly1305(subkey);
        var text = new byte[body.Length - 16];
        byte[] shortNonce = [0, 0, 0, 0, .. nonce[16..]];
        aead.Decrypt(shortNonce, body[..^16], body[^16..], text, associated);
        return text;
    }

    private static Dictionary<string, string> Values(string example) =>
        example.Replace("\n  ", string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(" =", 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim());

    private static byte[] Expand(byte[] root, string label) =>
        HKDF.Expand(HashAlgorithmName.SHA256, root, 32, Ascii(label));

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
