using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Direct;

/// <summary>Direct whispers between nodes that know each other's cards.</summary>
public class DirectWhisperTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    public void ADirectWhisperArrivesWholeAndProvesItsSender(int frameSize)
    {
        CardedMesh mesh = new(frameSize, 1, 2);
        byte[] payload = new byte[mesh[0].MaxDirectPayload + 2];
        new Random(16).NextBytes(payload);
        SendResult result = mesh[0].Direct(mesh.IdOf(1), payload, 2, mesh[0].MaxDirectPayload, mesh.NowMs);
        Assert.Equal(SendResult.Queued, result);
        mesh.Contact(0, 1);

        WhisperMessage message = Assert.Single(mesh.Poll(1));
        Assert.Equal(WhisperType.Whisper, message.Type);
        Assert.Null(message.Intent);
        Assert.True(message.SenderProven);
        Assert.Equal(mesh[0].IdentityText, message.SenderText);
        Assert.Equal(payload[2..], message.Payload[..message.PayloadCount]);
        Assert.Equal(mesh[0].LastSentId, message.FrameId);
    }

    [Fact]
    public void AFrameOfSixtyTwoBytesIsTheMostThatFits()
    {
        CardedMesh mesh = new(256, 1, 2);
        Assert.Equal(62, mesh[0].MaxDirectPayload);
        Assert.Equal(SendResult.PayloadTooLarge, mesh[0].Direct(mesh.IdOf(1), new byte[63], 0, 63, mesh.NowMs));
        Assert.Equal(SendResult.Queued, mesh[0].Direct(mesh.IdOf(1), [], 0, 0, mesh.NowMs));
    }

    [Fact]
    public void NobodyElseCanReadIt()
    {
        CardedMesh mesh = new(256, 1, 2, 3);
        mesh[0].Direct(mesh.IdOf(1), [1, 2, 3], 0, 3, mesh.NowMs);
        byte[] frame = new byte[256];
        Assert.True(mesh[0].CopyFrame(mesh[0].LastSentId, frame));
        mesh.Contact(0, 2);
        mesh.Contact(2, 1);

        Assert.Empty(mesh.Poll(2));
        Assert.Single(mesh.Poll(1));
        Assert.Equal([0, 1, 0], Enumerable.Range(0, 3).Select(i => mesh[i].CountKeysThatOpen(frame)));
    }

    [Fact]
    public void WithoutACardThereIsNobodyToWriteTo()
    {
        NodeCore node = TestNetwork.Node(1);

        Assert.Equal(SendResult.UnknownContact, node.Direct(new byte[16], [1], 0, 1, 0));
        Assert.Equal(0u, node.Statistics.WhispersQueued);
    }
}
