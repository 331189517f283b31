using System.CommandLine;
using WhispurrNet.LongRun.Fleet;

namespace WhispurrNet.LongRun;

/// <summary>Options and what they start.</summary>
internal static class CommandLine
{
    private const int UsageExitCode = 2;

    /// <summary>Runs the program.</summary>
    /// <returns>0 if nothing was lost and nothing died, 1 if something was, 2 for a wrong option.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        var days = new Option<double>("--days") { DefaultValueFactory = _ => 1, Description = "Board time in days, above 0." };
        var boards = new Option<int>("--boards") { DefaultValueFactory = _ => 4, Description = "Boards on the line, 2 to 16." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Of everything random." };
        var calm = new Option<bool>("--calm") { Description = "Lets nothing go wrong." };
        var log = new Option<string?>("--log") { Description = "A file for every line of every board and every fault." };
        var root = new RootCommand("Lets virtual boards live for days while things go wrong, and keeps a ledger.")
        {
            days, boards, seed, calm, log,
        };
        root.SetAction(parsed =>
        {
            var options = new RunOptions
            {
                Boards = parsed.GetValue(boards),
                Duration = TimeSpan.FromDays(parsed.GetValue(days)),
                Seed = parsed.GetValue(seed),
                WithFaults = !parsed.GetValue(calm),
                Log = parsed.GetValue(log),
            };
            RunReport report = new LongRunner(options, Progress).Run();
            report.Write(Console.Out);
            return report.IsGood ? 0 : 1;
        });
        ParseResult result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            Console.Error.WriteLine(result.Errors[0].Message);
            return UsageExitCode;
        }

        return result.Invoke();
    }

    private static void Progress(FaultyFleet fleet)
    {
        Console.Error.WriteLine(
            $"{DateTime.Now:HH:mm:ss} board time {TimeSpan.FromMilliseconds(fleet.Clock.NowMs)}: "
            + $"{fleet.Ledger.Accepted} accepted, {fleet.Ledger.Delivered} of {fleet.Ledger.Addressed} delivered, "
            + $"{fleet.Ledger.Lost.Count} lost, {fleet.Reboots} reboots, {fleet.Deaths.Count} threads died, "
            + $"{fleet.Journal.Contacts} contacts");
    }
}
