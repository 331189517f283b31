using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Client;

/// <summary>
/// Talks to a running gateway over REST; every failure becomes one sentence (<see cref="CommandFailure"/>).
/// </summary>
internal sealed class GatewayClient : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;

    private GatewayClient(Uri address, string? token)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>The gateway's address.</summary>
    public Uri Address { get; }

    /// <summary>A client for the address and token given, or those of the environment.</summary>
    /// <exception cref="SettingException">One of them is not right.</exception>
    public static GatewayClient Create(string? gateway, string? token)
    {
        string name = gateway is null ? CommonOptions.GatewayVariable : "--gateway";
        gateway ??= Environment.GetEnvironmentVariable(CommonOptions.GatewayVariable);
        if (string.IsNullOrWhiteSpace(gateway))
        {
            // The variables that started a gateway here also find it.
            int port = GatewaySettings.FromEnvironment(Environment.GetEnvironmentVariable).Port;
            gateway = $"http://127.0.0.1:{port}";
        }

        if (!Uri.TryCreate(gateway, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new SettingException($"{name} must be an address such as http://127.0.0.1:8765, not '{gateway}'.");
        }

        token ??= Environment.GetEnvironmentVariable(GatewaySettings.TokenVariable);
        return new GatewayClient(
            address, string.IsNullOrWhiteSpace(token) ? null : GatewaySettings.ParseToken(token.Trim(), "--token"));
    }

    /// <summary>GET, as JSON.</summary>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, GatewayServer.ApiPath + path);
        return await AskAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>POST of a JSON body, as JSON.</summary>
    public async Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, GatewayServer.ApiPath + path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        return await AskAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>The gateway's events, until it ends or the caller does.</summary>
    public async IAsyncEnumerable<SseItem<string>> ListenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, GatewayServer.ApiPath + "/events");
        using HttpResponseMessage response = await SendAsync(request, cancellation).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(response, cancellation).ConfigureAwait(false);
        }

        Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using IAsyncEnumerator<SseItem<string>> events =
            SseParser.Create(stream).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (await MoveNextAsync(events).ConfigureAwait(false))
        {
            yield return events.Current;
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<CommandFailure> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        string text = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (JsonNode.Parse(text)?["message"]?.GetValue<string>() is { } message)
            {
                return new CommandFailure(message);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not a gateway's answer; the status has to do.
        }

        return new CommandFailure($"The gateway answered {(int)response.StatusCode} {response.StatusCode}.");
    }

    private async Task<JsonNode> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerTimeout);
        try
        {
            using HttpResponseMessage response = await SendAsync(request, limit.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusalAsync(response, limit.Token).ConfigureAwait(false);
            }

            string text = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
            return JsonNode.Parse(text) ?? throw new CommandFailure($"{Address} does not answer like a gateway.");
        }
        catch (JsonException)
        {
            throw new CommandFailure($"{Address} does not answer like a gateway.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailure($"The gateway at {Address} does not answer.");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
                .ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            string reason = e.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => $"There is no host named {Address.Host}.",
                HttpRequestError.ConnectionError => $"No gateway runs at {Address}; start one with 'whispurr gateway'.",
                _ => $"{Address} does not answer like a gateway.",
            };
            throw new CommandFailure(reason);
        }
    }
}
