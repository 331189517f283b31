using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>
/// A board's identity lives for an hour. Whispers go on arriving when it is replaced, those to the former identity too.
/// </summary>
public sealed class RotatedIdentityTests
{
    private const int DeliverySeconds = 20 * 60;
    private const int HourSeconds = 60 * 60;

    [Fact]
    public async Task Whispers_arrive_before_and_after_identities_are_replaced()
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(double.PositiveInfinity);
        fleet.Add("b1", join, "intents=answers");
        fleet.Add("b2", "join=" + BoardFleet.NewJoinCode(), "size=full");
        fleet.Add("b3", join, "intents=emotion_data");
        fleet.Ether.LinkLine("b1", "b2", "b3");
        await fleet.StartAsync();
        string firstOfB1 = fleet.Identity("b1");
        string firstOfB3 = fleet.Identity("b3");

        // In the first hour.
        await fleet.ContactAsync("b1", firstOfB3, DeliverySeconds);
        await fleet.ContactAsync("b3", firstOfB1, DeliverySeconds);
        fleet.Whisper("b1", "emotion_data", "calm");
        fleet.WhisperTo("b1", firstOfB3, "first hour");
        await fleet.HeardAsync("b3", "emotion_data", "calm", DeliverySeconds);
        await fleet.HeardAsync("b3", "direct", "first hour", DeliverySeconds);

        // In the second, to the first hour's identity: its mailbox lives on, and so does the card that b1 holds.
        await fleet.LineAsync("b1", "wn identity ", HourSeconds);
        await fleet.LineAsync("b3", "wn identity ", HourSeconds);
        string secondOfB1 = fleet.Identity("b1");
        string secondOfB3 = fleet.Identity("b3");
        Assert.NotEqual(firstOfB1, secondOfB1);
        Assert.NotEqual(firstOfB3, secondOfB3);
        fleet.WhisperTo("b1", firstOfB3, "to whom you were");
        await fleet.HeardAsync("b3", "direct", "to whom you were", DeliverySeconds);
        fleet.Whisper("b1", "emotion_data", "still calm");
        await fleet.HeardAsync("b3", "emotion_data", "still calm", DeliverySeconds);

        // And to the second's, both ways, once the cards have come.
        await fleet.ContactAsync("b1", secondOfB3, DeliverySeconds);
        await fleet.ContactAsync("b3", secondOfB1, DeliverySeconds);
        byte[] frame = fleet.WhisperTo("b1", secondOfB3, "second hour");
        await fleet.HeardAsync("b3", "direct", "second hour", DeliverySeconds);
        fleet.WhisperTo("b3", secondOfB1, "likewise");
        await fleet.HeardAsync("b1", "direct", "likewise", DeliverySeconds);

        Assert.Contains(fleet.Lines("b3"), line => IsProvenFrom(line, firstOfB1));
        Assert.Contains(fleet.Lines("b3"), line => IsProvenFrom(line, secondOfB1));
        Assert.Contains(fleet.Lines("b1"), line => IsProvenFrom(line, secondOfB3));
        Assert.Equal(0, fleet.KeysThatOpen("b1", frame));
        Assert.Equal(0, fleet.KeysThatOpen("b2", frame));
        Assert.Equal(1, fleet.KeysThatOpen("b3", frame));
        fleet.AssertHealthy("b1", "b2", "b3");
    }

    [Fact]
    public async Task A_whisper_on_its_way_while_the_identity_is_replaced_arrives()
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(double.PositiveInfinity);
        fleet.Add("b1", join);
        fleet.Add("b2", join);
        fleet.Add("b3", join);
        fleet.Ether.LinkLine("b1", "b2", "b3");
        await fleet.StartAsync();
        string first = fleet.Identity("b3");
        await fleet.ContactAsync("b1", first, DeliverySeconds);

        // The only way to b3 is cut until b3 is somebody else.
        fleet.Ether.Unlink("b2", "b3");
        fleet.WhisperTo("b1", first, "late");
        await fleet.LineAsync("b3", "wn identity ", HourSeconds);
        fleet.Ether.Link("b2", "b3");

        await fleet.HeardAsync("b3", "direct", "late", DeliverySeconds);
        fleet.AssertHealthy("b1", "b2", "b3");
    }

    private static bool IsProvenFrom(string line, string identity) =>
        line.StartsWith("wn whisper ", StringComparison.Ordinal)
        && line.Contains($" direct intent=- from={identity} ", StringComparison.Ordinal)
        && line.EndsWith(" proven", StringComparison.Ordinal);
}
