using WhispurrNet.Instrumentation;
using Xunit;

namespace WhispurrNet.IlCounter.Tests;

/// <summary>The counts of the operations: repeatable, and in the proportions that follow from what they do.</summary>
public class CostsTests
{
    private static readonly IReadOnlyList<Cost> s_costs = Costs.Measure();

    [Fact]
    public void ASecondMeasurementGivesTheSame()
    {
        Assert.Equal(s_costs, Costs.Measure());
    }

    [Fact]
    public void AnHmacOutsideOfDeviceCodeCountsAsOne()
    {
        Cost hmac = Of("HMAC-SHA256, 32 bytes");

        Assert.Equal((1, 1), (hmac.NativeIl, hmac.Hmacs));
        Assert.True(hmac.ManagedIl > 10_000);
        Assert.All(s_costs, cost => Assert.True(cost.NativeIl <= cost.ManagedIl, cost.Operation));
    }

    /// <summary>A side computes three shared secrets, and one public key more if it has none ready.</summary>
    [Fact]
    public void AHandshakeIsThreeCurveOperationsOrFour()
    {
        long curve = Of("X25519").ManagedIl;
        long keyPair = Of("X25519, base point").ManagedIl;
        long ahead = Of("XXpsk3 initiator, key pair made ahead").NativeIl;
        long making = Of("XXpsk3 initiator, making its key pair").NativeIl;

        Assert.InRange(ahead, 3 * curve, (3 * curve) + (curve / 2));
        Assert.InRange(making - ahead, keyPair, keyPair + 100);
    }

    [Fact]
    public void ADirectWhisperIsThreeCurveOperationsToSealAndTwoToOpen()
    {
        long curve = Of("X25519").ManagedIl;

        Assert.InRange(Of("direct seal").NativeIl, (2 * curve) + Of("X25519, base point").ManagedIl, 7 * curve / 2);
        Assert.InRange(Of("direct open").NativeIl, 2 * curve, 5 * curve / 2);
    }

    /// <summary>What makes contacts affordable: no curve operation, and few HMACs.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    public void AResumptionCostsATenthOfAHandshakeAndWithTheFirmwaresHmacAnEightieth(string side)
    {
        Cost full = Of("link opened by full handshake, " + side);
        Cost resumed = Of("link opened by resumption, " + side);

        Assert.True(full.ManagedIl >= 10 * resumed.ManagedIl, $"{full} {resumed}");
        Assert.True(full.NativeIl >= 80 * resumed.NativeIl, $"{full} {resumed}");
        Assert.InRange(resumed.Hmacs, 1, 8);
    }

    private static Cost Of(string operation) => s_costs.Single(cost => cost.Operation == operation);
}
