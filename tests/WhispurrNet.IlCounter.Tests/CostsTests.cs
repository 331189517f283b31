using WhispurrNet.Instrumentation;
using WhispurrNet.IlCounter.Tests.Gate;
using Xunit;

namespace WhispurrNet.IlCounter.Tests;

/// <summary>The counts of the operations: repeatable, and in the proportions that follow from what they do.</summary>
public class CostsTests
{
    [Theory]
    [InlineData("chacha20poly1305-seal-64")]
    [InlineData("link-resume-side")]
    [InlineData("relay-frame-256")]
    [InlineData("digest-update")]
    public void ASecondMeasurementGivesTheSame(string operation)
    {
        using Costs costs = new();

        Assert.Equal(Of(operation), costs.Measure(operation));
    }

    [Fact]
    public void WhatIsNoOperationIsNotMeasured()
    {
        using Costs costs = new();

        Assert.Throws<ArgumentException>(() => costs.Measure("rot13"));
        Assert.Throws<ArgumentException>(() => costs.MeasureAt("x25519", 16));
    }

    /// <summary>The names that programs look for in what <c>whispurr bench --json</c> prints.</summary>
    [Theory]
    [InlineData("x25519")]
    [InlineData("x25519-base")]
    [InlineData("chacha20poly1305-seal-64")]
    [InlineData("chacha20poly1305-seal-1024")]
    [InlineData("xchacha20poly1305-open-256")]
    [InlineData("sha256-block")]
    [InlineData("blake2s-block")]
    [InlineData("ed25519-sign")]
    [InlineData("ed25519-verify")]
    [InlineData("noise-xxpsk3-side")]
    [InlineData("noise-xxpsk3-contact")]
    [InlineData("link-resume-side")]
    [InlineData("relay-frame-256")]
    public void ItHasTheNamesThatAreLookedFor(string operation)
    {
        Assert.True(Of(operation).ManagedIl > 0);
    }

    [Fact]
    public void AnHmacOutsideOfDeviceCodeCountsAsOne()
    {
        Cost hmac = Of("hmac-sha256-32");

        Assert.Equal((1, 1), (hmac.NativeIl, hmac.Hmacs));
        Assert.True(hmac.ManagedIl > 10_000);
        Assert.All(Measured.All, cost => Assert.True(cost.NativeIl <= cost.ManagedIl, cost.Operation));
    }

    /// <summary>A side computes three shared secrets, and one public key more if it has none ready.</summary>
    [Fact]
    public void AHandshakeIsThreeCurveOperationsOrFour()
    {
        long curve = Of("x25519").ManagedIl;
        long keyPair = Of("x25519-base").ManagedIl;
        long ahead = Of("noise-xxpsk3-contact").NativeIl;
        long making = Of("noise-xxpsk3-side").NativeIl;

        Assert.InRange(ahead, 3 * curve, (3 * curve) + (curve / 2));
        Assert.InRange(making - ahead, keyPair, keyPair + 100);
    }

    [Fact]
    public void ADirectWhisperIsThreeCurveOperationsToSealAndTwoToOpen()
    {
        long curve = Of("x25519").ManagedIl;

        Assert.InRange(Of("direct-seal").NativeIl, (2 * curve) + Of("x25519-base").ManagedIl, 7 * curve / 2);
        Assert.InRange(Of("direct-open").NativeIl, 2 * curve, 5 * curve / 2);
    }

    /// <summary>What makes contacts affordable: no curve operation, and few HMACs.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-responder")]
    public void AResumptionCostsATenthOfAHandshakeAndWithTheFirmwaresHmacAnEightieth(string side)
    {
        Cost full = Of("link-handshake-side" + side);
        Cost resumed = Of("link-resume-side" + side);

        Assert.True(full.ManagedIl >= 10 * resumed.ManagedIl, $"{full} {resumed}");
        Assert.True(full.NativeIl >= 80 * resumed.NativeIl, $"{full} {resumed}");
        Assert.InRange(resumed.Hmacs, 1, 8);
    }

    private static Cost Of(string operation) => Measured.Of(operation);
}
