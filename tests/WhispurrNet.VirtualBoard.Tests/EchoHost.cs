using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhispurrNet.Virtual.Tests;

/// <summary>A real WebSocket server: echoes on /, says what it received, and misbehaves on other paths.</summary>
internal sealed class EchoHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoHost(WebApplication app) => _app = app;

    public ConcurrentQueue<byte[]> Received { get; } = new();

    public WebSocketError? Error { get; private set; }

    public string? HostHeader { get; private set; }

    public WebSocketCloseStatus? CloseStatus { get; private set; }

    public int Port { get; private set; }

    public string Url(string path = "/") => $"ws://127.0.0.1:{Port}{path}";

    public static async Task<EchoHost> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = new EchoHost(builder.Build());
        host._app.UseWebSockets();
        host._app.Map("/{path?}", host.ServeAsync);
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Port = new Uri(host._app.Urls.Single()).Port;
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(hurry.Token);
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        HostHeader = context.Request.Headers.Host;
        if (!context.WebSockets.IsWebSocketRequest || context.Request.Path == "/refuse")
        {
            context.Response.StatusCode = 403;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            await EchoAsync(socket, context);
        }
        catch (WebSocketException exception)
        {
            Error = exception.WebSocketErrorCode;
        }
        catch (OperationCanceledException)
        {
            Error = WebSocketError.ConnectionClosedPrematurely;
        }
    }

    private async Task EchoAsync(WebSocket socket, HttpContext context)
    {
        var buffer = new byte[70_000];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), context.RequestAborted);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Close)
            {
                CloseStatus = socket.CloseStatus;
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
                return;
            }

            byte[] message = buffer[..length];
            Received.Enqueue(message);
            if (context.Request.Path == "/fragments" && length > 1)
            {
                await socket.SendAsync(
                    message.AsMemory(0, 1), part.MessageType, endOfMessage: false, context.RequestAborted);
                await socket.SendAsync(
                    message.AsMemory(1), part.MessageType, endOfMessage: true, context.RequestAborted);
            }
            else
            {
                await socket.SendAsync(message, part.MessageType, endOfMessage: true, context.RequestAborted);
            }
        }
    }
}
