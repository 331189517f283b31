using System.Globalization;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Simulation;

namespace WhispurrNet.Cli.Simulate;

/// <summary>Everything that a run can be asked for, in the order of help.</summary>
internal static class SimulationParameters
{
    /// <summary>Longest phase of a run, seconds: a day.</summary>
    public const int MaxPhaseSeconds = 24 * 60 * 60;

    /// <summary>Longest run, seconds: thirty days.</summary>
    public const int MaxDurationSeconds = 30 * MaxPhaseSeconds;

    private const double MaxShare = 0.9;

    // What a line says that repeats a run, even where it is the default: what a reader looks for first.
    private static readonly string[] s_always = ["nodes", "topology", "loss", "churn", "seed"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SimulationParameter> All { get; } =
        [.. Mesh(), .. Faults(), .. Load(), .. Eagerness(), .. Run()];

    /// <summary>
    /// What follows from the options that were given: direct whispers need contact cards. Checks what no single option
    /// can get wrong.
    /// </summary>
    /// <exception cref="SettingException">Two options do not go together.</exception>
    public static SimulationOptions Complete(SimulationOptions options)
    {
        if (options.Flooders > options.Nodes / 2)
        {
            throw new SettingException(
                $"--flooders must be at most half of --nodes, which are {options.Nodes}, not {options.Flooders}.");
        }

        if (options.DurationSeconds > 0 && options.DurationSeconds <= options.WarmUpSeconds)
        {
            throw new SettingException(
                $"--duration must be longer than --warm-up, which takes {options.WarmUpSeconds} seconds, or 0, not "
                + $"{options.DurationSeconds}.");
        }

        var boards = new GossipSettings();
        CheckSpan("urgent", options.UrgentMin, options.UrgentMax, boards.UrgentMinMs, boards.UrgentMaxMs);
        CheckSpan("window", options.WindowMin, options.WindowMax, boards.WindowMinMs, boards.WindowMaxMs);
        return options with { Cards = options.Cards || options.Traffic != TrafficKind.Broadcast };
    }

    /// <summary>The line to type to repeat a run.</summary>
    /// <param name="options">The run.</param>
    /// <param name="compare">Whether it is a comparison, which runs every strategy.</param>
    public static string ToCommand(SimulationOptions options, bool compare = false)
    {
        // Cards that follow from the traffic are no choice.
        options = options with { Cards = options.Cards && options.Traffic == TrafficKind.Broadcast };
        IEnumerable<string> parts = All
            .Where(parameter => !compare || parameter.Name != "strategy")
            .Select(parameter => parameter.ToTyped(options, s_always.Contains(parameter.Name)));
        return "whispurr simulate" + (compare ? " --compare" : string.Empty) + string.Concat(parts);
    }

    // Either may be left to what boards do.
    private static void CheckSpan(string name, double min, double max, uint minMs, uint maxMs)
    {
        double shortest = min > 0 ? min : minMs / 1000.0;
        double longest = max > 0 ? max : maxMs / 1000.0;
        if (shortest > longest)
        {
            throw new SettingException(string.Create(
                CultureInfo.InvariantCulture,
                $"--{name}-min must be at most --{name}-max, which is {longest} seconds, not {shortest}."));
        }
    }

    private static IEnumerable<SimulationParameter> Mesh()
    {
        yield return SimulationParameter.Whole(
            "nodes", "N", "Boards", (2, 100_000), o => o.Nodes, (o, value) => o with { Nodes = value });
        yield return SimulationParameter.Choice(
            "topology",
            "How boards lie: on a line, on a grid, at random in a square, in clusters of ten that single pairs bridge, "
            + "or mobile: at random, and walking",
            o => o.Topology,
            (o, value) => o with { Topology = value });
        yield return SimulationParameter.Real(
            "degree",
            "N",
            "Neighbours of a board in the mean, of topologies random and mobile",
            (1, 200),
            o => o.Degree,
            (o, value) => o with { Degree = value });
        yield return SimulationParameter.Choice(
            "size",
            "Memory of the boards: small as without external RAM, full as with it, or both in turn",
            o => o.Size,
            (o, value) => o with { Size = value });
        yield return SimulationParameter.Whole(
            "gateways",
            "N",
            "Relays without keys to which some boards keep a stream",
            (0, 64),
            o => o.Gateways,
            (o, value) => o with { Gateways = value });
        yield return SimulationParameter.Real(
            "wifi-share",
            "P",
            "Share of the boards with a stream to a gateway, if there is one",
            (0, 1),
            o => o.WifiShare,
            (o, value) => o with { WifiShare = value });
        yield return SimulationParameter.Choice(
            "strategy",
            "NAME",
            $"Which gossip runs in the boards: {string.Join(", ", StrategyNames.All)}",
            StrategyNames.All,
            o => o.Strategy,
            (o, value) => o with { Strategy = value });
    }

    private static IEnumerable<SimulationParameter> Faults()
    {
        yield return SimulationParameter.Real(
            "loss",
            "P",
            "Probability that a packet must be repeated, and that a whole contact fails",
            (0, MaxShare),
            o => o.Loss,
            (o, value) => o with { Loss = value });
        yield return SimulationParameter.Real(
            "churn",
            "P",
            "Share of the boards that come and go, away or without power in turn",
            (0, MaxShare),
            o => o.Churn,
            (o, value) => o with { Churn = value });
        yield return SimulationParameter.Whole(
            "partition",
            "SECONDS",
            "Seconds for which the mesh is split in two halves",
            (0, MaxPhaseSeconds),
            o => o.PartitionSeconds,
            (o, value) => o with { PartitionSeconds = value });
        yield return SimulationParameter.Real(
            "one-way",
            "P",
            "Share of the pairs in range of which one side only hears the other",
            (0, MaxShare),
            o => o.OneWay,
            (o, value) => o with { OneWay = value });
        yield return SimulationParameter.Real(
            "corruption",
            "P",
            "Probability that a packet arrives twice, or with a bit turned",
            (0, MaxShare),
            o => o.Corruption,
            (o, value) => o with { Corruption = value });
        yield return SimulationParameter.Whole(
            "clock-error",
            "N",
            "Most parts in a million that clocks run wrong, and most seconds that their time of day is",
            (0, 1000),
            o => o.ClockError,
            (o, value) => o with { ClockError = value });
        yield return SimulationParameter.Real(
            "liars",
            "P",
            "Share of the boards that lie about the time and claim to have seen everything",
            (0, MaxShare),
            o => o.Liars,
            (o, value) => o with { Liars = value });
        yield return SimulationParameter.Whole(
            "flooders",
            "N",
            "Members that send as fast as they can, at most half of the boards",
            (0, 50_000),
            o => o.Flooders,
            (o, value) => o with { Flooders = value });
        yield return SimulationParameter.Flag(
            "heal",
            "All faults end with the last whisper; what follows must bring everything to everybody",
            o => o.HealAfterLast,
            (o, value) => o with { HealAfterLast = value });
    }

    private static IEnumerable<SimulationParameter> Load()
    {
        yield return SimulationParameter.Choice(
            "traffic",
            "What is sent: broadcasts to everybody, direct whispers to one contact, acknowledged, or mixed, with "
            + "emergencies; contacts come about within --warm-up 900 or so",
            o => o.Traffic,
            (o, value) => o with { Traffic = value });
        yield return SimulationParameter.Whole(
            "whispers",
            "N",
            "Whispers in all",
            (1, 1_000_000),
            o => o.Whispers,
            (o, value) => o with { Whispers = value });
        yield return SimulationParameter.Whole(
            "emergencies",
            "N",
            "Emergencies besides, at even times while whispers are sent",
            (0, 10_000),
            o => o.Emergencies,
            (o, value) => o with { Emergencies = value });
        yield return SimulationParameter.Real(
            "rate",
            "N",
            "Whispers a minute, of the whole mesh",
            (0.001, 60_000),
            o => o.Rate,
            (o, value) => o with { Rate = value });
        yield return SimulationParameter.Whole(
            "lifetime",
            "SECONDS",
            "Lifetime of every frame in seconds",
            (GatewaySettings.MinTtlSeconds, GatewaySettings.MaxTtlSeconds),
            o => o.LifetimeSeconds,
            (o, value) => o with { LifetimeSeconds = value });
        yield return SimulationParameter.Flag(
            "cards",
            "Boards send their contact cards even where nothing is sent to one contact",
            o => o.Cards,
            (o, value) => o with { Cards = value });
    }

    private static IEnumerable<SimulationParameter> Eagerness()
    {
        var boards = new GossipSettings();
        yield return SimulationParameter.Whole(
            "fanout",
            "N",
            "Streams that a frame is pushed to, and contacts in a client window; 0 for what boards do, "
            + $"{boards.Fanout}",
            (0, 16),
            o => o.Fanout,
            (o, value) => o with { Fanout = value });
        yield return Seconds(
            "urgent-min",
            "Shortest time to an urgent client window",
            boards.UrgentMinMs,
            o => o.UrgentMin,
            (o, value) => o with { UrgentMin = value });
        yield return Seconds(
            "urgent-max",
            "Longest time to an urgent client window",
            boards.UrgentMaxMs,
            o => o.UrgentMax,
            (o, value) => o with { UrgentMax = value });
        yield return Seconds(
            "window-min",
            "Shortest time from one client window to the next",
            boards.WindowMinMs,
            o => o.WindowMin,
            (o, value) => o with { WindowMin = value });
        yield return Seconds(
            "window-max",
            "Longest time from one client window to the next",
            boards.WindowMaxMs,
            o => o.WindowMax,
            (o, value) => o with { WindowMax = value });
        yield return Seconds(
            "meet-again",
            "Time after which a neighbour is met that says nothing new",
            boards.MeetAgainMs,
            o => o.MeetAgain,
            (o, value) => o with { MeetAgain = value });
        yield return Seconds(
            "meet-different",
            "Time after which a neighbour is met that says something new",
            boards.MeetDifferentMs,
            o => o.MeetDifferent,
            (o, value) => o with { MeetDifferent = value });
        yield return Seconds(
            "renew-after",
            "Age at which an advertisement is made anew because it lacks something",
            boards.RenewAfterMs,
            o => o.RenewAfter,
            (o, value) => o with { RenewAfter = value });
        yield return Seconds(
            "stay",
            "Time that a frame is to stay before origins are told that the mesh is congested",
            boards.StayMs,
            o => o.Stay,
            (o, value) => o with { Stay = value });
    }

    private static SimulationParameter Seconds(
        string name,
        string meaning,
        uint boardsMs,
        Func<SimulationOptions, double> get,
        Func<SimulationOptions, double, SimulationOptions> set)
    {
        // In whole milliseconds, as boards count: less than one is one, and not the default that 0 stands for.
        double ToMilliseconds(double value) => value == 0 ? 0 : Math.Max(1, Math.Round(value * 1000)) / 1000;
        return SimulationParameter.Real(
            name,
            "SECONDS",
            string.Create(
                CultureInfo.InvariantCulture, $"{meaning}, seconds; 0 for what boards do, {boardsMs / 1000.0}"),
            (0, 3600),
            get,
            (options, value) => set(options, ToMilliseconds(value)));
    }

    private static IEnumerable<SimulationParameter> Run()
    {
        yield return SimulationParameter.Whole(
            "warm-up",
            "SECONDS",
            "Seconds before the first whisper, in which boards meet",
            (0, MaxPhaseSeconds),
            o => o.WarmUpSeconds,
            (o, value) => o with { WarmUpSeconds = value });
        yield return SimulationParameter.Whole(
            "duration",
            "SECONDS",
            "Seconds of the run at most; 0 for as long as the last whisper lives",
            (0, MaxDurationSeconds),
            o => o.DurationSeconds,
            (o, value) => o with { DurationSeconds = value });
        yield return SimulationParameter.Flag(
            "to-the-end",
            "Run for the whole duration, and not only until everything has arrived",
            o => !o.StopWhenDone,
            (o, value) => o with { StopWhenDone = !value });
        yield return SimulationParameter.Flag(
            "no-checks",
            "Do not watch that everything holds that must",
            o => !o.Checks,
            (o, value) => o with { Checks = !value });
        yield return SimulationParameter.Whole(
            "seed",
            "N",
            "Makes the run what it is: the same options and seed give the same trace on any machine",
            (0, int.MaxValue),
            o => o.Seed,
            (o, value) => o with { Seed = value });
    }
}
