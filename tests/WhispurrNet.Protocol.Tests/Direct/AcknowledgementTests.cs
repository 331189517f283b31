using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Direct;

/// <summary>Acknowledgements of direct whispers, and what the sender is told.</summary>
public class AcknowledgementTests
{
    private const long AckDelayMs = 16_000;
    private const long FrameLifeMs = 3_600_000;

    [Fact]
    public void ADirectWhisperIsQueuedThenRelayedThenDelivered()
    {
        CardedMesh mesh = new(256, 1, 2);
        Recorder recorder = new();
        mesh[0].Observer = recorder;
        mesh[0].Direct(mesh.IdOf(1), [1, 2, 3], 0, 3, mesh.NowMs);
        ulong id = mesh[0].LastSentInnerId;
        Assert.Equal(WhisperStatus.Queued, mesh[0].StatusOf(id));
        mesh.Contact(0, 1);
        Assert.Equal(WhisperStatus.Relayed, mesh[0].StatusOf(id));
        Assert.Single(mesh.Poll(1));
        mesh.Advance(AckDelayMs);
        mesh.Contact(1, 0);
        Assert.Empty(mesh.Poll(0));

        Assert.Equal(WhisperStatus.Delivered, mesh[0].StatusOf(id));
        Assert.Equal([(id, WhisperStatus.Relayed), (id, WhisperStatus.Delivered)], recorder.Statuses);
        Assert.Equal(1u, mesh[1].Statistics.AcksSent);
        Assert.Equal(1u, mesh[0].Statistics.AcksReceived);
        Assert.Equal(WhisperStatus.Unknown, mesh[0].StatusOf(id + 1));
    }

    [Fact]
    public void AfterTheAcknowledgementNothingIsSentAgain()
    {
        CardedMesh mesh = new(256, 1, 2);
        Deliver(mesh);
        mesh.Advance(3 * FrameLifeMs);

        Assert.Equal(0u, mesh[0].Statistics.Resent);
        Assert.Equal(0u, mesh[0].Statistics.Unacknowledged);
    }

    [Fact]
    public void AnAcknowledgementLooksLikeAnyOtherFrame()
    {
        CardedMesh mesh = new(256, 1, 2, 3);
        Recorder recorder = new();
        mesh[1].Observer = recorder;
        mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs);
        mesh.Contact(0, 1);
        mesh.Poll(1);
        recorder.Stored.Clear();
        mesh.Advance(AckDelayMs);
        byte[] frame = new byte[256];
        Assert.True(mesh[1].CopyFrame(Assert.Single(recorder.Stored).Id, frame));

        // Jittered by up to a sixteenth, as every frame is, and a hop budget of 8 to 10.
        Assert.InRange(BitConverter.ToUInt16(frame, 254), 843, 900);
        Assert.InRange(frame[253], 8, 10);
        Assert.Equal(0, mesh[2].CountKeysThatOpen(frame));
        Assert.Equal(0, mesh[0].CountKeysThatOpen(frame));
    }

    [Fact]
    public void AMemberThatHoldsTheCardCannotForgeOne()
    {
        CardedMesh mesh = new(256, 1, 2);
        DirectDesk member = new(3);
        mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs);
        ulong id = mesh[0].LastSentInnerId;
        FrameMaker maker = new(4) { InnerId = id };
        byte[] mailbox = CardReader.CardOf(member.Node, member.Recorder)[32..64];
        byte[][] forged =
        [
            maker.UnderBroadcastKey(WhisperType.Ack, []),
            new Person(7).Direct(
                maker, member.PublicKey, mailbox, new DirectFault { Type = (byte)WhisperType.Ack, InnerId = id }),
        ];
        WirePeer peer = new(mesh[0], nowMs: mesh.NowMs);
        peer.Meet();
        Array.ForEach(forged, peer.SendFrame);
        mesh[0].CloseLink(peer.Link, mesh.NowMs);
        mesh.Poll(0);

        Assert.NotEqual(WhisperStatus.Delivered, mesh[0].StatusOf(id));
        Assert.Equal(0u, mesh[0].Statistics.AcksReceived);
        Assert.Equal(1u, mesh[0].Statistics.WhisperMalformed);
    }

    [Fact]
    public void AReplayedAcknowledgementChangesNothing()
    {
        CardedMesh mesh = new(256, 1, 2);
        byte[] ack = Deliver(mesh);
        ulong delivered = mesh[0].LastSentInnerId;
        mesh[0].Direct(mesh.IdOf(1), [2], 0, 1, mesh.NowMs);
        ulong next = mesh[0].LastSentInnerId;
        byte[] strangers = [.. ack];
        strangers[10] ^= 1;
        WirePeer peer = new(mesh[0], nowMs: mesh.NowMs);
        peer.Meet();
        peer.SendFrame(ack);
        peer.SendFrame(strangers);
        mesh.Poll(0);

        Assert.Equal(WhisperStatus.Delivered, mesh[0].StatusOf(delivered));
        Assert.NotEqual(WhisperStatus.Delivered, mesh[0].StatusOf(next));
        Assert.Equal(1u, mesh[0].Statistics.AcksReceived);
    }

    /// <summary>Sends a whisper that arrives and is acknowledged; the acknowledgement's frame.</summary>
    private static byte[] Deliver(CardedMesh mesh)
    {
        Recorder recorder = new();
        mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs);
        mesh.Contact(0, 1);
        mesh.Poll(1);
        mesh[1].Observer = recorder;
        mesh.Advance(AckDelayMs);
        mesh[1].Observer = null;
        byte[] ack = new byte[256];
        Assert.True(mesh[1].CopyFrame(recorder.Stored[^1].Id, ack));
        mesh.Contact(1, 0);
        mesh.Poll(0);
        Assert.Equal(WhisperStatus.Delivered, mesh[0].StatusOf(mesh[0].LastSentInnerId));
        return ack;
    }
}
