using System.Net;
using WhispurrNet.Gateway.Tests.Support;

namespace WhispurrNet.Gateway.Tests.Api;

/// <summary>Who may use REST and page.</summary>
public sealed class AccessTests
{
    private const string Token = "correct-horse-battery";

    [Theory]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "rebound.example:8765")]
    public async Task Other_sites_are_refused(string header, string value)
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(TestNetwork.NewJoinCode()));
        using HttpClient http = Rest.ClientOf(gateway);

        foreach (string path in new[] { "/", "/api/whispurrnet/status", "/api/whispurrnet/events", "/page.js" })
        {
            using HttpResponseMessage response = await Rest.GetAsync(http, path, (header, value));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task The_own_page_and_local_programs_are_served()
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(TestNetwork.NewJoinCode()));
        using HttpClient http = Rest.ClientOf(gateway);
        string authority = gateway.PageUrl.Authority;

        using HttpResponseMessage program = await Rest.GetAsync(http, "/api/whispurrnet/status");
        using HttpResponseMessage page =
            await Rest.GetAsync(http, "/api/whispurrnet/status", ("Origin", $"http://{authority}"));
        using HttpResponseMessage byName =
            await Rest.GetAsync(http, "/", ("Host", $"localhost:{gateway.PageUrl.Port}"));

        Assert.Equal(HttpStatusCode.OK, program.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byName.StatusCode);
    }

    [Fact]
    public async Task With_a_token_only_its_bearer_is_served()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(
            TestNetwork.Options(TestNetwork.NewJoinCode()) with { Token = Token });
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage without = await Rest.GetAsync(http, "/api/whispurrnet/status");
        using HttpResponseMessage wrong =
            await Rest.GetAsync(http, "/api/whispurrnet/status", ("Authorization", "Bearer correct-horse-batterz"));
        using HttpResponseMessage right =
            await Rest.GetAsync(http, "/api/whispurrnet/status", ("Authorization", $"Bearer {Token}"));
        using HttpResponseMessage post = await Rest.PostAsync(http, """{"intent":"a","payload":"b"}""");

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal("Bearer", without.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, post.StatusCode);
        Assert.Empty(gateway.Map.ReadWhispers());
    }

    [Fact]
    public async Task Boards_need_no_token()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(code) with { Token = Token });
        await using MeshClient board = await MeshClient.ConnectAsync(gateway.MeshUrl, code);

        gateway.Desk!.Broadcast("hello"u8.ToArray());

        await Eventually.TrueAsync(() => board.Heard.Contains("hello"), "the board hears the broadcast");
    }

    [Fact]
    public async Task Signing_in_with_the_token_opens_the_page()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(
            TestNetwork.Options(TestNetwork.NewJoinCode()) with { Token = Token });
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage closed = await Rest.GetAsync(http, "/");
        using HttpResponseMessage wrong = await SignInAsync(http, "something-else");
        using HttpResponseMessage right = await SignInAsync(http, Token);
        string cookie = Assert.Single(right.Headers.GetValues("Set-Cookie"));
        using HttpResponseMessage open = await Rest.GetAsync(http, "/", ("Cookie", cookie.Split(';')[0]));

        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
        Assert.Contains("name=\"token\"", await Rest.TextAsync(closed));
        Assert.False(wrong.Headers.Contains("Set-Cookie"));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.DoesNotContain(Token, cookie);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Contains("id=\"map\"", await Rest.TextAsync(open));
    }

    [Fact]
    public async Task Status_and_debug_hold_no_secret()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(code) with { Token = Token });
        using HttpClient http = Rest.ClientOf(gateway);
        (string, string) bearer = ("Authorization", $"Bearer {Token}");

        foreach (string path in new[] { "/api/whispurrnet/status", "/api/whispurrnet/debug" })
        {
            using HttpResponseMessage response = await Rest.GetAsync(http, path, bearer);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            string text = await Rest.TextAsync(response);
            Assert.DoesNotContain(Token, text);
            Assert.DoesNotContain(code, text);
            Assert.DoesNotContain(code.Replace("-", string.Empty), text);
        }
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(TestNetwork.NewJoinCode()));
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage page = await Rest.GetAsync(http, "/");
        string html = await Rest.TextAsync(page);

        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("http://", html);
        Assert.DoesNotContain("https://", html);
        foreach (string part in new[] { "page.css", "page.js", "mesh.js", "icon.svg" })
        {
            Assert.Contains("/" + part, html);
            using HttpResponseMessage found = await Rest.GetAsync(http, "/" + part);
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        }
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/api/whispurrnet/nothing")]
    [InlineData("/../Program.cs")]
    public async Task Other_addresses_are_not_there(string path)
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage response = await Rest.GetAsync(http, path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient http, string token) => http.PostAsync(
        "/signin",
        new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token }),
        TestContext.Current.CancellationToken);
}
