using WhispurrNet.Instrumentation;
using Xunit;

namespace WhispurrNet.IlCounter.Tests.Gate;

/// <summary>What the project set itself as the most that an operation may cost, whatever the records say.</summary>
public class TargetTests
{
    [Theory]
    [InlineData("x25519", 1_400_000)]
    [InlineData("x25519-base", 1_300_000)]
    [InlineData("chacha20poly1305-seal-64", 13_500)]
    [InlineData("chacha20poly1305-seal-1024", 100_000)]
    [InlineData("xchacha20poly1305-open-256", 36_000)]
    [InlineData("sha256-block", 7_200)]
    [InlineData("blake2s-block", 5_200)]
    [InlineData("ed25519-sign", 1_200_000)]
    [InlineData("ed25519-verify", 2_200_000)]
    [InlineData("noise-xxpsk3-side", 6_000_000)]
    [InlineData("noise-xxpsk3-side-responder", 6_000_000)]
    [InlineData("noise-xxpsk3-contact", 4_700_000)]
    [InlineData("noise-xxpsk3-contact-responder", 4_700_000)]
    [InlineData("link-resume-side", 500_000)]
    [InlineData("link-resume-side-responder", 500_000)]
    public void WithTheManagedHmac(string operation, long most)
    {
        Assert.InRange(Measured.Of(operation).ManagedIl, 1, most);
    }

    [Theory]
    [InlineData("link-resume-side", 60_000)]
    [InlineData("link-resume-side-responder", 60_000)]
    [InlineData("relay-frame-256", 12_000)]
    [InlineData("relay-frame-256-contact", 12_000)]
    public void WithANativeHmac(string operation, long most)
    {
        Assert.InRange(Measured.Of(operation).NativeIl, 1, most);
    }

    /// <summary>From the node's making to the bytes of its first advertisement, besides its three key pairs.</summary>
    [Fact]
    public void ANodeStartsWithinHalfAMillion()
    {
        Cost start = Measured.Of("node-start");
        long keyMaking = 3 * Measured.Of("x25519-base").ManagedIl;

        Assert.InRange(start.NativeIl - keyMaking, 1, 500_000);
        Assert.InRange(start.ManagedIl - keyMaking, 1, 500_000);
    }
}
