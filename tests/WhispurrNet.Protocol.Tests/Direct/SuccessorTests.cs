using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Direct;

/// <summary>Those who exchange direct whispers learn each other's next identity.</summary>
public class SuccessorTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void WhatIsSentToAFormerIdentityGoesToItsSuccessor()
    {
        CardedMesh mesh = Corresponding();
        byte[] former = mesh.IdOf(1);
        NextHour(mesh);
        Assert.Equal(1u, mesh[0].Statistics.SuccessorsLearned);
        byte[] next = mesh.IdOf(1);
        Assert.True(mesh[0].HasContact(next));

        mesh[0].Direct(former, [9], 0, 1, mesh.NowMs);
        byte[] frame = new byte[256];
        Assert.True(mesh[0].CopyFrame(mesh[0].LastSentId, frame));
        byte[] nonce = frame[18..42];
        byte[] key = CardKeyOf(mesh, next);
        Assert.Equal(System.Security.Cryptography.HMACSHA256.HashData(key, nonce)[..8], frame[2..10]);
        mesh.Contact(0, 1);
        Assert.Single(mesh.Poll(1), m => m.Type == WhisperType.Whisper);
    }

    [Fact]
    public void AChainOfSuccessorsIsFollowedWhileItsMailboxesLive()
    {
        CardedMesh mesh = Corresponding();
        byte[] first = mesh.IdOf(1);
        NextHour(mesh);
        Exchange(mesh);
        NextHour(mesh);
        Assert.Equal(2u, mesh[0].Statistics.SuccessorsLearned);
        Assert.Equal(SendResult.Queued, mesh[0].Direct(first, [9], 0, 1, mesh.NowMs));
        mesh.Contact(0, 1);

        Assert.Single(mesh.Poll(1), m => m.Type == WhisperType.Whisper);
    }

    [Fact]
    public void WhoNeverExchangedADirectWhisperIsNotTold()
    {
        CardedMesh mesh = new(256, 1, 2);
        NextHour(mesh);

        Assert.Equal(0u, mesh[1].Statistics.SuccessorsSent);
        Assert.Equal(0u, mesh[0].Statistics.SuccessorsLearned);
    }

    [Fact]
    public void ASuccessorWithoutAProofOrWithoutACardIsRefused()
    {
        DirectDesk desk = new();
        Person alice = new(100);
        DirectFault fault = new() { Type = (byte)WhisperType.PeerDiscovery };
        Assert.Empty(desk.Take(alice.Direct(desk.Maker, desk.PublicKey, desk.MailboxKey, fault)));
        Assert.Equal(1u, desk.Statistics.SuccessorsRefused);
        desk.Take(alice.CardFrame(desk.Maker));
        fault = new DirectFault { Type = (byte)WhisperType.PeerDiscovery, InnerId = 78 };
        Assert.Empty(desk.Take(alice.Direct(desk.Maker, desk.PublicKey, desk.MailboxKey, fault)));

        Assert.Equal(2u, desk.Statistics.SuccessorsRefused);
        Assert.Equal(0u, desk.Statistics.AcksSent);
    }

    [Fact]
    public void ACycleOfSuccessorsEnds()
    {
        ContactTable table = new(4);
        Person[] people = [new(1), new(2), new(3)];
        Array.ForEach(people, p => table.Learn(p.Id, Person.Timestamp, p.Card(), 0, 1000, 0));
        for (int i = 0; i < people.Length; i++)
        {
            table.SetSuccessor(table.Find(people[i].Id), people[(i + 1) % people.Length].Id);
        }

        Assert.InRange(table.FindLatest(people[0].Id), 0, 2);
        Assert.Equal(ContactTable.None, table.FindLatest(new Person(4).Id));
        table.SetSuccessor(table.Find(people[2].Id), new byte[16]);
        Assert.Equal(table.Find(people[2].Id), table.FindLatest(people[0].Id));
    }

    /// <summary>Two nodes that have written to each other.</summary>
    private static CardedMesh Corresponding()
    {
        CardedMesh mesh = new(256, 1, 2);
        Exchange(mesh);
        return mesh;
    }

    private static void Exchange(CardedMesh mesh)
    {
        Assert.Equal(SendResult.Queued, mesh[0].Direct(mesh.IdOf(1), [1], 0, 1, mesh.NowMs));
        for (int i = 0; i < 3; i++)
        {
            mesh.Contact(0, 1);
            mesh.Poll(0);
            mesh.Poll(1);
            mesh.Advance(20_000);
        }

        Assert.Equal(WhisperStatus.Delivered, mesh[0].StatusOf(mesh[0].LastSentInnerId));
    }

    /// <summary>Both take their next identity, and meet until that is known.</summary>
    private static void NextHour(CardedMesh mesh)
    {
        mesh.Advance(Hour - (mesh.NowMs % Hour));
        for (int i = 0; i < 6; i++)
        {
            mesh.Advance(30_000);
            mesh.Contact(0, 1);
            mesh.Poll(0);
            mesh.Poll(1);
        }
    }

    private static byte[] CardKeyOf(CardedMesh mesh, byte[] id)
    {
        ContactTable table = ObjectGraph.Walk(mesh[0]).Select(e => e.Value).OfType<ContactTable>().Single();
        byte[] key = new byte[32];
        table.CopyMailboxKey(table.Find(id), key);
        return key;
    }
}
