using WhispurrNet.Protocol.Gossip;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

/// <summary>Each rule of eviction by itself, on a store of four slots with room for two strangers.</summary>
public class FrameStoreTests
{
    private const byte Stranger = 0;
    private const byte Relayed = FrameStore.Own;
    private const byte MineShared = FrameStore.Own | FrameStore.Mine | FrameStore.Shared;
    private const byte MineUnshared = FrameStore.Own | FrameStore.Mine;
    private const int StrangersMax = 2;

    private readonly FrameStore _store = new(4, 256);
    private ulong _nextId = 1;

    [Fact]
    public void AFreeSlotIsTakenBeforeAnythingIsEvicted()
    {
        Fill(Stranger, Relayed, Relayed);

        Assert.Equal(3, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Fact]
    public void AStrangerGoesBeforeTheNetworksOwn()
    {
        Fill(Relayed, Relayed, Stranger, Relayed);

        Assert.Equal(2, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Fact]
    public void TheOneThatEndsSoonestGoesFirst()
    {
        Fill(Relayed, Relayed, Relayed);
        _store.Put(3, new byte[256], 0, 99, Relayed, 0, 999, 999);

        Assert.Equal(3, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Fact]
    public void WhatANeighbourHasTooGoesBeforeWhatMayBeTheLastCopy()
    {
        Fill(Relayed, Relayed, Relayed, Stranger);
        _store.Set(1, FrameStore.Shared);
        Assert.Equal(3, _store.ChooseSlot(true, StrangersMax, 1000));
        _store.Remove(3);
        _store.Put(3, new byte[256], 0, 99, Relayed, 0, 500, 500);

        Assert.Equal(1, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Theory]
    [InlineData(1500, 0)]
    [InlineData(1000, 0)]
    [InlineData(999, FrameStore.None)]
    public void AStrangerThatEndsSoonestOfAllIsNotTaken(long deadlineMs, int slot)
    {
        Fill(Stranger, Stranger);

        Assert.Equal(slot, _store.ChooseSlot(false, StrangersMax, deadlineMs));
    }

    [Fact]
    public void AStrangerThatANeighbourHasTooMakesRoomForAnyOther()
    {
        Fill(Stranger, Stranger);
        _store.Set(1, FrameStore.Shared);

        Assert.Equal(1, _store.ChooseSlot(false, StrangersMax, 1));
    }

    [Fact]
    public void ARelayedFrameGoesBeforeMine()
    {
        Fill(MineShared, MineShared, Relayed, MineShared);

        Assert.Equal(2, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Fact]
    public void MineGoesWhenSomebodyHasTakenIt()
    {
        Fill(MineUnshared, MineShared, MineUnshared, MineShared);

        Assert.Equal(1, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Fact]
    public void MineThatNobodyHasTakenNeverGoes()
    {
        Fill(MineUnshared, MineUnshared, MineUnshared, MineUnshared);

        Assert.Equal(FrameStore.None, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Fact]
    public void AnEmergencyNeverGoes()
    {
        Fill(Relayed, Relayed, Relayed, Relayed);
        for (int i = 0; i < 4; i++)
        {
            _store.Set(i, FrameStore.Emergency);
        }

        Assert.Equal(FrameStore.None, _store.ChooseSlot(true, StrangersMax, 1000));
        _store.Clear(3, FrameStore.Emergency);
        Assert.Equal(3, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Fact]
    public void WhatTheApplicationHasNotHadNeverGoes()
    {
        Fill(Relayed, Relayed, Relayed, Relayed);
        for (int i = 0; i < 4; i++)
        {
            _store.SetPending(i, i);
        }

        Assert.Equal(FrameStore.None, _store.ChooseSlot(true, StrangersMax, 1000));
        Assert.Equal(2, _store.EntryAt(2));
        _store.Clear(2, FrameStore.Pending);
        Assert.Equal(2, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Fact]
    public void AStrangerNeverTakesThePlaceOfTheNetworksOwn()
    {
        Fill(Relayed, Relayed, Relayed, Relayed);

        Assert.Equal(FrameStore.None, _store.ChooseSlot(false, StrangersMax, 1000));
    }

    [Fact]
    public void AStrangerTakesThePlaceOfAStranger()
    {
        Fill(Relayed, Relayed, Stranger, Relayed);

        Assert.Equal(2, _store.ChooseSlot(false, StrangersMax, 1000));
    }

    [Fact]
    public void StrangersKeepToTheirShareWithSlotsFree()
    {
        Fill(Stranger, Stranger);

        Assert.Equal(0, _store.ChooseSlot(false, StrangersMax, 1000));
        Assert.Equal(2, _store.ChooseSlot(true, StrangersMax, 1000));
    }

    [Fact]
    public void WithoutAShareAStrangerIsRefused()
    {
        Assert.Equal(FrameStore.None, _store.ChooseSlot(false, 0, 1000));
    }

    [Fact]
    public void CountsFollowPutAndRemove()
    {
        Fill(Stranger, Relayed, Stranger);
        Assert.Equal((3, 2), (_store.Count, _store.Strangers));
        _store.Remove(0);
        _store.Remove(1);

        Assert.Equal((1, 1), (_store.Count, _store.Strangers));
        Assert.False(_store.Has(0, FrameStore.Used));
    }

    [Fact]
    public void AFrameIsCopiedFromItsOffset()
    {
        byte[] source = new byte[300];
        new Random(14).NextBytes(source);
        _store.Put(1, source, 7, 5, Relayed, 9, 1000, 2000);
        byte[] expected = source[7..263];
        Array.Clear(source);

        Assert.Equal(expected, _store.FrameAt(1));
        Assert.Equal((5ul, 9, 1000L, 2000L), (_store.IdAt(1), _store.HopsAt(1), _store.DeadlineAt(1), _store.ClampAt(1)));
    }

    [Theory]
    [InlineData(9, 1000, false, 9, 1000)]
    [InlineData(8, 900, false, 9, 1000)]
    [InlineData(10, 900, true, 10, 1000)]
    [InlineData(3, 1500, true, 9, 1500)]
    [InlineData(10, 9999, true, 10, 2000)]
    public void AnUpgradeTakesTheBetterOfEachWithinTheClamp(
        int hops, long deadlineMs, bool changed, int hopsAfter, long deadlineAfterMs)
    {
        _store.Put(0, new byte[256], 0, 5, Relayed, 9, 1000, 2000);

        Assert.Equal(changed, _store.Upgrade(0, hops, deadlineMs));
        Assert.Equal((hopsAfter, deadlineAfterMs), (_store.HopsAt(0), _store.DeadlineAt(0)));
    }

    [Fact]
    public void SlotSetCountsEachSlotOnce()
    {
        SlotSet set = new(19);
        for (int round = 0; round < 2; round++)
        {
            for (int slot = 0; slot < 19; slot += 3)
            {
                set.Add(slot);
            }
        }

        Assert.Equal(7, set.Count);
        Assert.All(Enumerable.Range(0, 19), slot => Assert.Equal(slot % 3 == 0, set.Contains(slot)));
        set.Remove(0);
        set.Remove(1);
        Assert.Equal(6, set.Count);
        set.Clear();
        Assert.Equal(0, set.Count);
        Assert.False(set.Contains(18));
    }

    private void Fill(params byte[] flags)
    {
        foreach (byte flag in flags)
        {
            _store.Put(_store.ChooseSlot(true, StrangersMax, 1000), new byte[256], 0, _nextId++, flag, 5, 1000, 1000);
        }
    }
}
