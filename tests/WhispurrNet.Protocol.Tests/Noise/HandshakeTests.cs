using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Noise;

/// <summary>Noise X on the published keys, right and wrong.</summary>
public class HandshakeTests
{
    private static readonly string[] Row = NoiseVectors.Sha256()[0];

    private readonly byte[] _message = Convert.FromHexString(Row[2]);

    [Fact]
    public void TheVectorMatchesOnBothSides()
    {
        byte[] payload = Convert.FromHexString(NoiseVectors.Payloads()[0]);
        byte[] message = new byte[_message.Length + 2];
        HandshakeState initiator = Initiator();
        Assert.Equal(_message.Length, initiator.WriteMessage(payload, 0, payload.Length, message, 1));
        Assert.Equal([0, .. _message, 0], message);
        Assert.Equal(Row[1], Convert.ToHexStringLower(initiator.HandshakeHash));

        HandshakeState responder = Responder();
        byte[] read = new byte[payload.Length + 2];
        Assert.Null(responder.RemoteStatic);
        Assert.Equal(payload.Length, responder.ReadMessage(message, 1, _message.Length, read, 1));
        Assert.Equal([0, .. payload, 0], read);
        Assert.Equal(Row[1], Convert.ToHexStringLower(responder.HandshakeHash));
        Assert.Equal(PublicOf(NoiseVectors.InitiatorStatic), responder.RemoteStatic);
        Assert.True(initiator.IsFinished && responder.IsFinished);
    }

    [Fact]
    public void NoChangeOfAnyByteVerifies()
    {
        for (int at = 0; at < _message.Length; at++)
        {
            byte[] spoilt = [.. _message];
            spoilt[at] ^= 1;
            AssertRefused(spoilt);
        }
    }

    [Fact]
    public void NoOtherLengthVerifies()
    {
        for (int count = 0; count < _message.Length; count++)
        {
            AssertRefused(_message[..count]);
        }

        AssertRefused([.. _message, 0]);
    }

    [Fact]
    public void AnyBytesAreRefused()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => AssertRefused(bytes)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void AnotherPrologueOrAnotherResponderDoesNotVerify()
    {
        byte[] read = new byte[_message.Length];
        Assert.Equal(HandshakeState.Failed, Responder("00").ReadMessage(_message, 0, _message.Length, read, 0));
        HandshakeState other = new(
            HandshakePattern.X(), false, Convert.FromHexString(NoiseVectors.Prologue),
            Convert.FromHexString(NoiseVectors.InitiatorStatic), PublicOf(NoiseVectors.InitiatorStatic), null, null, null, null, new HmacSha256());
        Assert.Equal(HandshakeState.Failed, other.ReadMessage(_message, 0, _message.Length, read, 0));
        Assert.All(read, b => Assert.Equal(0, b));
    }

    [Fact]
    public void AFailedHandshakeIsDeadAndWiped()
    {
        HandshakeState responder = Responder();
        byte[] spoilt = [.. _message];
        spoilt[^1] ^= 1;
        Assert.Equal(HandshakeState.Failed, responder.ReadMessage(spoilt, 0, spoilt.Length, new byte[99], 0));

        Assert.Throws<InvalidOperationException>(
            () => responder.ReadMessage(_message, 0, _message.Length, new byte[99], 0));
        Assert.Null(responder.RemoteStatic);
        Assert.Null(responder.HandshakeHash);
        AssertWiped(responder);
    }

    [Fact]
    public void WipeLeavesNothing()
    {
        HandshakeState initiator = Initiator();
        initiator.WriteMessage([1], 0, 1, new byte[97], 0);
        initiator.Wipe();

        AssertWiped(initiator);
    }

    [Fact]
    public void AResponderOfSmallOrderCannotBeWrittenTo()
    {
        HandshakeState initiator = Initiator(new byte[32]);

        Assert.Equal(HandshakeState.Failed, initiator.WriteMessage([1], 0, 1, new byte[97], 0));
        AssertWiped(initiator);
    }

    [Fact]
    public void AMessageOutOfTurnIsTheCallersMistake()
    {
        Assert.Throws<InvalidOperationException>(() => Responder().WriteMessage([1], 0, 1, new byte[97], 0));
        Assert.Throws<InvalidOperationException>(() => Initiator().ReadMessage(_message, 0, 1, new byte[97], 0));
        HandshakeState twice = Initiator();
        twice.WriteMessage([1], 0, 1, new byte[97], 0);
        Assert.Throws<InvalidOperationException>(() => twice.WriteMessage([1], 0, 1, new byte[97], 0));
    }

    [Fact]
    public void AProtocolNameOfUpToThirtyTwoBytesIsFilledUpAndALongerOneHashed()
    {
        byte[] name = [.. Enumerable.Range(1, 33).Select(i => (byte)i)];
        NoiseSha256 hash = new(new HmacSha256());

        Assert.Equal([.. name[..31], 0], new SymmetricState(name[..31], hash, null).HandshakeHash);
        Assert.Equal(name[..32], new SymmetricState(name[..32], hash, null).HandshakeHash);
        Assert.Equal(
            System.Security.Cryptography.SHA256.HashData(name), new SymmetricState(name, hash, null).HandshakeHash);
    }

    private static void AssertWiped(HandshakeState state)
    {
        // The HMAC is the caller's; the pattern is no secret.
        foreach ((string path, object value) in ObjectGraph.Walk(state, o => o is IHmacSha256))
        {
            bool secret = !path.StartsWith(".tokens", StringComparison.Ordinal);
            if (value is byte[] bytes && secret)
            {
                Assert.True(bytes.All(b => b == 0), path);
            }
        }
    }

    private static void AssertRefused(byte[] message)
    {
        HandshakeState responder = Responder();
        byte[] read = new byte[message.Length];
        Assert.Equal(HandshakeState.Failed, responder.ReadMessage(message, 0, message.Length, read, 0));
        Assert.Null(responder.RemoteStatic);
        Assert.All(read, b => Assert.Equal(0, b));
    }

    private static HandshakeState Initiator(byte[]? remote = null)
    {
        return new HandshakeState(
            HandshakePattern.X(), true, Convert.FromHexString(NoiseVectors.Prologue),
            Convert.FromHexString(NoiseVectors.InitiatorStatic), PublicOf(NoiseVectors.InitiatorStatic),
            remote ?? Convert.FromHexString(NoiseVectors.ResponderPublic),
            Convert.FromHexString(NoiseVectors.InitiatorEphemeral), null, null, new HmacSha256());
    }

    private static HandshakeState Responder(string? prologue = null)
    {
        return new HandshakeState(
            HandshakePattern.X(), false, Convert.FromHexString(prologue ?? NoiseVectors.Prologue),
            Convert.FromHexString(NoiseVectors.ResponderStatic), Convert.FromHexString(NoiseVectors.ResponderPublic), null, null, null, null, new HmacSha256());
    }

    private static byte[] PublicOf(string key)
    {
        byte[] result = new byte[32];
        new X25519().ScalarMultiplyBase(Convert.FromHexString(key), result);
        return result;
    }
}
