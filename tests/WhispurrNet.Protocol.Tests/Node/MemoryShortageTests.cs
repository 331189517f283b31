using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Node;

/// <summary>On a board any call may find no memory. What a node has accepted must survive that.</summary>
public sealed class MemoryShortageTests
{
    [Fact]
    public void AWhisperThatCannotBeOpenedForWantOfMemoryIsThereTheNextTime()
    {
        var hmac = new ShortHmac();
        var receiver = new NodeCore(TestNetwork.Configuration(TestNetwork.Home), hmac, TestNetwork.Seed(1), 0);
        NodeCore sender = TestNetwork.Node(2);
        receiver.Tune("a");
        sender.Resonate("a", [5], 0, 1, 0);
        LinkPair.Contact(sender, receiver);
        WhisperMessage message = TestNetwork.Message(receiver);

        // Every place at which the call can fail, one after the other.
        int failures = 0;
        for (bool delivered = false; !delivered; failures++)
        {
            hmac.CallsLeft = failures;
            try
            {
                delivered = receiver.PollWhisper(message);
                Assert.True(delivered, $"The whisper is gone after {failures} failures.");
            }
            catch (OutOfMemoryException)
            {
            }
        }

        Assert.True(failures > 2);
        Assert.Equal([5], message.Payload[..message.PayloadCount]);
        hmac.CallsLeft = int.MaxValue;
        Assert.False(receiver.PollWhisper(message));
        Assert.Equal(1u, receiver.Statistics.Delivered);
    }

    private sealed class ShortHmac : IHmacSha256
    {
        private readonly HmacSha256 _hmac = new();

        public int CallsLeft { get; set; } = int.MaxValue;

        public void Compute(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
        {
            if (CallsLeft-- == 0)
            {
                throw new OutOfMemoryException();
            }

            _hmac.Compute(key, data, offset, count, mac, macOffset);
        }
    }
}
