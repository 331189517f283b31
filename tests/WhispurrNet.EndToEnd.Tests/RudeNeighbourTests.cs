using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>
/// Bluetooth devices nearby that do not keep to the protocol. They may cost time; they must not cost whispers,
/// threads or the radio.
/// </summary>
public sealed class RudeNeighbourTests
{
    private const int DeliverySeconds = 1200;
    private const double Speed = 40;

    /// <summary>The server has one place and cannot disconnect whoever sits in it.</summary>
    [Fact]
    public async Task ASilentCentralIsThrownOut()
    {
        using BoardFleet fleet = await StartAsync("WhispurrNet.BoardPrograms.RudeNeighbour.HoldTheSlot");
        await fleet.LineAsync("rude", "thrown out", DeliverySeconds);
        Assert.Contains(fleet.Statistics("b1", "b2", "answeredStuck"), count => count > 0);

        // While it goes on it keeps two boards apart like any jammer; the place is free again as soon as it stops.
        fleet["rude"].PowerOff();
        await AssertDeliveryAsync(fleet);
    }

    [Fact]
    public async Task ACentralThatWritesNonsenseIsThrownOut()
    {
        using BoardFleet fleet = await StartAsync("WhispurrNet.BoardPrograms.RudeNeighbour.WriteNonsense");
        await fleet.LineAsync("rude", "thrown out", DeliverySeconds);
        await AssertDeliveryAsync(fleet);
        Assert.Contains(fleet.Statistics("b1", "b2", "failed"), count => count > 0);
    }

    /// <summary>It advertises the same company id and 24 bytes, and serves something else.</summary>
    [Fact]
    public async Task AForeignServerIsLeftAlone()
    {
        using BoardFleet fleet = await StartAsync("WhispurrNet.BoardPrograms.EchoServer.Run");
        await fleet.LineAsync("rude", "session closed", DeliverySeconds);
        await AssertDeliveryAsync(fleet);
    }

    private static async Task<BoardFleet> StartAsync(string program)
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        var fleet = new BoardFleet(Speed);
        fleet.Add("b1", join, "intents=emotion_data");
        fleet.Add("b2", join, "intents=emotion_data");
        fleet.AddProgram("rude", program);
        fleet.Ether.LinkAll("b1", "b2", "rude");
        await fleet.StartAsync();
        return fleet;
    }

    private static async Task AssertDeliveryAsync(BoardFleet fleet)
    {
        fleet.Whisper("b1", "emotion_data", "calm");
        fleet.Whisper("b2", "emotion_data", "curious");
        await fleet.HeardAsync("b2", "emotion_data", "calm", DeliverySeconds);
        await fleet.HeardAsync("b1", "emotion_data", "curious", DeliverySeconds);
        fleet.AssertHealthy("b1", "b2");
    }
}
