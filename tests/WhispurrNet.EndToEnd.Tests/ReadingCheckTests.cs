using System.Text;
using WhispurrNet.Cli.Up;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Mesh;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>The count of nodes that could read a whisper: it has to notice those that can.</summary>
public sealed class ReadingCheckTests
{
    [Fact]
    public async Task Whoever_is_not_named_an_addressee_and_can_read_is_counted()
    {
        var options = new LineOptions
        {
            Boards = 3,
            Speed = 20,
            Loss = 0,
            Seed = 1,
            AreBoardsQuiet = true,
            Gateway = new GatewayOptions { Port = 0, JoinCode = BoardFleet.NewJoinCode() },
        };
        await using BoardLineup lineup =
            await BoardLineup.StartAsync(options, TestContext.Current.CancellationToken);
        while (!lineup.AllBooted)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        DeskNode desk = lineup.Gateway.Desk!;
        Probe resonance = Send("resonance", payload => desk.Resonate(LineBoard.Intent, payload), "b3");
        Probe broadcast = Send("broadcast", desk.Broadcast, "b1", "b3");
        Probe emergency = Send("emergency", desk.Emergency, "b1", "b3");
        while (desk.Contacts.All(contact => contact.Node != "b3"))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        string farEnd = desk.Contacts.First(contact => contact.Node == "b3").Id;
        Probe direct = Send("direct", payload => desk.Direct(farEnd, payload), "b3");
        Probe[] probes = [resonance, broadcast, emergency, direct];
        while (!probes.All(probe => IsAtRelay(lineup, probe)))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var check = new ReadingCheck(lineup);
        Assert.Equal(0, check.CountReaders(probes));
        Assert.Equal(1, check.CountReaders([resonance with { Addressees = [] }]));
        Assert.Equal(1, check.CountReaders([broadcast with { Addressees = ["b3"] }]));
        Assert.Equal(2, check.CountReaders([broadcast with { Addressees = [] }]));
        Assert.Equal(2, check.CountReaders([emergency with { Addressees = [] }]));
        Assert.Equal(1, check.CountReaders([direct with { Addressees = [] }]));
    }

    private static bool IsAtRelay(BoardLineup lineup, Probe probe) =>
        lineup.Gateway.Map.ReadFramesOf(RelayNode.Name).Contains(probe.FrameId);

    private static Probe Send(string kind, Func<byte[], DeskSendResult> send, params string[] addressees)
    {
        string payload = $"a {kind} for the check";
        return new Probe(kind, payload, send(Encoding.UTF8.GetBytes(payload)).FrameId!, addressees);
    }
}
