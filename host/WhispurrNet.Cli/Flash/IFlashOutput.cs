using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Flash.Nanoff;

namespace WhispurrNet.Cli.Flash;

/// <summary>Where it is shown what happens to the board.</summary>
internal interface IFlashOutput
{
    /// <summary>A run of nanoff begins.</summary>
    void Begin(NanoffCall call, string commandLine);

    /// <summary>nanoff said something.</summary>
    void Tell(NanoffEvent said);

    /// <summary>The image was chosen.</summary>
    void Choose(Target target, ChipDetails? chip);
}
