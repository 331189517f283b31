namespace WhispurrNet.Cli.Output;

/// <summary>
/// A command that was understood and could not be carried out. The message is one sentence for its user.
/// </summary>
internal sealed class CommandFailure(string message) : Exception(message);
