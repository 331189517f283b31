using WhispurrNet.Instrumentation;
using Xunit;

namespace WhispurrNet.IlCounter.Tests.Gate;

/// <summary>
/// What the core does for each frame costs the same however much it holds, and allocates nothing. Counted with full stores, of a
/// small board, of one with external RAM, and sixteen times as large.
/// </summary>
public class FrugalityTests
{
    private const int Small = 16;
    private const int Full = 64;
    private const int Large = 1024;

    /// <summary>A chain of the index is a little longer or shorter: that is all.</summary>
    [Theory]
    [InlineData("tag-match", 1.01)]
    [InlineData("seen-lookup", 2.5)]
    [InlineData("store-find", 2)]
    [InlineData("store-insert", 1.5)]
    [InlineData("relay-duplicate", 1.25)]
    [InlineData("digest-update", 1.01)]
    [InlineData("digest-compare", 1.25)]
    public void TheSizeOfTheStoreHasNoPart(string operation, double factor)
    {
        (long small, long full, long large) = Count(operation);

        Assert.True(Math.Max(full, large) <= small * factor, $"{operation}: {small:N0}, {full:N0}, {large:N0}");
    }

    /// <summary>
    /// Who goes is decided by the worth of the frames held, of 64 at most, in a larger store of 32 that stand for all. So a store of 64
    /// costs more than one of 16, but less than four times as much, and one of 1,024 no more than that.
    /// </summary>
    [Theory]
    [InlineData("store-insert-evicting")]
    [InlineData("relay-decision")]
    [InlineData("relay-frame-256")]
    public void WhatEvictsLooksAtSixtyFourFramesAtMost(string operation)
    {
        (long small, long full, long large) = Count(operation);

        Assert.True(Math.Max(full, large) <= small * 4, $"{operation}: {small:N0}, {full:N0}, {large:N0}");
    }

    [Theory]
    [InlineData("relay-frame-256")]
    public void AForeignFrameIsRelayedWithinItsTargetWhateverIsHeld(string operation)
    {
        (long small, long full, long large) = Count(operation);

        Assert.InRange(Math.Max(Math.Max(small, full), large), 1, 12_000);
    }

    [Theory]
    [InlineData("tag-match")]
    [InlineData("seen-lookup")]
    [InlineData("store-insert-evicting")]
    [InlineData("relay-decision")]
    [InlineData("relay-duplicate")]
    [InlineData("relay-frame-256")]
    [InlineData("relay-frame-256-contact")]
    [InlineData("digest-update")]
    [InlineData("digest-compare")]
    [InlineData("whisper-seal")]
    [InlineData("whisper-open")]
    public void NothingIsAllocated(string operation)
    {
        Assert.Equal(0, Measured.Of(operation).BytesAllocated);
    }

    private static (long Small, long Full, long Large) Count(string operation)
    {
        using Costs costs = new();
        long small = costs.MeasureAt(operation, Small).NativeIl;
        long full = costs.MeasureAt(operation, Full).NativeIl;
        long large = costs.MeasureAt(operation, Large).NativeIl;
        TestContext.Current.TestOutputHelper?.WriteLine($"{operation}: {small:N0}, {full:N0}, {large:N0}");
        return (small, full, large);
    }
}
