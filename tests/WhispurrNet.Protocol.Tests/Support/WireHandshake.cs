using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>
/// A full handshake of a link after PROTOCOL.md with .NET's hashes, record by record. It shares with the node the Noise
/// handshake and the protection, which have tests of their own.
/// </summary>
internal sealed class WireHandshake
{
    public const byte Resume = 0x10;
    public const byte Resumed = 0x11;
    public const byte Unknown = 0x12;
    public const byte Handshake1 = 0x13;
    public const byte Handshake2 = 0x14;
    public const byte StrangersHandshake2 = 0x15;
    public const byte Handshake3 = 0x16;

    private static readonly byte[] Label = "WhispurrNet v1 link"u8.ToArray();

    private readonly byte[] _privateKey;
    private readonly byte[] _ephemeral;
    private readonly byte[]? _psk;
    private readonly byte[]? _guardKey;
    private HandshakeState? _noise;
    private byte[] _first = [];

    /// <param name="network">Whose key the peer holds; null: none.</param>
    /// <param name="privateKey">Its identity's; null: random.</param>
    /// <param name="ephemeral">The handshake's; null: random.</param>
    public WireHandshake(NetworkKey? network, byte[]? privateKey = null, byte[]? ephemeral = null)
    {
        _privateKey = privateKey ?? RandomNumberGenerator.GetBytes(32);
        _ephemeral = ephemeral ?? RandomNumberGenerator.GetBytes(32);
        new X25519().ScalarMultiplyBase(_privateKey, PublicKey);
        if (network != null)
        {
            NetworkKeys keys = new(network, new HmacSha256());
            _psk = keys.Derive(Encoding.ASCII.GetBytes("link"));
            _guardKey = keys.Derive(Encoding.ASCII.GetBytes("link guard"));
        }
    }

    /// <summary>The peer's static public key.</summary>
    public byte[] PublicKey { get; } = new byte[32];

    /// <summary>What a member tells of itself: entropy, salt, seconds, time.</summary>
    public byte[] Card { get; init; } = new byte[72];

    /// <summary>What the other side told of itself: its public key, and the card of a member.</summary>
    public byte[] RemoteCard { get; private set; } = [];

    public bool BetweenMembers { get; private set; }

    public byte[] InitiatorKey { get; } = new byte[32];

    public byte[] ResponderKey { get; } = new byte[32];

    /// <summary>The secret of the next resumption, the key of short ids and the link tag.</summary>
    public byte[] Secrets { get; private set; } = [];

    public byte[] WriteFirst()
    {
        byte[] publicKey = new byte[32];
        new X25519().ScalarMultiplyBase(_ephemeral, publicKey);
        byte[] guard = GuardOf(publicKey);
        _noise = State(guard, true, _psk ?? new byte[32]);
        byte[] message = new byte[48];
        Require(_noise.WriteMessage([], 0, 0, message, 0) == 48);
        _first = [Handshake1, .. guard, .. message];
        return _first;
    }

    /// <param name="first">The first record.</param>
    /// <param name="pretend">Answers as a member whatever the guard MAC says.</param>
    public byte[] ReadFirstWriteSecond(byte[] first, bool pretend = false)
    {
        Require(first.Length == 57 && first[0] == Handshake1);
        byte[] guard = first[1..9];
        BetweenMembers = pretend || (_guardKey != null && guard.AsSpan().SequenceEqual(GuardOf(first[9..41])));
        _noise = State(guard, false, BetweenMembers ? _psk : null);
        Require(_noise.ReadMessage(first, 9, 48, new byte[48], 0) >= 0);
        return Write(BetweenMembers ? Handshake2 : StrangersHandshake2, BetweenMembers ? 169 : 97);
    }

    public byte[] ReadSecondWriteThird(byte[] second)
    {
        BetweenMembers = second[0] == Handshake2;
        if (!BetweenMembers)
        {
            Require(second[0] == StrangersHandshake2);
            _noise = State(_first[1..9], true, null);
            Require(_noise.WriteMessage(_first, 41, 16, new byte[48], 0) == 48);
        }

        Read(second);
        byte[] third = Write(Handshake3, BetweenMembers ? 137 : 65);
        End();
        return third;
    }

    public void ReadThird(byte[] third)
    {
        Require(third[0] == Handshake3);
        Read(third);
        End();
    }

    private byte[] GuardOf(byte[] publicKey)
    {
        return _guardKey == null
            ? RandomNumberGenerator.GetBytes(8)
            : HMACSHA256.HashData(_guardKey, publicKey)[..8];
    }

    private HandshakeState State(byte[] guard, bool initiator, byte[]? psk)
    {
        HandshakePattern pattern = psk == null ? HandshakePattern.XX() : HandshakePattern.XXpsk3();
        return new HandshakeState(
            pattern, initiator, [.. Label, .. guard], _privateKey, PublicKey, null, _ephemeral, null, psk,
            new HmacSha256());
    }

    private byte[] Write(byte type, int size)
    {
        byte[] record = new byte[size];
        record[0] = type;
        Require(_noise!.WriteMessage(Card, 0, BetweenMembers ? Card.Length : 0, record, 1) == size - 1);
        return record;
    }

    private void Read(byte[] record)
    {
        byte[] payload = new byte[record.Length];
        int count = _noise!.ReadMessage(record, 1, record.Length - 1, payload, 0);
        Require(count == (BetweenMembers ? 72 : 0));
        RemoteCard = [.. _noise.RemoteStatic, .. payload[..count]];
    }

    private void End()
    {
        byte[] root = new byte[32];
        _noise!.Split(InitiatorKey, ResponderKey);
        _noise.Export(Label, root);
        Secrets = HKDF.Expand(
            HashAlgorithmName.SHA256, root, 64, Encoding.ASCII.GetBytes("WhispurrNet v1 link secrets"))[..52];
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The handshake of a wire peer does not go on.");
        }
    }
}
