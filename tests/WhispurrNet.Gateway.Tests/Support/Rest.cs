using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace WhispurrNet.Gateway.Tests.Support;

/// <summary>Short forms for requests to a gateway under test.</summary>
internal static class Rest
{
    public static HttpClient ClientOf(GatewayServer gateway) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = gateway.PageUrl };

    public static Task<HttpResponseMessage> PostAsync(HttpClient http, string json, string type = "application/json")
    {
        var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue(type));
        return http.PostAsync(
            GatewayServer.ApiPath + "/resonance", content, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> GetAsync(HttpClient http, string path, params (string, string)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach ((string name, string value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    public static async Task<string> TextAsync(HttpResponseMessage response) =>
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
