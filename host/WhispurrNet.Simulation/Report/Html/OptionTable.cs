using System.Globalization;

namespace WhispurrNet.Simulation.Report.Html;

/// <summary>What a run was asked for, as people read it.</summary>
public static class OptionTable
{
    /// <summary>Every option with its value, in groups: the mesh, its faults, the load, the run.</summary>
    public static IReadOnlyList<Figure> Of(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. Mesh(options), .. Faults(options), .. Load(options), .. Eagerness(options), .. Run(options)];
    }

    /// <summary>The mesh in a few words: <c>100 boards at random, 8 neighbours each</c>.</summary>
    public static string Describe(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string boards = $"{FigureText.Count(options.Nodes)} boards";
        return options.Topology switch
        {
            TopologyKind.Line => $"{boards} on a line",
            TopologyKind.Grid => $"{boards} on a grid",
            TopologyKind.Random => $"{boards} at random, {FigureText.Number(options.Degree)} neighbours each",
            TopologyKind.Clusters => $"{boards} in groups of ten",
            _ => $"{boards} that walk, {FigureText.Number(options.Degree)} neighbours each",
        };
    }

    private static IEnumerable<Figure> Mesh(SimulationOptions options)
    {
        const string Group = "mesh";
        yield return new Figure(Group, "boards", FigureText.Count(options.Nodes));
        yield return new Figure(Group, "topology", Name(options.Topology));
        if (options.Topology is TopologyKind.Random or TopologyKind.Mobile)
        {
            yield return new Figure(Group, "neighbours", FigureText.Number(options.Degree), "mean");
        }

        yield return new Figure(Group, "tables of the boards", Name(options.Size));
        yield return new Figure(Group, "gateways", FigureText.Count(options.Gateways));
        if (options.Gateways > 0)
        {
            yield return new Figure(Group, "boards with a stream", FigureText.Share(options.WifiShare));
        }

        yield return new Figure(Group, "strategy", options.Strategy);
    }

    private static IEnumerable<Figure> Faults(SimulationOptions options)
    {
        const string Group = "faults";
        yield return new Figure(Group, "loss", FigureText.Share(options.Loss), "of packets, and of whole contacts");
        yield return new Figure(Group, "churn", FigureText.Share(options.Churn), "boards that come and go");
        yield return new Figure(Group, "partition", FigureText.Seconds(options.PartitionSeconds), "in two halves");
        yield return new Figure(Group, "one-way pairs", FigureText.Share(options.OneWay));
        yield return new Figure(
            Group, "corruption", FigureText.Share(options.Corruption), "of packets, doubled or changed");
        yield return new Figure(
            Group, "clock error", $"{FigureText.Count(options.ClockError)} ppm", "and as many seconds of time of day");
        yield return new Figure(Group, "liars", FigureText.Share(options.Liars), "about time and what they have seen");
        yield return new Figure(Group, "flooders", FigureText.Count(options.Flooders), "members without a budget");
        yield return new Figure(Group, "faults end", options.HealAfterLast ? "with the last whisper" : "never");
    }

    private static IEnumerable<Figure> Load(SimulationOptions options)
    {
        const string Group = "load";
        yield return new Figure(Group, "traffic", Name(options.Traffic));
        yield return new Figure(Group, "whispers", FigureText.Count(options.Whispers));
        yield return new Figure(Group, "rate", $"{FigureText.Number(options.Rate)} a minute", "of the whole mesh");
        yield return new Figure(Group, "contact cards", options.Cards ? "sent" : "not sent");
        yield return new Figure(Group, "lifetime", FigureText.Seconds(options.LifetimeSeconds), "of every frame");
    }

    // Only what is not as boards have it.
    private static IEnumerable<Figure> Eagerness(SimulationOptions options)
    {
        const string Group = "eagerness";
        if (options.Fanout > 0)
        {
            yield return new Figure(Group, "fan-out", FigureText.Count(options.Fanout), "streams and contacts");
        }

        (string Name, double Seconds)[] times =
        [
            ("urgent window from", options.UrgentMin), ("urgent window until", options.UrgentMax),
            ("next window from", options.WindowMin), ("next window until", options.WindowMax),
            ("met again after", options.MeetAgain), ("met after, if different", options.MeetDifferent),
            ("advertised anew after", options.RenewAfter), ("a frame's stay", options.Stay),
        ];
        foreach ((string name, double seconds) in times.Where(time => time.Seconds > 0))
        {
            yield return new Figure(Group, name, FigureText.Seconds(seconds));
        }
    }

    private static IEnumerable<Figure> Run(SimulationOptions options)
    {
        const string Group = "run";
        yield return new Figure(
            Group, "warm-up", FigureText.Seconds(options.WarmUpSeconds), "before the first whisper");
        yield return new Figure(
            Group,
            "duration",
            options.DurationSeconds == 0 ? "the last whisper's life" : FigureText.Seconds(options.DurationSeconds),
            options.StopWhenDone ? "or until everything has arrived" : "to the end");
        yield return new Figure(Group, "checks", options.Checks ? "on" : "off", "of everything that must hold");
        yield return new Figure(Group, "seed", options.Seed.ToString(CultureInfo.InvariantCulture));
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
