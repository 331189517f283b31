using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Flash.Tests.Choice;

/// <summary>Addresses that would overwrite something are refused.</summary>
public sealed class DeploymentAddressTests
{
    private const uint NanoffDefault = 0x1B0000;

    [Theory]
    [InlineData("ESP32_BLE_REV3", 0x1E0000)]
    [InlineData("ESP32_BLE_REV0", 0x1E0000)]
    [InlineData("ESP32_C3", 0x1B0000)]
    [InlineData("ESP32_C5_THREAD", 0x250000)]
    [InlineData("ESP32_C6_THREAD", 0x250000)]
    [InlineData("ESP32_H2_THREAD", 0x1C0000)]
    [InlineData("ESP32_S3_OCTAL", 0x1B0000)]
    [InlineData("ESP32_S3_QUAD", 0x1B0000)]
    public void The_address_of_the_chip_is_let_pass_and_those_beside_it_are_not(string target, uint address)
    {
        DeploymentAddress.Check(target, address);

        Assert.Throws<CommandFailure>(() => DeploymentAddress.Check(target, address - 0x1000));
        Assert.Throws<CommandFailure>(() => DeploymentAddress.Check(target, address + 0x1000));
        Assert.Throws<CommandFailure>(() => DeploymentAddress.Check(target, address + 1));
    }

    [Theory]
    [InlineData("ESP32_BLE_REV3")]
    [InlineData("ESP32_C5_THREAD")]
    [InlineData("ESP32_C6_THREAD")]
    [InlineData("ESP32_H2_THREAD")]
    public void The_address_that_nanoff_takes_by_itself_is_refused_where_the_runtime_is(string target) =>
        Assert.Contains(
            "would overwrite the runtime",
            Assert.Throws<CommandFailure>(() => DeploymentAddress.Check(target, NanoffDefault)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("ESP32_C61")]
    [InlineData("M5Core2")]
    public void Where_nobody_knows_the_address_every_one_is_refused(string target) =>
        Assert.Throws<CommandFailure>(() => DeploymentAddress.Check(target, 0x1E0000));

    [Fact]
    public void Addresses_are_hexadecimal()
    {
        Assert.Equal(0x1E0000u, DeploymentAddress.Parse("0x1E0000"));
        Assert.Equal(0x1E0000u, DeploymentAddress.Parse("0X1e0000"));
        Assert.All(
            ["1E0000", "0x", "0x1G", "0x123456789", "", "-0x1"],
            text => Assert.Throws<SettingException>(() => DeploymentAddress.Parse(text)));
    }
}
