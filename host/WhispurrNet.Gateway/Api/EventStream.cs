using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Gateway.Api;

/// <summary>
/// <c>GET /api/whispurrnet/events</c>: server-sent events. It begins with <c>snapshot</c> (status, mesh, whispers) and
/// goes on with <c>mesh</c>, <c>move</c>, <c>whisper</c>, <c>heard</c> and, every two seconds, <c>status</c>. A reader
/// that falls behind gets a new snapshot.
/// </summary>
internal sealed class EventStream(MeshMap map, StatusEndpoint status)
{
    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(2);

    public async Task GetAsync(HttpContext context, CancellationToken stopping)
    {
        using LiveHub.Subscription? subscription = map.Hub.Subscribe();
        if (subscription is null)
        {
            await ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "too_many_listeners",
                $"There are {LiveHub.MaxSubscribers} listeners already.").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await WriteAsync(context, subscription, ending.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The reader went away or the gateway stops.
        }
    }

    private async Task WriteAsync(
        HttpContext context, LiveHub.Subscription subscription, CancellationToken cancellation)
    {
        await SendAsync(context, Snapshot(), cancellation).ConfigureAwait(false);
        Task<bool>? waiting = null;
        using var ticker = new PeriodicTimer(StatusEvery);
        Task<bool>? tick = null;
        while (true)
        {
            await context.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);
            waiting ??= subscription.Events.WaitToReadAsync(cancellation).AsTask();
            tick ??= ticker.WaitForNextTickAsync(cancellation).AsTask();
            Task first = await Task.WhenAny(waiting, tick).ConfigureAwait(false);
            await first.ConfigureAwait(false);
            if (first == tick)
            {
                tick = null;
                await SendAsync(context, Event("status", status.Read()), cancellation).ConfigureAwait(false);
                continue;
            }

            waiting = null;
            while (subscription.Events.TryRead(out LiveEvent item))
            {
                await SendAsync(context, item, cancellation).ConfigureAwait(false);
            }

            if (subscription.TakeLagged())
            {
                await SendAsync(context, Snapshot(), cancellation).ConfigureAwait(false);
            }
        }
    }

    private static LiveEvent Event<T>(string name, T data) => new(name, JsonSerializer.Serialize(data, LiveHub.Json));

    // JSON as written here has no line ends, so an event is always one data line.
    private static Task SendAsync(HttpContext context, LiveEvent item, CancellationToken cancellation) =>
        context.Response.WriteAsync($"event: {item.Name}\ndata: {item.Json}\n\n", cancellation);

    private LiveEvent Snapshot() => Event(
        "snapshot", new { status = status.Read(), mesh = map.ReadMesh(), whispers = map.ReadWhispers() });
}
