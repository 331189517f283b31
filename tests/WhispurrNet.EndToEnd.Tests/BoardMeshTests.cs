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

    [Fact]
    public async Task ADirectWhisperCrossesAForeignBoardAndIsReadByOneAlone()
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(Speed);
        fleet.Add("b1", join);
        fleet.Add("b2", join);
        fleet.Add("b3", "join=" + BoardFleet.NewJoinCode());
        fleet.Add("b4", join);
        fleet.Ether.LinkLine("b1", "b2", "b3", "b4");
        await fleet.StartAsync();

        string recipient = fleet.Identity("b4");
        string sender = fleet.Identity("b1");
        await fleet.LineAsync("b1", "wn contact " + recipient, DeliverySeconds);
        await fleet.LineAsync("b2", "wn contact " + recipient, DeliverySeconds);
        await fleet.LineAsync("b4", "wn contact " + sender, DeliverySeconds);
        Assert.Contains(recipient, fleet.Contacts("b1"));

        byte[] whisper = fleet.WhisperTo("b1", recipient, "for you alone");
        await fleet.HeardAsync("b4", "direct", "for you alone", DeliverySeconds);

        Assert.Contains(fleet.Lines("b1"), line => line.Contains(" direct intent=- id=", StringComparison.Ordinal));
        Assert.Contains(
            fleet.Lines("b4"),
            line => line.EndsWith($" direct intent=- from={sender} bytes=13 proven", StringComparison.Ordinal));
        Assert.All(
            new[] { "b1", "b2", "b3" },
            other => Assert.DoesNotContain(fleet.Lines(other), line => line.StartsWith("heard ", StringComparison.Ordinal)));
        Assert.Equal([0, 0, 0, 1], new[] { "b1", "b2", "b3", "b4" }.Select(b => fleet.KeysThatOpen(b, whisper)));
        fleet.AssertHealthy("b1", "b2", "b3", "b4");
    }

    [Fact]
    public async Task NobodyIsWrittenToWhoseCardIsNotKnown()
    {
        using var fleet = new BoardFleet(Speed);
        fleet.Add("b1", "join=" + BoardFleet.NewJoinCode());
        await fleet.StartAsync();

        Assert.Equal(6, fleet.TryWhisperTo("b1", new string('0', 32) + ":00000000"));
        Assert.Equal(6, fleet.TryWhisperTo("b1", fleet.Identity("b1")));
        Assert.ThrowsAny<Exception>(() => fleet.TryWhisperTo("b1", "kitchen"));
        await fleet.LineAsync("b1", "wn error the direct whisper was not sent: no contact card", seconds: 5);
    }
}
