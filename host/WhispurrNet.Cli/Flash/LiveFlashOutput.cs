using Spectre.Console;
using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Flash.Nanoff;

namespace WhispurrNet.Cli.Flash;

/// <summary>Bars on a terminal, one a step, and what is to be known or done above them.</summary>
internal sealed class LiveFlashOutput(IAnsiConsole console, ProgressContext bars) : IFlashOutput
{
    private readonly Dictionary<string, ProgressTask> _tasks = [];

    /// <summary>Shows a run that tells its output what happens.</summary>
    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<IFlashOutput, Task<T>> run) => console.Progress()
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = 30 },
            new PercentageColumn(),
            new ElapsedTimeColumn(),
            new SpinnerColumn())
        .StartAsync(bars => run(new LiveFlashOutput(console, bars)));

    public void Begin(NanoffCall call, string commandLine)
    {
        // A step of the same name in another run is another one.
        _tasks.Clear();
        Above($"[grey]$ {Markup.Escape(commandLine)}[/]");
    }

    public void Choose(Target target, ChipDetails? chip)
    {
        Above($"image  [bold]{Markup.Escape(target.Name)}[/]");
        if (target.Remark is { } remark)
        {
            Above($"[yellow]{Markup.Escape(remark)}[/]");
        }
    }

    public void Tell(NanoffEvent said)
    {
        switch (said)
        {
            case NanoffEvent.Began began:
                Task(began.Step).IsIndeterminate = true;
                break;
            case NanoffEvent.Progress progress:
                ProgressTask task = Task(progress.Step);
                task.IsIndeterminate = false;
                task.Value = progress.Share;
                task.Description = Markup.Escape(
                    progress.Detail is null ? progress.Step : $"{progress.Step} {progress.Detail}");
                break;
            case NanoffEvent.Ended ended:
                End(Task(ended.Step), ended);
                break;
            case NanoffEvent.Connected connected:
                ChipDetails chip = connected.Chip;
                Above(Markup.Escape($"chip   {chip.Name}, {chip.FlashSize} flash, {chip.Features}"));
                break;
            case NanoffEvent.Ask ask:
                Above($"[bold magenta]{Markup.Escape(ask.Sentence)}[/]");
                break;
            case NanoffEvent.Note note:
                Above($"[yellow]{Markup.Escape(note.Sentence)}[/]");
                break;
        }
    }

    private static void End(ProgressTask task, NanoffEvent.Ended ended)
    {
        task.IsIndeterminate = false;
        task.Description = ended.Good ? Markup.Escape(ended.Step) : $"[red]{Markup.Escape(ended.Step)}[/]";
        if (ended.Good)
        {
            task.Value = task.MaxValue;
        }

        task.StopTask();
    }

    private ProgressTask Task(string step)
    {
        if (!_tasks.TryGetValue(step, out ProgressTask? task))
        {
            _tasks[step] = task = bars.AddTask(Markup.Escape(step), maxValue: 1);
        }

        return task;
    }

    // As rows: the end of a line that wraps is otherwise lost, and the bars follow in the same line.
    private void Above(string markup) => console.Write(new Rows(new Markup(markup)));
}
