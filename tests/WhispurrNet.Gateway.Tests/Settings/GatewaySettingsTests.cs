using System.Net;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Tests.Support;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Gateway.Tests.Settings;

/// <summary>Settings from the environment, and the sentences for those that are not right.</summary>
public sealed class GatewaySettingsTests
{
    [Fact]
    public void An_empty_environment_gives_the_defaults()
    {
        GatewayOptions options = GatewaySettings.FromEnvironment(_ => null);

        Assert.Equal(IPAddress.Loopback, options.Address);
        Assert.Equal(8765, options.Port);
        Assert.Equal(64, options.MaxPeers);
        Assert.Equal(TimeSpan.FromHours(1), options.MessageTtl);
        Assert.Null(options.Token);
        Assert.Null(options.JoinCode);
    }

    [Fact]
    public void Every_variable_is_read()
    {
        string code = TestNetwork.NewJoinCode();
        var variables = new Dictionary<string, string>
        {
            ["WHISPURRNET_HOST"] = "0.0.0.0",
            ["WHISPURRNET_PORT"] = " 9000 ",
            ["WHISPURRNET_MAX_PEERS"] = "7",
            ["WHISPURRNET_MESSAGE_TTL"] = "120",
            ["WHISPURRNET_TOKEN"] = "12345678",
            ["WHISPURRNET_JOIN"] = code.ToLowerInvariant(),
        };

        GatewayOptions options = GatewaySettings.FromEnvironment(variables.GetValueOrDefault);

        Assert.Equal(IPAddress.Any, options.Address);
        Assert.Equal(9000, options.Port);
        Assert.Equal(7, options.MaxPeers);
        Assert.Equal(TimeSpan.FromSeconds(120), options.MessageTtl);
        Assert.Equal("12345678", options.Token);
        Assert.Equal(code.ToLowerInvariant(), options.JoinCode);
    }

    [Theory]
    [InlineData("WHISPURRNET_HOST", "kitchen")]
    [InlineData("WHISPURRNET_PORT", "-1")]
    [InlineData("WHISPURRNET_PORT", "65536")]
    [InlineData("WHISPURRNET_PORT", "http")]
    [InlineData("WHISPURRNET_MAX_PEERS", "0")]
    [InlineData("WHISPURRNET_MAX_PEERS", "129")]
    [InlineData("WHISPURRNET_MESSAGE_TTL", "59")]
    [InlineData("WHISPURRNET_MESSAGE_TTL", "86401")]
    [InlineData("WHISPURRNET_MESSAGE_TTL", "1.5")]
    [InlineData("WHISPURRNET_TOKEN", "short")]
    [InlineData("WHISPURRNET_TOKEN", "with a blank")]
    [InlineData("WHISPURRNET_JOIN", "0000-0000")]
    public void A_wrong_value_is_named_in_one_sentence(string name, string value)
    {
        SettingException e = Assert.Throws<SettingException>(
            () => GatewaySettings.FromEnvironment(n => n == name ? value : null));

        Assert.StartsWith(name, e.Message);
        Assert.EndsWith(".", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_join_code_with_one_wrong_letter_is_refused_and_not_repeated()
    {
        string code = TestNetwork.NewJoinCode();
        string wrong = (code[0] == '7' ? '8' : '7') + code[1..];

        SettingException e = Assert.Throws<SettingException>(() => GatewaySettings.ParseJoinCode(wrong, "--join"));

        Assert.DoesNotContain(wrong, e.Message);
    }

    [Fact]
    public void The_public_network_is_a_network()
    {
        Assert.Equal(
            NetworkKey.PublicJoinCode, GatewaySettings.ParseJoinCode(NetworkKey.PublicJoinCode, "--join"));
    }

    [Fact]
    public void Options_do_not_show_their_secrets()
    {
        string text = new GatewayOptions { Token = "12345678", JoinCode = TestNetwork.NewJoinCode() }.ToString();

        Assert.Equal("gateway on 127.0.0.1:8765", text);
    }
}
