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
        byte[] payload = new byte[mesh[0].MaxDirectFramePayload + 2];
        new Random(16).NextBytes(payload);
        SendResult result = mesh[0].Direct(mesh.IdOf(1), payload, 2, mesh[0].MaxDirectFramePayload, mesh.NowMs);
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

    [Theory]
    [InlineData(0, 1)]
    [InlineData(62, 1)]
    [InlineData(63, 2)]
    public void SixtyTwoBytesAreTheMostThatFitsIntoOneFrame(int length, int frames)
    {
        CardedMesh mesh = new(256, 1, 2);
        int before = mesh[0].HeldFrames;
        Assert.Equal(62, mesh[0].MaxDirectFramePayload);
        Assert.Equal(SendResult.Queued, mesh[0].Direct(mesh.IdOf(1), new byte[length], 0, length, mesh.NowMs));
        Assert.Equal(frames, mesh[0].HeldFrames - before);
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
    public void AnObserverIsToldOfEveryNewIdentity()
    {
        CardedMesh mesh = new(256, 1, 2);
        Recorder recorder = new();
        mesh[0].Observer = recorder;
        mesh.Advance(2 * 60 * 60 * 1000);

        Assert.Equal(2, recorder.Identities.Count);
        Assert.Equal(mesh.IdOf(0), recorder.Identities[1].Id);
        Assert.EndsWith($":{recorder.Identities[1].Timestamp:x8}", mesh[0].IdentityText);
    }

    [Fact]
    public void AContactTellsForHowLongItCanBeWrittenTo()
    {
        CardedMesh mesh = new(256, 1, 2);
        uint left = mesh[0].ContactSecondsLeft(0, mesh.NowMs);
        Assert.InRange(left, 60u * 60, 7u * 60 * 60);
        mesh.Advance(10_000);

        Assert.Equal(left - 10, mesh[0].ContactSecondsLeft(0, mesh.NowMs));
        Assert.Equal(0u, mesh[0].ContactSecondsLeft(0, mesh.NowMs + (left * 1000)));
        Assert.Equal(0u, mesh[0].ContactSecondsLeft(1, mesh.NowMs));
        Assert.Equal(0u, mesh[0].ContactSecondsLeft(-1, mesh.NowMs));
    }

    [Fact]
    public void WithoutACardThereIsNobodyToWriteTo()
    {
        NodeCore node = TestNetwork.Node(1);

        Assert.Equal(SendResult.UnknownContact, node.Direct(new byte[16], [1], 0, 1, 0));
        Assert.Equal(0u, node.Statistics.WhispersQueued);
    }

    [Fact]
    public void AWhisperToAnIdentityThatWasLeftArrivesDuringTheOverlapAndNotLater()
    {
        CardedMesh mesh = new(256, 1, 2);
        byte[] former = mesh.IdOf(1);
        mesh.Advance((2 * 3_600_000) - mesh.NowMs);
        Assert.NotEqual(former, mesh.IdOf(1));
        Assert.Equal(SendResult.Queued, mesh[0].Direct(former, [1], 0, 1, mesh.NowMs));
        mesh.Contact(0, 1);
        Assert.Single(mesh.Poll(1), m => m.Type == WhisperType.Whisper);

        mesh.Advance(2 * 3_600_000);
        Assert.Equal(SendResult.UnknownContact, mesh[0].Direct(former, [1], 0, 1, mesh.NowMs));
    }

    [Fact]
    public void AMemberThatHoldsTheCardOpensTheOuterSealAndReadsNothing()
    {
        CardedMesh mesh = new(256, 1, 2, 3);
        Assert.True(mesh[2].HasContact(mesh.IdOf(1)));
        mesh[0].Direct(mesh.IdOf(1), [1, 2, 3], 0, 3, mesh.NowMs);
        byte[] frame = new byte[256];
        mesh[0].CopyFrame(mesh[0].LastSentId, frame);

        Assert.Equal(0, mesh[0].CountKeysThatOpen(frame));
        Assert.Equal(0, mesh[2].CountKeysThatOpen(frame));
        Assert.Equal(1, mesh[1].CountKeysThatOpen(frame));
    }

    [Fact]
    public void ANodeThatHidesCanWriteButNobodyTakesItForProven()
    {
        CardedMesh mesh = new(256, 1);
        NodeCore hidden = TestNetwork.Node(9);
        LinkPair.Contact(mesh[0], hidden, mesh.NowMs);
        hidden.PollWhisper(TestNetwork.Message(hidden));
        Assert.Equal(SendResult.Queued, hidden.Direct(mesh.IdOf(0), [7], 0, 1, mesh.NowMs));
        LinkPair.Contact(hidden, mesh[0], mesh.NowMs);

        WhisperMessage message = Assert.Single(mesh.Poll(0));
        Assert.False(message.SenderProven);
        Assert.Equal(0, mesh[0].KnownContacts);
    }

    [Fact]
    public void TheBudgetOfTheOriginCountsDirectWhispersToo()
    {
        CardedMesh mesh = new(256, 1, 2);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(SendResult.Queued, mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs));
        }

        Assert.Equal(SendResult.Congested, mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs));
    }

    [Fact]
    public void ACallersMistakesThrow()
    {
        NodeCore node = TestNetwork.Node(1);
        Assert.ThrowsAny<ArgumentException>(() => node.Direct(new byte[15], [1], 0, 1, 0));
        Assert.ThrowsAny<ArgumentException>(() => node.Direct(new byte[16], [1], 0, 2, 0));
        Assert.Equal(SendResult.NoNetwork, TestNetwork.Node(1, TestNetwork.Keyless).Direct(new byte[16], [1], 0, 1, 0));
    }
}
