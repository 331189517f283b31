using System.Net.WebSockets;
using WhispurrNet.Board.Serial;

namespace WhispurrNet.Cli.Bridge;

/// <summary>
/// One session of a board: a connection to the gateway, and two loops that move whole messages between it and the line.
/// Nothing is read from the gateway while the board has no room, nor taken from the board while the gateway takes none.
/// </summary>
internal sealed class GatewaySession(BridgeLine line, uint number, Uri gateway)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Serves the session until either side ends it.</summary>
    /// <returns>Null if the gateway was reached, else why it was not.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        if (await ConnectAsync(socket, cancellation).ConfigureAwait(false) is { } problem)
        {
            line.Close(number, SerialCloseReason.NoGateway);
            return problem;
        }

        if (!line.Accept(number))
        {
            // The board has asked anew meanwhile.
            socket.Abort();
            return null;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] loops = [ToGatewayAsync(socket, ending.Token), FromGatewayAsync(socket, ending.Token)];
        await Task.WhenAny(loops).ConfigureAwait(false);
        line.Close(number, cancellation.IsCancellationRequested ? SerialCloseReason.Ended : SerialCloseReason.GatewayEnded);
        await CloseAsync(socket).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(loops).ConfigureAwait(false);
        return null;
    }

    private async Task<string?> ConnectAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ConnectLimit);
        try
        {
            await socket.ConnectAsync(gateway, limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (WebSocketException e)
        {
            return e.GetBaseException().Message;
        }
        catch (OperationCanceledException)
        {
            return "It does not answer.";
        }
    }

    private async Task ToGatewayAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        byte[] message = new byte[SerialFrame.MessageSizeMax];
        try
        {
            while (true)
            {
                int count = line.TryReceive(number, message);
                if (count >= 0)
                {
                    await socket.SendAsync(
                        message.AsMemory(0, count), WebSocketMessageType.Binary, endOfMessage: true, cancellation)
                        .ConfigureAwait(false);
                }
                else if (!IsOpen())
                {
                    return;
                }
                else
                {
                    await line.Arrived.WaitAsync(LookAgain, cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The gateway has gone, or the bridge is being stopped: either way the session ends.
        }
    }

    private async Task FromGatewayAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        byte[] message = new byte[SerialFrame.MessageSizeMax];
        int count = 0;
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part =
                    await socket.ReceiveAsync(message.AsMemory(count), cancellation).ConfigureAwait(false);
                count += part.Count;
                bool fits = part.EndOfMessage || count < message.Length;
                if (part.MessageType != WebSocketMessageType.Binary || !fits)
                {
                    return;
                }

                if (part.EndOfMessage && count > 0)
                {
                    if (!await HandOverAsync(message, count, cancellation).ConfigureAwait(false))
                    {
                        return;
                    }

                    count = 0;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // As above.
        }
    }

    /// <summary>Waits for room; false when the session ended first.</summary>
    private async Task<bool> HandOverAsync(byte[] message, int count, CancellationToken cancellation)
    {
        while (!line.TrySend(number, message, count))
        {
            if (!IsOpen())
            {
                return false;
            }

            await line.Room.WaitAsync(LookAgain, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    private bool IsOpen() => line.Read() is { State: SerialSessionState.Open } now && now.Number == number;

    private static async Task CloseAsync(ClientWebSocket socket)
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            socket.Abort();
        }
    }
}
