using System.Net.WebSockets;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Nodes;

namespace WhispurrNet.Gateway.Mesh;

/// <summary>
/// One peer of the relay: two loops that only move bytes between a WebSocket and the relay's pump. One binary message
/// is one unit, sent whole; what a peer sends in fragments is put together up to the largest unit.
/// </summary>
internal sealed class WebSocketPeer(
    WebSocket socket, NodePump pump, RelayCounters counters, int maxUnit, int port, GatewayOptions options)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly UnitQueue _outbound = new(() => options.Traffic?.Sends(port));
    private WebSocketCloseStatus _closeStatus = WebSocketCloseStatus.EndpointUnavailable;
    private string _closeReason = "The relay ended this link.";

    /// <summary>Serves the peer until either side ends it.</summary>
    /// <param name="name">What to call the peer: its address.</param>
    /// <param name="cancellation">Ends the connection at once.</param>
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        PumpLink? link = pump.OpenStream(initiator: false, _outbound, name);
        if (link is null)
        {
            counters.RefusedFull();
            _outbound.Close();
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task sending = SendAsync(ending);
        try
        {
            await ReceiveAsync(link, ending.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsConnectionLoss(e))
        {
            // A board that loses power or Wi-Fi ends here: an everyday event, and the node hears of it below.
            socket.Abort();
        }

        if (link is not null)
        {
            pump.Close(link);
        }

        ending.CancelAfter(CloseTimeout);
        await sending.ConfigureAwait(false);
    }

    private async Task ReceiveAsync(PumpLink? link, CancellationToken cancellation)
    {
        // One byte more than a unit, so that an oversized message shows.
        byte[] buffer = new byte[maxUnit + 1];
        int count = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part =
                await socket.ReceiveAsync(buffer.AsMemory(count), cancellation).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                (_closeStatus, _closeReason) = (WebSocketCloseStatus.NormalClosure, string.Empty);
                return;
            }

            if (part.MessageType == WebSocketMessageType.Text)
            {
                counters.RefusedText();
                (_closeStatus, _closeReason) = (WebSocketCloseStatus.InvalidMessageType, "Only binary messages.");
                return;
            }

            count += part.Count;
            if (count > maxUnit)
            {
                counters.RefusedOversize();
                _closeStatus = WebSocketCloseStatus.MessageTooBig;
                _closeReason = $"A message has at most {maxUnit} bytes.";
                return;
            }

            if (part.EndOfMessage)
            {
                counters.UnitIn();
                if (link is not null)
                {
                    pump.Receive(link, buffer, count);
                }

                count = 0;
                options.Traffic?.Handled(port);
            }
        }
    }

    private async Task SendAsync(CancellationTokenSource ending)
    {
        try
        {
            await _outbound.DrainAsync(unit => SendUnitAsync(unit, ending.Token), pump, ending.Token)
                .ConfigureAwait(false);

            // Always with a close frame: without one, a board's client reads on until its keepalive gives up.
            await socket.CloseOutputAsync(_closeStatus, _closeReason, ending.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsConnectionLoss(e))
        {
            socket.Abort();
        }

        // When it was the node that gave the link up, the receiving side must not wait for the peer for ever.
        ending.CancelAfter(CloseTimeout);
    }

    private async Task SendUnitAsync(byte[] unit, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.SlowPeer);
        try
        {
            await socket.SendAsync(unit, WebSocketMessageType.Binary, endOfMessage: true, limit.Token)
                .ConfigureAwait(false);
            counters.UnitOut();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            counters.DroppedSlow();
            throw;
        }
    }

    private static bool IsConnectionLoss(Exception e) =>
        e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;
}
