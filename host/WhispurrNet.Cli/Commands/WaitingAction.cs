using System.CommandLine;
using System.CommandLine.Invocation;

namespace WhispurrNet.Cli.Commands;

/// <summary>
/// An action that waits once before it begins: Ctrl-C is heeded only from an action's first wait on, and one that works for
/// long before that would end without putting away what it has begun.
/// </summary>
internal sealed class WaitingAction(AsynchronousCommandLineAction action) : AsynchronousCommandLineAction
{
    /// <summary>Has all commands below one wait.</summary>
    public static void AddTo(Command command)
    {
        foreach (Command below in command.Subcommands)
        {
            AddTo(below);
            if (below.Action is AsynchronousCommandLineAction action)
            {
                below.Action = new WaitingAction(action);
            }
        }
    }

    /// <inheritdoc/>
    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return await action.InvokeAsync(parseResult, cancellationToken).ConfigureAwait(false);
    }
}
