using Spectre.Console;

namespace WhispurrNet.Cli.Simulate;

/// <summary>Shows on standard error how far something has come, if that is a terminal; nothing of it stays.</summary>
internal static class ProgressBar
{
    /// <summary>Does something that says how far it has come.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="work">Does it, and tells the share done, 0 to 1.</param>
    public static Task<T> ShowAsync<T>(string title, Func<Action<double>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(_ => { });
        }

        var target = new AnsiConsoleOutput(Console.Error);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = target });
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new SpinnerColumn())
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return work(share => task.Value = share);
            });
    }
}
