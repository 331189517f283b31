using System.Globalization;
using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Flash.Nanoff;

namespace WhispurrNet.Cli.Flash;

/// <summary>A line an event, for where there is no terminal: tenths of the way stand for bars.</summary>
internal sealed class PlainFlashOutput(TextWriter writer) : IFlashOutput
{
    private const int Parts = 10;

    private int _part = -1;

    public void Begin(NanoffCall call, string commandLine) => writer.WriteLine($"$ {commandLine}");

    public void Choose(Target target, ChipDetails? chip)
    {
        writer.WriteLine($"image: {target.Name}");
        if (target.Remark is { } remark)
        {
            writer.WriteLine($"note: {remark}");
        }
    }

    public void Tell(NanoffEvent said)
    {
        switch (said)
        {
            case NanoffEvent.Began began:
                _part = -1;
                writer.WriteLine($"{began.Step} ...");
                break;
            case NanoffEvent.Progress progress when (int)(progress.Share * Parts) is var part && part != _part:
                _part = part;
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{progress.Step} {progress.Detail} {progress.Share * 100:0} %"));
                break;
            case NanoffEvent.Ended ended:
                writer.WriteLine($"{ended.Step}: {(ended.Good ? "done" : "failed")}");
                break;
            case NanoffEvent.Connected connected:
                writer.WriteLine($"chip: {connected.Chip.Name}, {connected.Chip.FlashSize} flash");
                break;
            case NanoffEvent.Ask ask:
                writer.WriteLine($">>> {ask.Sentence}");
                break;
            case NanoffEvent.Note note:
                writer.WriteLine($"note: {note.Sentence}");
                break;
        }
    }
}
