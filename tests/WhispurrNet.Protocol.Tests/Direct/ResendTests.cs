using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Direct;

/// <summary>What is not acknowledged is sent again, and what is sent again is given to the application once.</summary>
public class ResendTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AWhisperIsSentAtMostThreeTimesAndNeverBeforeHalfOfALifetime(int seed)
    {
        CardedMesh mesh = new(256, seed * 10, 2);
        Recorder recorder = new();
        mesh[0].Observer = recorder;
        long startMs = mesh.NowMs;
        Assert.Equal(SendResult.Queued, mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs));
        ulong id = mesh[0].LastSentInnerId;
        List<long> sends = [0];
        while (mesh[0].StatusOf(id) != WhisperStatus.Expired)
        {
            uint before = mesh[0].Statistics.Resent;
            mesh.Advance(10_000);
            if (mesh[0].Statistics.Resent > before)
            {
                sends.Add(mesh.NowMs - startMs);
            }
        }

        Assert.Equal(3, sends.Count);
        Assert.All(sends.Zip(sends[1..]), pair => Assert.InRange(pair.Second - pair.First, Hour * 7 / 8, Hour + 10_000));
        Assert.InRange(mesh.NowMs - startMs, 3 * Hour, (3 * Hour) + 10_000);
        Assert.Equal(1u, mesh[0].Statistics.Unacknowledged);
        Assert.Equal((id, WhisperStatus.Expired), recorder.Statuses[^1]);
        mesh.Advance(Hour);
        Assert.Equal(2u, mesh[0].Statistics.Resent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    public void WhenTheAcknowledgementIsLostTheResendBringsAnotherAndTheApplicationHearsOnce(int length)
    {
        CardedMesh mesh = new(256, 1, 2);
        mesh[0].Direct(mesh.IdOf(1), new byte[length], 0, length, mesh.NowMs);
        ulong id = mesh[0].LastSentInnerId;
        int got = 0;
        for (int i = 0; i < 10; i++)
        {
            mesh.Contact(0, 1);
            got += mesh.Poll(1).Count(m => m.PayloadCount == length);
            mesh.Advance(30_000);
            Discard(mesh, 1);
        }

        Assert.Equal(1, got);
        Assert.Equal(1u, mesh[1].Statistics.AcksSent);
        Assert.Equal(WhisperStatus.Relayed, mesh[0].StatusOf(id));
        mesh.Advance(Hour - 300_000);
        for (int i = 0; i < 10; i++)
        {
            mesh.Contact(0, 1);
            got += mesh.Poll(1).Count(m => m.PayloadCount == length);
            mesh.Poll(0);
            mesh.Advance(30_000);
        }

        Assert.Equal(1u, mesh[0].Statistics.Resent);
        Assert.Equal(1, got);
        Assert.Equal(WhisperStatus.Delivered, mesh[0].StatusOf(id));
    }

    [Fact]
    public void APartThatWasLostComesWithTheResendAndCompletesTheFirstSend()
    {
        CardedMesh mesh = new(256, 1, 2);
        byte[] payload = [.. Enumerable.Range(0, 229).Select(i => (byte)i)];
        mesh[0].Direct(mesh.IdOf(1), payload, 0, payload.Length, mesh.NowMs);
        byte[] first = new byte[256];
        Assert.True(mesh[0].CopyFrame(mesh[0].LastSentId, first));
        WirePeer peer = new(mesh[1], nowMs: mesh.NowMs);
        peer.Meet();
        peer.SendFrame(first);
        mesh[1].CloseLink(peer.Link, mesh.NowMs);
        Assert.Empty(mesh.Poll(1));

        // The first node goes on alone until it sends again; its frames of the first send have ended everywhere then.
        while (mesh[0].Statistics.Resent == 0)
        {
            mesh.Advance(10_000);
        }

        mesh.Contact(0, 1);
        WhisperMessage message = Assert.Single(mesh.Poll(1), m => m.SenderProven);
        Assert.Equal(payload, message.TakePayload());
        Assert.Equal(0u, mesh[1].Statistics.PartsRefused);
    }

    [Fact]
    public void AResendComesFromTheIdentityThatTheWhisperWasSentBy()
    {
        CardedMesh mesh = new(256, 1, 2);
        mesh.Advance(Hour - mesh.NowMs - 60_000);
        mesh.MeetAll();
        string sender = mesh[0].IdentityText;
        Assert.Equal(SendResult.Queued, mesh[0].Direct(mesh.IdOf(1), [7], 0, 1, mesh.NowMs));
        mesh.Advance(Hour + 300_000);
        Assert.NotEqual(sender, mesh[0].IdentityText);
        Assert.Equal(1u, mesh[0].Statistics.Resent);
        mesh.Contact(0, 1);

        WhisperMessage message = Assert.Single(mesh.Poll(1));
        Assert.Equal(sender, message.SenderText);
        Assert.True(message.SenderProven);
    }

    [Fact]
    public void OwnFramesAreKeptWhileTheyAreUnderWayAndNoLonger()
    {
        CardedMesh mesh = new(256, 1, 2);
        mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs);
        FrameStore store = ObjectGraph.Walk(mesh[0]).Select(e => e.Value).OfType<FrameStore>().Single();
        int slot = store.Find(mesh[0].LastSentId);
        mesh.Contact(0, 1);
        Assert.True(store.Has(slot, FrameStore.Mine | FrameStore.Shared | FrameStore.Direct));

        mesh.Poll(1);
        mesh.Advance(20_000);
        mesh.Contact(1, 0);
        mesh.Poll(0);
        Assert.Equal(WhisperStatus.Delivered, mesh[0].StatusOf(mesh[0].LastSentInnerId));
        Assert.False(store.Has(slot, FrameStore.Direct));
    }

    [Theory]
    [InlineData(FrameStore.Own | FrameStore.Mine | FrameStore.Shared | FrameStore.Direct, false)]
    [InlineData(FrameStore.Own | FrameStore.Mine | FrameStore.Shared, true)]
    [InlineData(FrameStore.Own | FrameStore.Waiting, true)]
    public void TheStoreEvictsOwnFramesOnlyWhenTheyAreNotUnderWay(int flags, bool evicted)
    {
        FrameStore store = new(1, 256, 1);
        store.Commit(0, 1, (byte)flags, 1000, 1000, 0, 0);

        Assert.Equal(evicted ? 0 : FrameStore.None, store.ChooseSlot(true, 0, 1000, 0, 0));
    }

    [Fact]
    public void ABoardThatWasSwitchedOffForgetsWhatItWaitedForAndTheOtherSideExpires()
    {
        CardedMesh mesh = new(256, 1, 2);
        mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs);
        ulong id = mesh[0].LastSentInnerId;
        mesh.Contact(0, 1);

        // The recipient starts anew, with other keys: what is for its former identity opens nowhere.
        NodeCore again = TestNetwork.Node(77);
        LinkPair.Contact(mesh[0], again, mesh.NowMs);
        Assert.DoesNotContain(PollAll(again), m => m.Type == WhisperType.Whisper);

        // The sender starts anew: an acknowledgement of what it sent before is a frame like any other.
        Assert.Single(mesh.Poll(1), m => m.SenderProven);
        mesh.Advance(20_000);
        NodeCore sender = TestNetwork.Node(78);
        LinkPair.Contact(mesh[1], sender, mesh.NowMs);
        Assert.Empty(PollAll(sender));
        Assert.Equal(WhisperStatus.Unknown, sender.StatusOf(id));
        Assert.Equal(0u, sender.Statistics.AcksReceived);
        mesh.Advance(3 * Hour);
        Assert.Equal(WhisperStatus.Expired, mesh[0].StatusOf(id));
    }

    [Fact]
    public void ABroadcastThatNobodyTakesExpires()
    {
        NodeCore node = TestNetwork.Node(1);
        Assert.Equal(SendResult.Queued, node.Broadcast([1], 0, 1, 0));
        ulong single = node.LastSentInnerId;
        Assert.Equal(SendResult.Queued, node.Broadcast(new byte[200], 0, 200, 0));
        ulong parts = node.LastSentInnerId;
        node.HandleTimeout(Hour - 300_000);
        Assert.Equal([WhisperStatus.Queued, WhisperStatus.Queued], new[] { single, parts }.Select(node.StatusOf));
        node.HandleTimeout(Hour);

        Assert.Equal([WhisperStatus.Expired, WhisperStatus.Expired], new[] { single, parts }.Select(node.StatusOf));
    }

    [Fact]
    public void MoreThanTheNodeCanLookAfterIsRefusedByName()
    {
        CardedMesh mesh = new(256, 1, 2);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(SendResult.Queued, mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs));
        }

        mesh.Advance(60_000);
        Assert.Equal(SendResult.TooManyPending, mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs));
        Assert.Equal(SendResult.Queued, mesh[0].Broadcast([1], 0, 1, mesh.NowMs));
        Assert.Equal(1u, mesh[0].Statistics.TooManyPending);
    }

    /// <summary>Whatever a node has sent of its own is gone: it reaches nobody.</summary>
    private static void Discard(CardedMesh mesh, int index)
    {
        NodeCore taker = TestNetwork.Node(900 + index, TestNetwork.Keyless);
        LinkPair.Contact(mesh[index], taker, mesh.NowMs);
    }

    private static List<WhisperMessage> PollAll(NodeCore node)
    {
        List<WhisperMessage> all = [];
        for (WhisperMessage message = TestNetwork.Message(node);
            node.PollWhisper(message);
            message = TestNetwork.Message(node))
        {
            all.Add(message);
        }

        return all;
    }
}
