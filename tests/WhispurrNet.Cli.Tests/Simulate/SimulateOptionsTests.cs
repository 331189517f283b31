using WhispurrNet.Cli.Simulate;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Simulation;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Simulate;

/// <summary>What can be asked of <c>simulate</c>, and how it refuses what it cannot do.</summary>
public sealed class SimulateOptionsTests
{
    // Everything unlike its default.
    private static readonly SimulationOptions s_everything = new()
    {
        Strategy = StrategyNames.Pull,
        Nodes = 321,
        Topology = TopologyKind.Mobile,
        Degree = 6.5,
        Size = BoardSize.Both,
        Loss = 0.00001,
        Churn = 0.25,
        PartitionSeconds = 90,
        OneWay = 0.1,
        Corruption = 0.05,
        ClockError = 40,
        Liars = 0.3,
        Emergencies = 11, Flooders = 2,
        Gateways = 3,
        WifiShare = 0.5,
        Traffic = TrafficKind.Mixed,
        Whispers = 7,
        Rate = 12.5,
        WarmUpSeconds = 30,
        LifetimeSeconds = 600,
        DurationSeconds = 900,
        HealAfterLast = true,
        StopWhenDone = false,
        Cards = true,
        Checks = false,
        Fanout = 5,
        UrgentMin = 0.5,
        UrgentMax = 2.25,
        WindowMin = 12,
        WindowMax = 13,
        MeetAgain = 60,
        MeetDifferent = 7,
        RenewAfter = 3,
        Stay = 90,
        Seed = 99,
    };

    [Fact]
    public async Task Nothing_asked_for_is_the_default() =>
        Assert.Equal(new SimulationOptions(), await Simulation.AskAsync());

    [Fact]
    public async Task Every_option_reaches_the_run_and_the_line_that_repeats_it_says_all_of_them()
    {
        Assert.All(
            typeof(SimulationOptions).GetProperties(),
            property => Assert.NotEqual(
                property.GetValue(new SimulationOptions()), property.GetValue(s_everything)));

        string line = SimulationParameters.ToCommand(s_everything);

        Assert.StartsWith("whispurr simulate --nodes 321 --topology mobile ", line, StringComparison.Ordinal);
        Assert.Contains(" --loss 0.00001 ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("--cards", line, StringComparison.Ordinal);
        Assert.Equal(s_everything, await Simulation.AskAsync(line.Split(' ')[2..]));
    }

    [Fact]
    public void The_line_that_repeats_a_run_is_short()
    {
        Assert.Equal(
            "whispurr simulate --nodes 100 --topology random --loss 0 --churn 0 --seed 1",
            SimulationParameters.ToCommand(new SimulationOptions()));
        Assert.Equal(
            "whispurr simulate --compare --nodes 100 --topology random --loss 0 --churn 0 --cards --seed 1",
            SimulationParameters.ToCommand(
                new SimulationOptions { Cards = true, Strategy = StrategyNames.Flood }, compare: true));
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("mixed")]
    public async Task Direct_whispers_bring_contact_cards(string traffic)
    {
        SimulationOptions options = await Simulation.AskAsync("--traffic", traffic);

        Assert.True(options.Cards);
    }

    [Theory]
    [InlineData("--nodes 1", "--nodes must be a whole number from 2 to 100000, not '1'.")]
    [InlineData("--nodes 100001", "--nodes must be a whole number from 2 to 100000, not '100001'.")]
    [InlineData("--nodes many", "--nodes must be a whole number from 2 to 100000, not 'many'.")]
    [InlineData("--loss 0.95", "--loss must be a number from 0 to 0.9, not '0.95'.")]
    [InlineData("--loss NaN", "--loss must be a number from 0 to 0.9, not 'NaN'.")]
    [InlineData("--churn -0.1", "--churn must be a number from 0 to 0.9, not '-0.1'.")]
    [InlineData("--lifetime 59", "--lifetime must be a whole number from 60 to 86400, not '59'.")]
    [InlineData("--topology ring", "--topology must be line, grid, random, clusters or mobile, not 'ring'.")]
    [InlineData("--topology 2", "--topology must be line, grid, random, clusters or mobile, not '2'.")]
    [InlineData("--size huge", "--size must be small, full or both, not 'huge'.")]
    [InlineData("--traffic none", "--traffic must be broadcast, direct or mixed, not 'none'.")]
    [InlineData("--flooders 3 --nodes 5", "--flooders must be at most half of --nodes, which are 5, not 3.")]
    [InlineData("--duration 60", "--duration must be longer than --warm-up, which takes 120 seconds, or 0, not 60.")]
    [InlineData("--urgent-min 6", "--urgent-min must be at most --urgent-max, which is 5 seconds, not 6.")]
    [InlineData("--window-max 4", "--window-min must be at most --window-max, which is 4 seconds, not 10.")]
    [InlineData("--vary loss=0,1", "--vary goes with --sweep.")]
    [InlineData("--seeds 3", "--seeds goes with --sweep.")]
    [InlineData("--sweep", "Say what to sweep over: --vary NAME=V1,V2, --seeds N, or both.")]
    [InlineData("--sweep --vary loss", "--vary must be a name and its values such as loss=0,0.1,0.2, not 'loss'.")]
    [InlineData("--sweep --vary loss=", "--vary must be a name and its values such as loss=0,0.1,0.2, not 'loss='.")]
    [InlineData(
        "--sweep --vary loss=0,,1",
        "--vary must be a name and its values such as loss=0,0.1,0.2, not 'loss=0,,1'.")]
    [InlineData(
        "--sweep --vary json=1",
        "--vary takes the name of an option without its dashes, such as loss or nodes, not 'json'.")]
    [InlineData("--sweep --vary loss=0,1", "--vary loss must be a number from 0 to 0.9, not '1'.")]
    [InlineData("--sweep --vary heal=yes", "--vary heal must be on or off, not 'yes'.")]
    [InlineData("--sweep --vary loss=0 --loss 0.1", "--vary loss and --loss exclude each other.")]
    [InlineData(
        "--sweep --vary loss=0 --vary loss=0.1",
        "--vary loss was given twice: write all of its values in one.")]
    [InlineData("--sweep --vary seed=1,2 --seeds 2", "--vary seed and --seeds exclude each other.")]
    [InlineData("--sweep --seeds 2 --seed 2147483647", "--seed must leave room for 2 seeds up to 2147483647.")]
    [InlineData("--sweep --seeds 1001", "--seeds must be a whole number from 1 to 1000, not '1001'.")]
    [InlineData(
        "--sweep --seeds 1000 --vary nodes=2,3,4,5,6,7,8,9,10,11,12",
        "A sweep must have at most 10000 worlds, points times seeds.")]
    [InlineData(
        "--sweep --seeds 2 --compare",
        "--compare and --sweep exclude each other; --vary strategy=A,B is both.")]
    [InlineData("--sweep --seeds 2 --html x.html", "--html shows one run or --compare, not --sweep.")]
    [InlineData("--compare --strategy pull", "--compare runs every strategy; leave out --strategy.")]
    [InlineData("--jobs 0 --compare", "--jobs must be a whole number from 1 to 256, not '0'.")]
    [InlineData("--html /nowhere/at/all.html", "There is no folder for the file '/nowhere/at/all.html'.")]
    [InlineData("--html /", "--html must be a file, not the folder '/'.")]
    public async Task What_cannot_be_is_refused_in_one_sentence(string line, string sentence)
    {
        SettingException e = await Assert.ThrowsAsync<SettingException>(() => Simulation.RunAsync(line.Split(' ')));

        Assert.Equal(sentence, e.Message);
    }

    [Theory]
    [InlineData("--strategy", "gossip")]
    [InlineData("--nodes", "0")]
    [InlineData("--frobnicate", "1")]
    public async Task Its_user_sees_that_sentence_and_exit_code_2(params string[] arguments)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(["simulate", .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
        Assert.Matches(@"^whispurr: .+\.\n$", result.Error);
    }
}
