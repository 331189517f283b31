using WhispurrNet.Cli.Flash.Choice;

namespace WhispurrNet.Cli.Flash.Nanoff;

/// <summary>Something that nanoff said, as far as this understands it.</summary>
internal abstract record NanoffEvent
{
    /// <summary>A step has begun, such as <c>Flashing firmware</c>.</summary>
    public sealed record Began(string Step) : NanoffEvent;

    /// <summary>How far a step has come, 0 to 1, with what it works on.</summary>
    public sealed record Progress(string Step, double Share, string? Detail) : NanoffEvent;

    /// <summary>A step has ended.</summary>
    public sealed record Ended(string Step, bool Good) : NanoffEvent;

    /// <summary>What is connected.</summary>
    public sealed record Connected(ChipDetails Chip) : NanoffEvent;

    /// <summary>The user has to do something now: hold a button, press reset.</summary>
    public sealed record Ask(string Sentence) : NanoffEvent;

    /// <summary>Something to know.</summary>
    public sealed record Note(string Sentence) : NanoffEvent;

    /// <summary>It failed; the code is a letter and four digits, or empty when the program broke.</summary>
    public sealed record Failed(string Code, string Text) : NanoffEvent;
}
