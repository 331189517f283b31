using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;
using WhispurrNet.Protocol.Tests.Memory;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Noise;

/// <summary>What a handshake holds of a board's heap: two thousand bytes while it waits for the other side.</summary>
public class HandshakeHeapTests
{
    [Theory]
    [InlineData("X", true, 1884)]
    [InlineData("X", false, 1764)]
    [InlineData("XX", true, 1884)]
    [InlineData("XX", false, 1884)]
    [InlineData("XXpsk3", true, 1944)]
    [InlineData("XXpsk3", false, 1944)]
    [InlineData("IK", true, 1884)]
    [InlineData("IK", false, 1884)]
    public void AHandshakeWithKeysMadeAheadHoldsThis(string pattern, bool initiator, int bytes)
    {
        HmacSha256 hmac = new();
        HandshakeState handshake = NoiseVectorCheck.Side(pattern, initiator, new NoiseSha256(hmac), true);

        Assert.Equal(bytes, ManagedHeap.SizeOfAll(handshake, hmac));
    }

    [Fact]
    public void TheCurvesWorkspaceIsThereOnlyWhileAMessageNeedsIt()
    {
        HmacSha256 hmac = new();
        HandshakeState initiator = NoiseVectorCheck.Side("XXpsk3", true, new NoiseSha256(hmac), true);
        HandshakeState responder = NoiseVectorCheck.Side("XXpsk3", false, new NoiseSha256(hmac), false);
        int waiting = ManagedHeap.SizeOfAll(initiator, hmac);
        byte[] message = new byte[112];
        HandshakeState[] writers = [initiator, responder, initiator];
        foreach (HandshakeState writer in writers)
        {
            int written = writer.WriteMessage([], 0, 0, message, 0);
            HandshakeState reader = writer == initiator ? responder : initiator;
            Assert.Equal(0, reader.ReadMessage(message, 0, written, [], 0));
            Assert.Equal(waiting, ManagedHeap.SizeOfAll(initiator, hmac));
        }

        Assert.True(responder.IsFinished);
    }

    /// <summary>The workspace of a node's links serves its handshakes as well; keys of channels over it stay what they are.</summary>
    [Fact]
    public void AHandshakeMayShareItsWorkspaceWithChannels()
    {
        ChaCha20Poly1305 workspace = new();
        HmacSha256 hmac = new();
        CipherState from = new(workspace);
        CipherState to = new(workspace);
        from.InitializeKey(new byte[32]);
        to.InitializeKey(new byte[32]);
        HandshakeState Side(bool initiator) => new(
            HandshakePattern.XX(), initiator, [], new byte[32], new byte[32], null, new byte[32], new byte[32], null,
            new NoiseSha256(hmac), workspace);
        HandshakeState initiator = Side(true);
        HandshakeState responder = Side(false);
        Assert.Equal(1884 - 588, ManagedHeap.SizeOfAll(initiator, hmac) - ManagedHeap.SizeOfAll(workspace));

        byte[] first = new byte[32];
        byte[] second = new byte[17];
        Assert.Equal(32, initiator.WriteMessage([], 0, 0, first, 0));
        from.EncryptWithAd(null, [7], 0, 1, second, 0);
        Assert.Equal(0, responder.ReadMessage(first, 0, 32, [], 0));
        responder.Wipe();
        Assert.True(to.DecryptWithAd(null, second, 0, 17, second, 0));
        Assert.Equal(7, second[0]);
    }

    [Fact]
    public void AChannelHoldsThisBesidesItsWorkspace()
    {
        ChaCha20Poly1305 workspace = new();

        Assert.Equal(144, ManagedHeap.SizeOfAll(new CipherState(workspace), workspace));
        Assert.Equal(588, ManagedHeap.SizeOfAll(workspace));
    }
}
