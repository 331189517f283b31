using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace WhispurrNet.Gateway.Tests.Support;

/// <summary>Reads a gateway's event stream.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventReader(Stream stream)
    {
        _stream = stream;
        _events = SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    /// <summary>Opens the stream and takes its snapshot, so that nothing later is missed.</summary>
    public static async Task<EventReader> OpenAsync(HttpClient http)
    {
        var reader = new EventReader(
            await http.GetStreamAsync(GatewayServer.ApiPath + "/events", TestContext.Current.CancellationToken));
        await reader.NextAsync("snapshot");
        return reader;
    }

    /// <summary>The data of the next event of a kind; others are passed over.</summary>
    public async Task<JsonNode> NextAsync(string kind)
    {
        while (await _events.MoveNextAsync())
        {
            if (_events.Current.EventType == kind)
            {
                return JsonNode.Parse(_events.Current.Data)!;
            }
        }

        Assert.Fail($"the stream ended before an event '{kind}'");
        return null!;
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await _stream.DisposeAsync();
    }
}
