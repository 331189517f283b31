using WhispurrNet.Protocol.Frames;
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

    private readonly FrameStore _store = new(4, 256, 3);
    private ulong _nextId = 1;

    [Fact]
    public void AFreeSlotIsTakenBeforeAnythingIsEvicted()
    {
        Fill(Stranger, Relayed, Relayed);

        Assert.Equal(3, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void AStrangerGoesBeforeTheNetworksOwn()
    {
        Fill(Relayed, Relayed, Stranger, Relayed);

        Assert.Equal(2, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void TheOneThatEndsSoonestGoesFirst()
    {
        Fill(Relayed, Relayed, Relayed);
        _store.Commit(3, 99, Relayed, 999, 999, 1, 0);

        Assert.Equal(3, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void WhatANeighbourHasTooGoesBeforeWhatMayBeTheLastCopy()
    {
        Fill(Relayed, Relayed, Relayed, Stranger);
        _store.Set(1, FrameStore.Shared);
        Assert.Equal(3, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
        _store.Remove(3);
        _store.Commit(3, 99, Relayed, 500, 500, 1, 0);

        Assert.Equal(1, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Theory]
    [InlineData(1500, 0)]
    [InlineData(1000, 0)]
    [InlineData(999, FrameStore.None)]
    public void AStrangerThatEndsSoonestOfAllIsNotTaken(long deadlineMs, int slot)
    {
        Fill(Stranger, Stranger);

        Assert.Equal(slot, _store.ChooseSlot(false, StrangersMax, deadlineMs, 1, 0));
    }

    [Fact]
    public void AStrangerThatANeighbourHasTooMakesRoomForAnyOther()
    {
        Fill(Stranger, Stranger);
        _store.Set(1, FrameStore.Shared);

        Assert.Equal(1, _store.ChooseSlot(false, StrangersMax, 1, 1, 0));
    }

    [Fact]
    public void AStrangerDeclinedThreeTimesKeepsNoneOut()
    {
        Fill(Stranger, Stranger);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(FrameStore.None, _store.ChooseSlot(false, StrangersMax, 1, 1, 0));
            _store.NoteDeclined(1);
        }

        Assert.Equal(1, _store.ChooseSlot(false, StrangersMax, 1, 1, 0));
        _store.NoteDeclined(1);
        Assert.Equal(1, _store.ChooseSlot(false, StrangersMax, 1, 1, 0));
        Assert.False(_store.Has(1, FrameStore.Shared));
        _store.Set(0, FrameStore.Shared);
        Assert.Equal(0, _store.ChooseSlot(false, StrangersMax, 1, 1, 0));
    }

    [Fact]
    public void ARelayedFrameGoesBeforeMine()
    {
        Fill(MineShared, MineShared, Relayed, MineShared);

        Assert.Equal(2, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void MineGoesWhenSomebodyHasTakenIt()
    {
        Fill(MineUnshared, MineShared, MineUnshared, MineShared);

        Assert.Equal(1, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void MineThatNobodyHasTakenNeverGoes()
    {
        Fill(MineUnshared, MineUnshared, MineUnshared, MineUnshared);

        Assert.Equal(FrameStore.None, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void AnEmergencyNeverGoes()
    {
        Fill(Relayed, Relayed, Relayed, Relayed);
        for (int i = 0; i < 4; i++)
        {
            _store.Set(i, FrameStore.Emergency);
        }

        Assert.Equal(FrameStore.None, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
        _store.Clear(3, FrameStore.Emergency);
        Assert.Equal(3, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void WhatTheApplicationHasNotHadNeverGoes()
    {
        Fill(Relayed, Relayed, Relayed, Relayed);
        for (int i = 0; i < 4; i++)
        {
            _store.Set(i, FrameStore.Pending);
        }

        Assert.Equal(FrameStore.None, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
        _store.Clear(2, FrameStore.Pending);
        Assert.Equal(2, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void AStrangerNeverTakesThePlaceOfTheNetworksOwn()
    {
        Fill(Relayed, Relayed, Relayed, Relayed);

        Assert.Equal(FrameStore.None, _store.ChooseSlot(false, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void AStrangerTakesThePlaceOfAStranger()
    {
        Fill(Relayed, Relayed, Stranger, Relayed);

        Assert.Equal(2, _store.ChooseSlot(false, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void StrangersKeepToTheirShareWithSlotsFree()
    {
        Fill(Stranger, Stranger);

        Assert.Equal(0, _store.ChooseSlot(false, StrangersMax, 1000, 1, 0));
        Assert.Equal(2, _store.ChooseSlot(true, StrangersMax, 1000, 1, 0));
    }

    [Fact]
    public void WithoutAShareAStrangerIsRefused()
    {
        Assert.Equal(FrameStore.None, _store.ChooseSlot(false, 0, 1000, 1, 0));
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
    public void EverySlotIsItsOwnPartOfTheBuffer()
    {
        for (int slot = 0; slot < 4; slot++)
        {
            Array.Fill(_store.Buffer, (byte)(slot + 1), _store.OffsetOf(slot), 256);
            _store.Commit(slot, (ulong)slot + 50, Relayed, 1000 + slot, 2000 + slot, 1, 0);
        }

        Assert.Equal(4 * 256, _store.Buffer.Length);
        for (int slot = 0; slot < 4; slot++)
        {
            byte[] frame = _store.Buffer[_store.OffsetOf(slot)..(_store.OffsetOf(slot) + 256)];
            Assert.All(frame, b => Assert.Equal(slot + 1, b));
            Assert.Equal(50ul + (ulong)slot, _store.IdAt(slot));
            Assert.Equal((1000L + slot, 2000L + slot), (_store.DeadlineAt(slot), _store.ClampAt(slot)));
            Assert.Equal(slot, _store.Find((ulong)slot + 50));
        }

        _store.Remove(2);
        Assert.Equal(FrameStore.None, _store.Find(52));
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
        FrameCodec.WriteMutable(_store.Buffer, 0, 256, 9, 1);
        _store.Commit(0, 5, Relayed, 1000, 2000, 1, 0);

        Assert.Equal(changed, _store.Upgrade(0, hops, deadlineMs));
        Assert.Equal((hopsAfter, deadlineAfterMs), (_store.HopsAt(0), _store.DeadlineAt(0)));
    }

    [Fact]
    public void StagesCountEachFrameOnceAndInOneStage()
    {
        FrameStages stages = new(5);
        stages.SetToOffer(0);
        stages.SetToOffer(0);
        stages.SetToOffer(1);
        stages.SetToSend(1);
        stages.SetToSend(4);
        stages.SetOffered(3, 0);
        Assert.Equal(3, stages.OfferedAt(0));
        Assert.Equal(FrameStore.None, stages.OfferedAt(1));
        stages.Clear(3);
        Assert.Equal(FrameStore.None, stages.OfferedAt(0));

        Assert.Equal((1, 2), (stages.ToOfferCount, stages.ToSendCount));
        Assert.True(stages.IsToOffer(0));
        Assert.False(stages.IsToOffer(1));
        Assert.True(stages.IsToSend(1));
        stages.Clear(1);
        Assert.Equal((1, 1), (stages.ToOfferCount, stages.ToSendCount));
        stages.ClearAll();
        Assert.Equal((0, 0), (stages.ToOfferCount, stages.ToSendCount));
        Assert.False(stages.IsToSend(4));
    }

    private void Fill(params byte[] flags)
    {
        foreach (byte flag in flags)
        {
            _store.Commit(_store.ChooseSlot(true, StrangersMax, 1000, 1, 0), _nextId++, flag, 1000, 1000, 1, 0);
        }
    }
}
