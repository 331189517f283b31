using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>Whispers from board to board over simulated Bluetooth, with the binaries that would be flashed.</summary>
public sealed class BoardMeshTests
{
    private const int DeliverySeconds = 600;
    private const double Speed = 20;

    [Fact]
    public async Task TwoBoardsWhisperToEachOther()
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(Speed);
        fleet.Add("b1", join, "intents=emotion_data");
        fleet.Add("b2", join, "intents=emotion_data");
        fleet.Ether.LinkLine("b1", "b2");
        await fleet.StartAsync();

        fleet.Whisper("b1", "emotion_data", "calm");
        await fleet.HeardAsync("b2", "emotion_data", "calm", DeliverySeconds);
        fleet.Whisper("b2", "emotion_data", "curious");
        await fleet.HeardAsync("b1", "emotion_data", "curious", DeliverySeconds);
        fleet.AssertHealthy("b1", "b2");
    }

    [Fact]
    public async Task AWhisperCrossesAForeignBoardThatCannotReadIt()
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(Speed);
        fleet.Add("b1", join, "intents=nothing");
        fleet.Add("b2", join, "intents=door");
        fleet.Add("b3", "join=" + BoardFleet.NewJoinCode(), "intents=emotion_data");
        fleet.Add("b4", join, "intents=emotion_data");
        fleet.Ether.LinkLine("b1", "b2", "b3", "b4");
        await fleet.StartAsync();

        byte[] whisper = fleet.Whisper("b1", "emotion_data", "calm");
        byte[] broadcast = fleet.Broadcast("b1", "to all");
        await fleet.HeardAsync("b4", "emotion_data", "calm", DeliverySeconds);
        await fleet.HeardAsync("b4", "broadcast", "to all", DeliverySeconds);
        await fleet.HeardAsync("b2", "broadcast", "to all", DeliverySeconds);

        Assert.DoesNotContain(fleet.Lines("b2"), line => line.StartsWith("heard emotion", StringComparison.Ordinal));
        Assert.DoesNotContain(fleet.Lines("b3"), line => line.StartsWith("heard ", StringComparison.Ordinal));
        Assert.Equal(0, fleet.KeysThatOpen("b2", whisper));
        Assert.Equal(0, fleet.KeysThatOpen("b3", whisper));
        Assert.Equal(1, fleet.KeysThatOpen("b4", whisper));
        Assert.Equal(1, fleet.KeysThatOpen("b2", broadcast));
        Assert.Equal(0, fleet.KeysThatOpen("b3", broadcast));
        fleet.AssertHealthy("b1", "b2", "b3", "b4");
    }
}
