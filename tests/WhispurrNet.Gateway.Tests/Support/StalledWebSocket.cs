using System.Net.WebSockets;

namespace WhispurrNet.Gateway.Tests.Support;

/// <summary>A peer that sends one message and then neither sends nor takes anything.</summary>
internal sealed class StalledWebSocket(byte[] message) : WebSocket
{
    private bool _sent;
    private readonly CancellationTokenSource _aborted = new();

    public bool IsAborted => _aborted.IsCancellationRequested;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => IsAborted ? WebSocketState.Aborted : WebSocketState.Open;

    public override string? SubProtocol => null;

    public override void Abort() => _aborted.Cancel();

    public override Task CloseAsync(WebSocketCloseStatus status, string? reason, CancellationToken cancellation) =>
        StallAsync(cancellation);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus status, string? reason, CancellationToken cancellation) =>
        StallAsync(cancellation);

    public override void Dispose() => _aborted.Dispose();

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellation)
    {
        if (!_sent)
        {
            _sent = true;
            message.CopyTo(buffer.AsSpan());
            return new WebSocketReceiveResult(message.Length, WebSocketMessageType.Binary, endOfMessage: true);
        }

        await StallAsync(cancellation);
        throw new WebSocketException(WebSocketError.InvalidState);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType type, bool endOfMessage, CancellationToken cancellation) =>
        StallAsync(cancellation);

    private async Task StallAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _aborted.Token);
        await Task.Delay(Timeout.Infinite, either.Token);
    }
}
