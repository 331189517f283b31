using System.Buffers.Binary;
using System.Security.Cryptography;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>
/// An identity outside of any node, made after PROTOCOL.md with .NET's hashes, that can do what a node would not: send
/// cards and direct whispers with any field wrong.
/// </summary>
internal sealed class Person
{
    public const uint Timestamp = 1_790_000_000;

    public Person(int seed)
    {
        ChaChaRandom random = new(TestNetwork.Seed(seed));
        random.NextBytes(PrivateKey, 0, 32);
        random.NextBytes(MailboxKey, 0, 32);
        random.NextBytes(Salt, 0, 32);
        new X25519().ScalarMultiplyBase(PrivateKey, PublicKey);
        Id = IdOf(MailboxKey, Timestamp, Salt, PublicKey);
    }

    public byte[] PrivateKey { get; } = new byte[32];

    public byte[] PublicKey { get; } = new byte[32];

    public byte[] MailboxKey { get; } = new byte[32];

    public byte[] Salt { get; } = new byte[32];

    public byte[] Id { get; }

    public static byte[] IdOf(byte[] entropy, uint timestamp, byte[] salt, byte[] publicKey)
    {
        byte[] time = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(time, timestamp);
        return SHA256.HashData([.. entropy, .. time, .. salt, .. publicKey])[..16];
    }

    public byte[] Card(uint validSeconds = 3600)
    {
        byte[] valid = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(valid, validSeconds);
        return [.. PublicKey, .. MailboxKey, .. Salt, .. valid];
    }

    /// <summary>A frame of the home network with this card, or with a payload that claims to be it.</summary>
    public byte[] CardFrame(FrameMaker maker, byte[]? payload = null)
    {
        Sign(maker.Header, Id);
        return maker.UnderBroadcastKey(WhisperType.PeerDiscovery, payload ?? Card());
    }

    /// <summary>A direct whisper of this person in a frame, right in every way unless told otherwise.</summary>
    public byte[] Direct(FrameMaker maker, byte[] recipientKey, byte[] mailboxKey, DirectFault? fault = null)
    {
        fault ??= new DirectFault();
        byte[] frame = new byte[256];
        frame[0] = FrameLayout.Version;
        (fault.Nonce ?? RandomNumberGenerator.GetBytes(24)).CopyTo(frame, 18);
        HMACSHA256.HashData(mailboxKey, frame[18..42])[..8].CopyTo(frame, 2);

        WhisperHeader header = new() { Type = fault.Type, PayloadCount = 3, InnerId = fault.InnerId };
        Sign(header, fault.ClaimedId ?? Id);
        byte[] inner = new byte[99];
        header.Write([1, 2, 3], 0, inner, 0, inner.Length);
        byte[] whisper = new byte[195];
        inner[..5].CopyTo(whisper, 0);
        byte[] prologue =
            [.. "WhispurrNet v1 direct"u8, .. frame[..10], .. fault.OtherNonce ?? frame[18..42], .. whisper[..5]];
        byte[] ephemeral = fault.Ephemeral ?? RandomNumberGenerator.GetBytes(32);
        if (fault.Steps is { } steps)
        {
            (steps.Ephemeral, steps.Whisper, steps.Prologue) = (ephemeral, inner, prologue);
        }

        HandshakeState noise = new(
            HandshakePattern.X(), true, prologue, PrivateKey, PublicKey, recipientKey, ephemeral, null, null,
            new HmacSha256());
        noise.WriteMessage(inner, 5, 94, whisper, 5);
        noise.Export([.. "direct parts"u8], fault.Steps?.PartsKey ?? new byte[32]);
        noise.Export([.. "direct ack"u8], fault.Steps?.AckKey ?? new byte[32]);
        fault.AfterNoise?.Invoke(frame, whisper);
        SealOuter(frame, whisper, mailboxKey);
        maker.Admit(frame);
        return frame;
    }

    /// <summary>Opens the outer seal of a frame to a mailbox, as any member with the card can.</summary>
    public static byte[] OpenOuter(byte[] frame, byte[] mailboxKey)
    {
        byte[] whisper = new byte[195];
        XChaCha20Poly1305 aead = new();
        aead.SetKey(SealKey(mailboxKey), 0);
        byte[] associated = [.. frame[..10], .. frame[18..42]];
        if (!aead.Open(frame, 18, associated, 0, 34, frame, 42, 211, whisper, 0))
        {
            throw new InvalidOperationException("Not this mailbox.");
        }

        return whisper;
    }

    public static void SealOuter(byte[] frame, byte[] whisper, byte[] mailboxKey)
    {
        XChaCha20Poly1305 aead = new();
        aead.SetKey(SealKey(mailboxKey), 0);
        byte[] associated = [.. frame[..10], .. frame[18..42]];
        aead.Seal(frame, 18, associated, 0, 34, whisper, 0, whisper.Length, frame, 42);
    }

    public static byte[] SealKey(byte[] mailboxKey)
    {
        return HMACSHA256.HashData(mailboxKey, "WhispurrNet v1 mailbox seal"u8);
    }

    private static void Sign(WhisperHeader header, byte[] id)
    {
        id.CopyTo(header.Sender, 0);
        header.SenderTimestamp = Timestamp;
    }
}
