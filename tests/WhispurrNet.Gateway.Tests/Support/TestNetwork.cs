using System.Security.Cryptography;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Gateway.Tests.Support;

/// <summary>Join codes and gateways for tests.</summary>
internal static class TestNetwork
{
    public static string NewJoinCode() => NetworkKey.CreateJoinCode(RandomNumberGenerator.GetBytes(16));

    public static GatewayOptions Options(string? joinCode = null) => new() { Port = 0, JoinCode = joinCode };

    public static Task<GatewayServer> StartAsync(GatewayOptions options) =>
        GatewayServer.StartAsync(options, TestContext.Current.CancellationToken);
}
