using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.NoiseFuzz.Handshakes;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Noise;

/// <summary>
/// Every message of every pattern of the vectors: cut at every length, lengthened, with every bit flipped. The side that reads
/// it is dead and empty, or, where the message is in clear, the handshake dies with the next one.
/// </summary>
public class SpoiltMessageTests
{
    public static TheoryData<string, int> Messages => new()
    {
        { "X", 0 }, { "XX", 0 }, { "XX", 1 }, { "XX", 2 }, { "XXpsk3", 0 }, { "XXpsk3", 1 }, { "XXpsk3", 2 },
        { "IK", 0 }, { "IK", 1 },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void IsRefused(string pattern, int index)
    {
        Script script = new(pattern);
        byte[] message = script.Message(index);
        for (int count = 0; count < message.Length; count++)
        {
            script.AssertRefused(index, message[..count]);
        }

        script.AssertRefused(index, [.. message, 0]);
        for (int bit = 0; bit < 8 * message.Length; bit++)
        {
            byte[] spoilt = [.. message];
            spoilt[bit / 8] ^= (byte)(1 << (bit % 8));
            script.AssertRefused(index, spoilt);
        }
    }

    [Fact]
    public void MoreThanTheLargestMessageIsRefused()
    {
        HandshakeState responder = new Script("XX").Side(false);
        byte[] message = new byte[HandshakeState.MaxMessageSize + 1];

        Assert.Equal(HandshakeState.Failed, responder.ReadMessage(message, 0, message.Length, new byte[message.Length], 0));
        WipeCheck.Check(responder, new NoiseSha256(new HmacSha256()));
    }

    [Theory]
    [InlineData("XX", 1)]
    [InlineData("XXpsk3", 1)]
    [InlineData("IK", 0)]
    [InlineData("IK", 1)]
    [InlineData("X", 0)]
    public void APointOfSmallOrderIsRefused(string pattern, int index)
    {
        Script script = new(pattern);
        foreach (byte[] point in Spoiler.SmallOrder)
        {
            script.AssertRefused(index, [.. point, .. script.Message(index)[32..]]);
        }
    }

    /// <summary>In the clear first message of XX a point of small order passes; nothing is then written with it.</summary>
    [Fact]
    public void NothingIsWrittenToAPointOfSmallOrder()
    {
        Script script = new("XX");
        foreach (byte[] point in Spoiler.SmallOrder)
        {
            HandshakeState responder = script.Side(false);
            Assert.Equal(16, responder.ReadMessage([.. point, .. new byte[16]], 0, 48, new byte[48], 0));
            Assert.Equal(HandshakeState.Failed, responder.WriteMessage([], 0, 0, new byte[200], 0));
            WipeCheck.Check(responder, new NoiseSha256(new HmacSha256()));
        }
    }

    /// <summary>The handshake of a vector, with all keys computed once.</summary>
    private sealed class Script
    {
        private readonly string[] _row;
        private readonly byte[][] _payloads = [.. NoiseVectors.Payloads().Select(Convert.FromHexString)];
        private readonly byte[][] _keys;
        private readonly byte[][] _publics;

        public Script(string pattern)
        {
            _row = NoiseVectors.Sha256().Single(row => row[0] == pattern);
            string[] keys =
            [
                NoiseVectors.InitiatorStatic, NoiseVectors.InitiatorEphemeral,
                NoiseVectors.ResponderStatic, NoiseVectors.ResponderEphemeral,
            ];
            _keys = [.. keys.Select(Convert.FromHexString)];
            _publics = [.. _keys.Select(PublicOf)];
        }

        public byte[] Message(int index) => Convert.FromHexString(_row[index + 2]);

        public HandshakeState Side(bool initiator)
        {
            HandshakePattern pattern = NoiseVectorCheck.PatternOf(_row[0]);
            int at = initiator ? 0 : 2;
            bool sends = pattern.Sends(NoiseToken.E, initiator);
            return new HandshakeState(
                pattern, initiator, Convert.FromHexString(NoiseVectors.Prologue), _keys[at], _publics[at],
                initiator && pattern.HasPreMessage ? _publics[2] : null, sends ? _keys[at + 1] : null,
                sends ? _publics[at + 1] : null, pattern.HasPsk ? Convert.FromHexString(NoiseVectors.Psk) : null,
                new HmacSha256());
        }

        /// <summary>Brings the reader of a message to where it is due and gives it this one instead.</summary>
        public void AssertRefused(int index, byte[] spoilt)
        {
            HandshakeState reader = Side(index % 2 != 0);
            byte[] buffer = new byte[300];
            for (int i = 0; i < index; i++)
            {
                int done = i % 2 == index % 2
                    ? reader.ReadMessage(Message(i), 0, Message(i).Length, buffer, 0)
                    : reader.WriteMessage(_payloads[i], 0, _payloads[i].Length, buffer, 0);
                Assert.NotEqual(HandshakeState.Failed, done);
            }

            byte[] payload = new byte[300];
            int read = reader.ReadMessage(spoilt, 0, spoilt.Length, payload, 0);
            if (_row[0] == "XX" && index == 0 && spoilt.Length >= 32)
            {
                AssertEndsWithTheNext(reader, read, spoilt);
                return;
            }

            Assert.Equal(HandshakeState.Failed, read);
            Assert.All(payload, b => Assert.Equal(0, b));
            Assert.Null(reader.RemoteStatic);
            WipeCheck.Check(reader, new NoiseSha256(new HmacSha256()));
        }

        private void AssertEndsWithTheNext(HandshakeState responder, int read, byte[] spoilt)
        {
            byte[] buffer = new byte[300];
            Assert.Equal(spoilt.Length - 32, read);
            Assert.Null(responder.RemoteStatic);
            int written = responder.WriteMessage(_payloads[1], 0, _payloads[1].Length, buffer, 0);
            HandshakeState initiator = Side(true);
            initiator.WriteMessage(_payloads[0], 0, _payloads[0].Length, new byte[300], 0);
            Assert.Equal(HandshakeState.Failed, initiator.ReadMessage(buffer, 0, written, new byte[300], 0));
            Assert.Null(initiator.RemoteStatic);
            WipeCheck.Check(initiator, new NoiseSha256(new HmacSha256()));
        }

        private static byte[] PublicOf(byte[] key)
        {
            byte[] result = new byte[32];
            new X25519().ScalarMultiplyBase(key, result);
            return result;
        }
    }
}
