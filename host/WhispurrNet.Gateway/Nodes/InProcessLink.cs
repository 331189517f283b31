using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Gateway.Nodes;

/// <summary>
/// A stream link between two nodes of this process. Two queues stand between the pumps, so neither calls the other
/// while it holds its own node.
/// </summary>
internal sealed class InProcessLink
{
    private readonly UnitQueue _toFirst;
    private readonly UnitQueue _toSecond;

    private InProcessLink(IPeerTraffic? traffic)
    {
        _toFirst = new UnitQueue(traffic is null ? null : traffic.Begins, traffic is null ? null : traffic.Ends);
        _toSecond = new UnitQueue(traffic is null ? null : traffic.Begins, traffic is null ? null : traffic.Ends);
    }

    /// <summary>Ends when either node gives the link up; both ends are closed then.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Opens the link.</summary>
    /// <param name="first">The node that initiates.</param>
    /// <param name="firstName">What the second node's side calls the first.</param>
    /// <param name="second">The node that answers.</param>
    /// <param name="secondName">What the first node's side calls the second.</param>
    /// <param name="traffic">Is told what is under way; null for nobody.</param>
    /// <returns>The link, or null when one of the nodes has no room for it.</returns>
    public static InProcessLink? Open(
        NodePump first, string firstName, NodePump second, string secondName, IPeerTraffic? traffic = null)
    {
        var link = new InProcessLink(traffic);
        PumpLink? atSecond = second.OpenStream(initiator: false, link._toFirst, firstName);
        if (atSecond is null)
        {
            return null;
        }

        PumpLink? atFirst = first.OpenStream(initiator: true, link._toSecond, secondName);
        if (atFirst is null)
        {
            second.Close(atSecond);
            return null;
        }

        Task forth = Carry(link._toSecond, first, second, atSecond);
        Task back = Carry(link._toFirst, second, first, atFirst);
        link.Completion = EndAsync(Task.WhenAny(forth, back), first, atFirst, second, atSecond);
        return link;
    }

    private static Task Carry(UnitQueue queue, NodePump from, NodePump to, PumpLink at)
    {
        return Task.Run(() => queue.DrainAsync(
            unit =>
            {
                to.Receive(at, unit, unit.Length);
                return Task.CompletedTask;
            },
            from,
            CancellationToken.None));
    }

    private static async Task EndAsync(
        Task oneClosed, NodePump first, PumpLink atFirst, NodePump second, PumpLink atSecond)
    {
        await oneClosed.ConfigureAwait(false);
        first.Close(atFirst);
        second.Close(atSecond);
    }
}
