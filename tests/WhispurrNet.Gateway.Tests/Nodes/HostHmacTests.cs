using WhispurrNet.DeviceTests.Contracts;
using WhispurrNet.Gateway.Nodes;

namespace WhispurrNet.Gateway.Tests.Nodes;

/// <summary>The operating system's HMAC keeps the contract of the board's.</summary>
public sealed class HostHmacTests
{
    [Fact]
    public void Keeps_the_contract() => Assert.Empty(HmacContract.Failure(new HostHmacSha256()));
}
