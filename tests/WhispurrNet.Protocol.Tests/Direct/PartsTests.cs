using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Direct;

/// <summary>Whispers that take more than one frame.</summary>
public class PartsTests
{
    private const long RefillMs = 30_000;

    public static TheoryData<int, int> Lengths => new()
    {
        { 256, 159 }, { 256, 316 }, { 256, 317 }, { 256, 1023 }, { 256, 1024 }, { 512, 415 }, { 512, 1024 },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void ALongBroadcastArrivesWhole(int frameSize, int length)
    {
        CardedMesh mesh = new(frameSize, 1, 2);
        byte[] payload = Payload(length);
        Assert.Equal(SendResult.Queued, mesh[0].Broadcast(payload, 0, length, mesh.NowMs));
        WhisperMessage message = Assert.Single(MeetUntilIdle(mesh));

        Assert.Equal(WhisperType.Broadcast, message.Type);
        Assert.Equal(payload, message.Payload[..message.PayloadCount]);
        Assert.Equal(mesh[0].LastSentId, message.FrameId);
        Assert.Equal(WhisperStatus.Relayed, mesh[0].StatusOf(mesh[0].LastSentInnerId));
    }

    [Theory]
    [InlineData(256, 63)]
    [InlineData(256, 228)]
    [InlineData(256, 229)]
    [InlineData(256, 1024)]
    [InlineData(512, 319)]
    [InlineData(512, 1024)]
    public void ALongDirectWhisperArrivesWholeAndIsAcknowledged(int frameSize, int length)
    {
        CardedMesh mesh = new(frameSize, 1, 2);
        byte[] payload = Payload(length);
        Assert.Equal(SendResult.Queued, mesh[0].Direct(mesh.IdOf(1), payload, 0, length, mesh.NowMs));
        WhisperMessage message = Assert.Single(MeetUntilIdle(mesh));

        Assert.True(message.SenderProven);
        Assert.Equal(payload, message.Payload[..message.PayloadCount]);
        Assert.Equal(payload, message.TakePayload());
        Assert.Equal(WhisperStatus.Delivered, mesh[0].StatusOf(mesh[0].LastSentInnerId));
    }

    [Fact]
    public void PartsLeaveAsTheBudgetAllowsAndOthersWaitForThem()
    {
        CardedMesh mesh = new(256, 1, 2);
        int before = mesh[0].HeldFrames;
        mesh[0].Broadcast(Payload(1024), 0, 1024, mesh.NowMs);

        Assert.Equal(4, mesh[0].HeldFrames - before);
        Assert.Equal(WhisperStatus.Queued, mesh[0].StatusOf(mesh[0].LastSentInnerId));
        Assert.Equal(SendResult.Congested, mesh[0].Broadcast([1], 0, 1, mesh.NowMs));
        Assert.Equal(SendResult.Queued, mesh[0].Emergency([1], 0, 1, mesh.NowMs));
        mesh.Advance(3 * RefillMs);
        Assert.Equal(8, mesh[0].HeldFrames - before);
        mesh.Advance(RefillMs);
        Assert.Equal(SendResult.Queued, mesh[0].Broadcast([1], 0, 1, mesh.NowMs));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PartsMayComeInAnyOrderAndTwice(bool direct)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            CardedMesh mesh = new(256, 1, 2);
            byte[] payload = Payload(700);
            byte[][] frames = FramesOf(mesh, direct, payload);
            byte[][] order = [.. frames.Concat(frames).OrderBy(_ => random.Next())];

            WhisperMessage message = Assert.Single(Hand(mesh, order));
            Assert.Equal(payload, message.Payload[..message.PayloadCount]);
            Assert.Equal(0u, mesh[1].Statistics.PartsRefused);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WithoutOneOfItsPartsNothingIsDelivered(bool direct)
    {
        for (int missing = 0; missing < 5; missing++)
        {
            CardedMesh mesh = new(256, 1, 2);
            byte[][] frames = FramesOf(mesh, direct, Payload(700));
            Assert.Equal(5, frames.Length);
            byte[][] others = [.. frames.Where((_, i) => i != missing)];
            Assert.Empty(Hand(mesh, others));
            mesh.Advance(3 * 3_600_000);

            Assert.Equal(direct && missing == 0 ? 0u : 1u, mesh[1].Statistics.ReassembliesExpired);
        }
    }

    [Fact]
    public void ThePartsOfTwoWhispersDoNotMix()
    {
        CardedMesh mesh = new(256, 1, 2, 3);
        byte[] first = Payload(200);
        byte[] second = [.. Payload(200).Reverse()];
        mesh[0].Direct(mesh.IdOf(1), first, 0, 200, mesh.NowMs);
        mesh[2].Direct(mesh.IdOf(1), second, 0, 200, mesh.NowMs);
        mesh.Contact(0, 1);
        mesh.Contact(2, 1);

        Assert.Equal(
            [first, second],
            mesh.Poll(1).OrderBy(m => m.SenderText != mesh[0].IdentityText).Select(m => m.TakePayload()));
    }

    [Fact]
    public void APartThatContradictsAnotherIsRefused()
    {
        DirectDesk desk = new();
        FrameMaker maker = new(5) { InnerId = 9 };
        byte[] payload = Payload(400);
        byte[][] honest = [.. Enumerable.Range(0, 3).Select(i => maker.Part(WhisperType.Broadcast, payload, i))];
        Assert.Empty(desk.Take(honest[0]));
        byte[][] forged =
        [
            maker.Part(WhisperType.Broadcast, Payload(401), 1),
            maker.Part((WhisperType)64, payload, 1),
            maker.Part(WhisperType.Broadcast, [.. payload.Reverse()], 0),
        ];
        Assert.Empty(desk.Take(forged));
        Assert.Equal(3u, desk.Statistics.PartsRefused);

        Assert.Equal(payload, Assert.Single(desk.Take(honest)).TakePayload());
    }

    [Theory]
    [InlineData(WhisperType.Emergency)]
    [InlineData(WhisperType.PeerDiscovery)]
    [InlineData(WhisperType.Ack)]
    public void WhatMustNotComeInPartsIsRefused(WhisperType type)
    {
        DirectDesk desk = new();

        Assert.Empty(desk.Take(new FrameMaker(5).Part(type, Payload(400), 0)));
        Assert.Equal(1u, desk.Statistics.WhisperMalformed);
    }

    [Fact]
    public void AFloodOfFirstPartsPushesOutNothingThatGoesOn()
    {
        CardedMesh mesh = new(256, 1, 2);
        byte[] payload = Payload(400);
        byte[][] direct = FramesOf(mesh, true, payload);
        Assert.Empty(Hand(mesh, direct[..2]));
        for (int i = 0; i < 100; i++)
        {
            byte[] flood = new FrameMaker(100 + i) { InnerId = (ulong)i + 1 }.Part(WhisperType.Broadcast, payload, 0);
            Assert.Empty(Hand(mesh, [flood]));
            mesh.Advance(1000);
        }

        Assert.Equal(payload, Assert.Single(Hand(mesh, direct[2..])).TakePayload());
        Assert.True(mesh[1].Statistics.PartsWaiting > 0);
        Assert.Equal(0u, mesh[1].Statistics.ReassembliesExpired);
    }

    [Fact]
    public void AWhisperThatFoundNoPlaceIsTakenWhenThereIsOne()
    {
        DirectDesk desk = new();
        byte[] payload = Payload(300);
        FrameMaker first = new(5) { InnerId = 1 };
        FrameMaker second = new(6) { InnerId = 2 };
        Assert.Empty(desk.Take(first.Part(WhisperType.Broadcast, payload, 0)));
        Assert.Empty(desk.Take(
            second.Part(WhisperType.Broadcast, payload, 1), second.Part(WhisperType.Broadcast, payload, 0)));
        Assert.Equal(2u, desk.Statistics.PartsWaiting);

        Assert.Equal(2, desk.Take(first.Part(WhisperType.Broadcast, payload, 1)).Count);
    }

    [Fact]
    public void APartThatWaitsIsEvictedLikeAnyOtherAndTakenAgain()
    {
        CardedMesh mesh = new(256, 1, 2);
        byte[][] frames = FramesOf(mesh, true, Payload(200));
        Assert.Empty(Hand(mesh, [frames[1]]));
        FrameMaker maker = new(9);
        for (int i = 0; i < 20; i++)
        {
            Hand(mesh, [maker.Resonate()]);
        }

        byte[] frame = new byte[256];
        Assert.False(mesh[1].CopyFrame(maker.IdOf(frames[1]), frame));
        mesh.Advance(61_000);
        Assert.Empty(Hand(mesh, [frames[0]]));
        Assert.Single(Hand(mesh, [frames[1]]));
    }

    private static byte[] Payload(int length)
    {
        byte[] payload = new byte[length];
        new Random(length).NextBytes(payload);
        return payload;
    }

    /// <summary>The frames of one whisper from the first node, to the second if direct.</summary>
    private static byte[][] FramesOf(CardedMesh mesh, bool direct, byte[] payload)
    {
        Recorder recorder = new();
        mesh[0].Observer = recorder;
        SendResult result = direct
            ? mesh[0].Direct(mesh.IdOf(1), payload, 0, payload.Length, mesh.NowMs)
            : mesh[0].Broadcast(payload, 0, payload.Length, mesh.NowMs);
        Assert.Equal(SendResult.Queued, result);
        mesh.Advance(4 * RefillMs);
        mesh[0].Observer = null;
        return [.. recorder.Stored.Select(s =>
        {
            byte[] frame = new byte[256];
            Assert.True(mesh[0].CopyFrame(s.Id, frame));
            return frame;
        })];
    }

    /// <summary>Hands frames to the second node one by one; what its application gets.</summary>
    private static List<WhisperMessage> Hand(CardedMesh mesh, byte[][] frames)
    {
        List<WhisperMessage> got = [];
        foreach (byte[] frame in frames)
        {
            WirePeer peer = new(mesh[1], nowMs: mesh.NowMs);
            peer.Meet();
            peer.SendFrame(frame);
            mesh[1].CloseLink(peer.Link, mesh.NowMs);
            got.AddRange(mesh.Poll(1));
        }

        return got;
    }

    /// <summary>Two nodes meet every half minute until parts and acknowledgement are through; what the second got.</summary>
    private static List<WhisperMessage> MeetUntilIdle(CardedMesh mesh)
    {
        List<WhisperMessage> got = [];
        for (int i = 0; i < 8; i++)
        {
            mesh.Contact(0, 1);
            got.AddRange(mesh.Poll(1));
            Assert.Empty(mesh.Poll(0));
            mesh.Advance(RefillMs);
        }

        return got;
    }
}
