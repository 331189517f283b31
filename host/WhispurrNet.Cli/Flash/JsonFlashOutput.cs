using System.Text.Json;
using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Flash.Nanoff;

namespace WhispurrNet.Cli.Flash;

/// <summary>One JSON object a line.</summary>
internal sealed class JsonFlashOutput(TextWriter writer) : IFlashOutput
{
    public void Begin(NanoffCall call, string commandLine) => Write(new { @event = "run", command = commandLine });

    public void Choose(Target target, ChipDetails? chip) =>
        Write(new { @event = "target", target = target.Name, remark = target.Remark, chip });

    public void Tell(NanoffEvent said)
    {
        switch (said)
        {
            case NanoffEvent.Began began:
                Write(new { @event = "step", step = began.Step });
                break;
            case NanoffEvent.Progress progress:
                Write(new { @event = "progress", step = progress.Step, share = progress.Share, detail = progress.Detail });
                break;
            case NanoffEvent.Ended ended:
                Write(new { @event = "ended", step = ended.Step, good = ended.Good });
                break;
            case NanoffEvent.Connected connected:
                Write(new { @event = "chip", chip = connected.Chip });
                break;
            case NanoffEvent.Ask ask:
                Write(new { @event = "ask", sentence = ask.Sentence });
                break;
            case NanoffEvent.Note note:
                Write(new { @event = "note", sentence = note.Sentence });
                break;
            case NanoffEvent.Failed failed:
                Write(new { @event = "failed", code = failed.Code, text = failed.Text });
                break;
        }
    }

    public void Write(object line) => writer.WriteLine(JsonSerializer.Serialize(line, JsonSerializerOptions.Web));
}
