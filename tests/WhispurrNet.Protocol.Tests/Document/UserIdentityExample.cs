using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Protocol.Extras.Identity;

namespace WhispurrNet.Protocol.Tests.Document;

/// <summary>The worked examples of user identities: what is signed over a link and to a contact, and the code of two.</summary>
internal static class UserIdentityExample
{
    public static string Identify()
    {
        var user = new UserIdentity(Bytes(1, 32));
        byte[] binding = Bytes(0x40, 32), signature = new byte[64];
        byte[] message = [.. Encoding.ASCII.GetBytes("WhispurrNet v1 identify"), .. binding, (byte)'I'];
        user.Sign(message, 0, message.Length, signature, 0);
        byte[] sender = Bytes(0x80, 16), recipient = Bytes(0xC0, 16), payload = new byte[DirectIdentification.Size];
        DirectIdentification.Write(user, sender, WorkedExamples.Now, recipient, payload, 0);
        return WorkedExamples.Lines(
            ("seed", Hex(Bytes(1, 32))),
            ("public key", Hex(user.PublicKey)),
            ("link binding", Hex(binding)),
            ("IDENTIFY of the initiator", Hex([0x0B, .. user.PublicKey, .. signature])),
            ("sender's identity", $"{Hex(sender)}:{WorkedExamples.Now:x8}"),
            ("recipient's identity", Hex(recipient)),
            ("payload of the direct whisper", Hex(payload)));
    }

    public static string Code()
    {
        byte[] one = new UserIdentity(Bytes(1, 32)).PublicKey, other = new UserIdentity(Bytes(2, 32)).PublicKey;
        string[] halves = [Half(one), Half(other)];
        Array.Sort(halves, StringComparer.Ordinal);
        return WorkedExamples.Lines(
            ("one public key", Hex(one)),
            ("the other", Hex(other)),
            ("code", string.Join(' ', halves)),
            ("QR code of the one", "WHISPURRNET:PERSON:1:" + Convert.ToHexString(one)));
    }

    private static string Half(byte[] publicKey)
    {
        byte[] hash = SHA512.HashData([.. Encoding.ASCII.GetBytes("WhispurrNet v1 pair code"), .. publicKey]);
        return string.Join(' ', Enumerable.Range(0, 6)
            .Select(i => (BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8 * i)) % 100_000).ToString("D5")));
    }

    private static byte[] Bytes(byte first, int count) => [.. Enumerable.Range(first, count).Select(i => (byte)i)];

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
