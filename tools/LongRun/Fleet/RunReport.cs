using WhispurrNet.LongRun.Faults;
using WhispurrNet.LongRun.Ledger;

namespace WhispurrNet.LongRun.Fleet;

/// <summary>What a run came to.</summary>
internal sealed record RunReport
{
    public required RunOptions Options { get; init; }

    public required TimeSpan Took { get; init; }

    public required IReadOnlyList<(FaultKind Kind, int Count)> Faults { get; init; }

    public required WhisperLedger Ledger { get; init; }

    public required long Contacts { get; init; }

    public required long ContactsCut { get; init; }

    public required int Reboots { get; init; }

    public required long HeapPeakBytes { get; init; }

    public required int LibraryDeaths { get; init; }

    public required IReadOnlyList<string> Deaths { get; init; }

    public required IReadOnlyDictionary<string, int> Errors { get; init; }

    /// <summary>Whether nothing was lost that had a path, and no thread died.</summary>
    public bool IsGood => Ledger.Lost.Count == 0 && Deaths.Count == 0;

    /// <summary>Reads off what a fleet has come to.</summary>
    public static RunReport Of(RunOptions options, FaultyFleet fleet, FaultInjector faults, TimeSpan took)
    {
        fleet.Journal.Process(fleet.Clock.NowMs);
        return new RunReport
        {
            Options = options,
            Took = took,
            Faults = [.. Enum.GetValues<FaultKind>().Select(kind => (kind, faults.CountOf(kind)))],
            Ledger = fleet.Ledger,
            Contacts = fleet.Journal.Contacts,
            ContactsCut = fleet.Journal.ContactsCut,
            Reboots = fleet.Reboots,
            HeapPeakBytes = fleet.HeapPeakBytes,
            LibraryDeaths = fleet.LibraryDeaths,
            Deaths = fleet.Deaths,
            Errors = fleet.Errors,
        };
    }

    /// <summary>The tables as one text.</summary>
    public string ToText()
    {
        using var text = new StringWriter();
        Write(text);
        return text.ToString();
    }

    /// <summary>Writes it as tables.</summary>
    public void Write(TextWriter writer)
    {
        writer.WriteLine($"{Options.Boards} boards, {Options.Duration.TotalDays:0.##} days of board time, seed {Options.Seed}, "
            + $"in {Took.TotalSeconds:0} s ({Options.Duration / Took:0} times real time)");
        writer.WriteLine();
        writer.WriteLine("fault              times");
        foreach ((FaultKind kind, int count) in Faults)
        {
            writer.WriteLine($"{kind,-18} {count,5}");
        }

        writer.WriteLine();
        writer.WriteLine($"whispers accepted     {Ledger.Accepted,8}");
        writer.WriteLine($"  to so many readers  {Ledger.Addressed,8}");
        writer.WriteLine($"  delivered           {Ledger.Delivered,8}");
        writer.WriteLine($"  had no path         {Ledger.WithoutPath,8}");
        writer.WriteLine($"  lost with a path    {Ledger.Lost.Count,8}");
        writer.WriteLine($"  still under way     {Ledger.Addressed - Ledger.Delivered - Ledger.WithoutPath - Ledger.Lost.Count,8}");
        writer.WriteLine($"contacts finished     {Contacts,8}");
        writer.WriteLine($"contacts cut          {ContactsCut,8}");
        writer.WriteLine($"reboots               {Reboots,8}");
        writer.WriteLine($"threads died          {Deaths.Count,8}");
        writer.WriteLine($"  of libraries        {LibraryDeaths,8}");
        writer.WriteLine($"highest heap, bytes   {HeapPeakBytes,8} of {FaultyFleet.SmallProfile.HeapBytes}, boards of the small size");
        writer.WriteLine();
        foreach ((string message, int count) in Errors.OrderByDescending(e => e.Value).Take(40))
        {
            writer.WriteLine($"{count,6} x {message}");
        }

        foreach (LostWhisper lost in Ledger.Lost.Take(40))
        {
            writer.WriteLine($"lost: {lost.Id} of {lost.From} to {lost.To}, accepted at {TimeSpan.FromMilliseconds(lost.SentMs)}");
        }

        foreach (string death in Deaths.Take(10))
        {
            writer.WriteLine("died: " + death);
        }
    }
}
