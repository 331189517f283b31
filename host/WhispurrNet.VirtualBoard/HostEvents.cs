using System.Threading.Channels;

namespace WhispurrNet.Virtual;

/// <summary>
/// Carries reports from boards to the host in order on one task of its own, so that a slow or failing observer can
/// neither delay nor end a board's thread.
/// </summary>
internal sealed class HostEvents
{
    private readonly Channel<Action> _channel = Channel.CreateUnbounded<Action>(
        new UnboundedChannelOptions { SingleReader = true });

    public HostEvents() => _ = Task.Run(RunAsync);

    public void Post(Action deliver) => _channel.Writer.TryWrite(deliver);

    public void Complete() => _channel.Writer.TryComplete();

    private async Task RunAsync()
    {
        await foreach (Action deliver in _channel.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                deliver();
            }
            catch (Exception exception)
            {
                Console.Error.WriteLine($"An observer of a virtual board failed: {exception}");
            }
        }
    }
}
