using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links;

public class PeerTableTests
{
    private const int Capacity = 8;
    private const int StrangersMax = 2;
    private const uint Keep = PeerTable.KeepSeconds;

    private readonly PeerTable _table = new(Capacity, StrangersMax);

    [Fact]
    public void AnEmptyTableFindsNobody()
    {
        Assert.Equal(0, _table.Count);
        Assert.Equal(PeerTable.None, _table.FindNeighbour(0));
        Assert.Equal(PeerTable.None, _table.FindNeighbour(5));
        Assert.Equal(PeerTable.None, _table.FindKey(new byte[32], 0, true));
        Assert.Equal(PeerTable.None, _table.FindHandle(0, new byte[8], 0));
    }

    [Fact]
    public void APeerIsFoundByKeyByAddressAndByTheHandleOfEachSecret()
    {
        AddMember(1);
        int peer = AddMember(2);
        _table.SetNeighbour(peer, 0xC0FFEE);
        SetSecret(peer, PeerTable.Current, 10, sideA: true);
        SetSecret(peer, PeerTable.Pending, 11, sideA: false);

        Assert.Equal(peer, _table.FindKey([0, .. Bytes(2)], 1, true));
        Assert.Equal(PeerTable.None, _table.FindKey(Bytes(2), 0, false));
        Assert.Equal(peer, _table.FindNeighbour(0xC0FFEE));
        Assert.Equal((2 * peer) + PeerTable.Current, _table.FindHandle(0, Bytes(10), 0));
        Assert.Equal((2 * peer) + PeerTable.Pending, _table.FindHandle(0, Bytes(11), 0));
        Assert.True(_table.IsSideA(peer, PeerTable.Current));
        Assert.False(_table.IsSideA(peer, PeerTable.Pending));
    }

    [Fact]
    public void TwoSecretsWhoseHandlesStartAlikeAreBothFound()
    {
        int first = AddMember(1);
        int second = AddMember(2);
        SetSecret(first, PeerTable.Pending, 10, sideA: true);
        SetSecret(second, PeerTable.Current, 10, sideA: true);

        int found = _table.FindHandle(0, Bytes(10), 0);
        Assert.Equal((2 * first) + PeerTable.Pending, found);
        found = _table.FindHandle(found + 1, Bytes(10), 0);
        Assert.Equal((2 * second) + PeerTable.Current, found);
        Assert.Equal(PeerTable.None, _table.FindHandle(found + 1, Bytes(10), 0));
    }

    [Fact]
    public void APromotedSecretTakesThePlaceOfTheCurrentOneAndLeavesNoOther()
    {
        int peer = AddMember(1);
        SetSecret(peer, PeerTable.Current, 10, sideA: false);
        SetSecret(peer, PeerTable.Pending, 11, sideA: true);

        _table.Promote(peer);

        byte[] secret = new byte[32];
        _table.CopySecret(peer, PeerTable.Current, secret);
        Assert.Equal(Bytes(11), secret);
        Assert.True(_table.IsSideA(peer, PeerTable.Current));
        Assert.False(_table.HasSecret(peer, PeerTable.Pending));
        Assert.Equal(PeerTable.None, _table.FindHandle(0, Bytes(10), 0));
        AssertHolds(Bytes(10), false);
        AssertHolds(Bytes(11), true);
    }

    [Fact]
    public void AnAddressHasOnePeer()
    {
        int first = AddMember(1);
        int second = AddMember(2);
        _table.SetNeighbour(first, 7);
        _table.SetNeighbour(second, 7);

        Assert.Equal(second, _table.FindNeighbour(7));
        Assert.Equal(0ul, _table.NeighbourOf(first));
        _table.SetNeighbour(second, 7);
        Assert.Equal(second, _table.FindNeighbour(7));
    }

    [Fact]
    public void StrangersHaveAShareAndPushOutNobody()
    {
        for (int i = 0; i < StrangersMax; i++)
        {
            Assert.NotEqual(PeerTable.None, _table.Add(Bytes(50 + i), false, 0));
        }

        Assert.Equal(PeerTable.None, _table.Add(Bytes(60), false, 100 * Keep));
        for (int i = 0; i < Capacity - StrangersMax; i++)
        {
            AddMember(i);
        }

        Assert.Equal(Capacity, _table.Count);
        Assert.Equal(PeerTable.None, _table.Add(Bytes(60), false, 100 * Keep));
    }

    [Fact]
    public void AMemberTakesThePlaceOfTheOneUnusedForLongestButNotTooSoon()
    {
        for (int i = 0; i < Capacity; i++)
        {
            AddMember(i);
            _table.NoteUsed(i, (uint)(100 - i));
        }

        Assert.Equal(PeerTable.None, _table.Add(Bytes(20), true, 92 + Keep));
        Assert.Equal(Capacity - 1, _table.Add(Bytes(20), true, 93 + Keep));
        Assert.Equal(PeerTable.None, _table.FindKey(Bytes(Capacity - 1), 0, true));
        Assert.Equal(Capacity - 1, _table.FindKey(Bytes(20), 0, true));
    }

    [Fact]
    public void AMemberTakesTheOldPlaceOfAStrangerFirst()
    {
        int stranger = _table.Add(Bytes(50), false, 10);
        for (int i = 0; i < Capacity - 1; i++)
        {
            AddMember(i);
        }

        Assert.Equal(stranger, _table.Add(Bytes(20), true, 10 + Keep));
        Assert.True(_table.IsMember(stranger));
    }

    [Fact]
    public void APeerWithALinkKeepsItsPlace()
    {
        for (int i = 0; i < Capacity; i++)
        {
            AddMember(i);
            _table.Hold(i);
        }

        Assert.Equal(PeerTable.None, _table.Add(Bytes(20), true, 5 * Keep));
        _table.Release(3);
        Assert.Equal(3, _table.Add(Bytes(20), true, 5 * Keep));
    }

    [Fact]
    public void WhoseLastLinkGoesWithoutASecretIsForgotten()
    {
        int peer = AddMember(1);
        _table.Hold(peer);
        _table.Hold(peer);
        _table.Release(peer);
        Assert.Equal(1, _table.Count);
        _table.Release(peer);

        Assert.Equal(0, _table.Count);
        AssertHolds(Bytes(1)[..8], false);
    }

    [Fact]
    public void SecretsEndFourHoursAfterTheirHandshake()
    {
        int first = AddMember(1);
        int second = AddMember(2);
        SetSecret(first, PeerTable.Current, 10, sideA: true);
        SetSecret(first, PeerTable.Pending, 11, sideA: true);
        SetSecret(second, PeerTable.Current, 12, sideA: true);
        _table.NoteHandshake(first, 100);
        _table.NoteHandshake(second, 200);
        _table.Hold(second);
        Assert.Equal(100 + PeerTable.SecretSeconds, _table.NextEndSeconds);

        _table.Expire(99 + PeerTable.SecretSeconds);
        Assert.Equal(2, _table.Count);
        _table.Expire(100 + PeerTable.SecretSeconds);
        Assert.Equal(1, _table.Count);
        AssertHolds(Bytes(10), false);
        AssertHolds(Bytes(11), false);
        Assert.Equal(200 + PeerTable.SecretSeconds, _table.NextEndSeconds);

        _table.Expire(200 + PeerTable.SecretSeconds);
        AssertHolds(Bytes(12), false);
        Assert.Equal(1, _table.Count);
        Assert.Equal(uint.MaxValue, _table.NextEndSeconds);
    }

    [Fact]
    public void TheAgeOfAPeerBeginsWithItsFirstResumption()
    {
        int peer = AddMember(1);
        Assert.Equal(0u, _table.AgeOf(peer, 1000));
        _table.NoteResumed(peer, 1000);
        _table.NoteResumed(peer, 2000);
        Assert.Equal(1500u, _table.AgeOf(peer, 2500));
        _table.ForgetAge(peer);
        Assert.Equal(0u, _table.AgeOf(peer, 2500));
    }

    [Fact]
    public void AnIntroducedKeyIsFoundAndNotProven()
    {
        int peer = AddMember(1);
        Assert.True(_table.IsKeyProven(peer));
        _table.SetKey(peer, Bytes(9), 0, proven: false);

        Assert.Equal(peer, _table.FindKey(Bytes(9), 0, true));
        Assert.Equal(PeerTable.None, _table.FindKey(Bytes(1), 0, true));
        Assert.False(_table.IsKeyProven(peer));
    }

    [Fact]
    public void WipeLeavesNothing()
    {
        int peer = AddMember(1);
        SetSecret(peer, PeerTable.Current, 10, sideA: true);
        _table.NoteHandshake(peer, 100);
        _table.Wipe();

        Assert.Equal(0, _table.Count);
        Assert.All(Entries(), b => Assert.Equal(0, b));
        Assert.Equal(uint.MaxValue, _table.NextEndSeconds);
    }

    private int AddMember(int number)
    {
        return _table.Add(Bytes(number), true, 0);
    }

    private void SetSecret(int peer, int place, int number, bool sideA)
    {
        _table.SetSecret(peer, place, Bytes(number), 0, sideA, Bytes(number));
    }

    private byte[] Entries()
    {
        return ObjectGraph.Walk(_table).Select(e => e.Value).OfType<byte[]>().Single();
    }

    private void AssertHolds(byte[] bytes, bool expected)
    {
        Assert.Equal(expected, Entries().AsSpan().IndexOf(bytes) >= 0);
    }

    /// <summary>32 bytes told apart by a number.</summary>
    private static byte[] Bytes(int number)
    {
        return System.Security.Cryptography.SHA256.HashData([(byte)number]);
    }
}
