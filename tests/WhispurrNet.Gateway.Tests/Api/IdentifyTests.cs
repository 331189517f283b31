using System.Net;
using System.Text;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Persons;
using WhispurrNet.Gateway.Tests.Support;

namespace WhispurrNet.Gateway.Tests.Api;

/// <summary>Persons who tell the local node who they are, and the user who tells others.</summary>
public sealed class IdentifyTests : IAsyncLifetime
{
    private readonly FastTime _time = new(20);
    private readonly string _code = TestNetwork.NewJoinCode();
    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr").FullName;
    private GatewayServer _gateway = null!;
    private HttpClient _http = null!;

    private string IdentityFile => Path.Combine(_folder, "me.identity");

    private string BookFile => Path.Combine(_folder, "persons.json");

    public async ValueTask InitializeAsync()
    {
        UserIdentityFile.Create(IdentityFile);
        _gateway = await TestNetwork.StartAsync(TestNetwork.Options(_code) with
        {
            Time = _time,
            IdentityFile = IdentityFile,
            BookFile = BookFile,
        });
        _http = Rest.ClientOf(_gateway);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("{}", "bad_request", HttpStatusCode.BadRequest)]
    [InlineData("no json", "bad_request", HttpStatusCode.BadRequest)]
    [InlineData("""{"to":"kitchen"}""", "bad_request", HttpStatusCode.BadRequest)]
    [InlineData("""{"to":"\ud800"}""", "bad_request", HttpStatusCode.BadRequest)]
    [InlineData("""{"to":"0011223344556677"}""", "unknown_contact", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_done_is_refused_with_a_reason(string body, string error, HttpStatusCode status)
    {
        using HttpResponseMessage response = await PostAsync(body);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(error, (string?)(await Rest.JsonAsync(response))["error"]);
    }

    [Fact]
    public async Task Without_a_user_identity_there_is_nothing_to_tell()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options(_code));
        using HttpClient http = Rest.ClientOf(gateway);
        using var content = new StringContent("""{"to":"0011223344556677"}""", Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await http.PostAsync(
            GatewayServer.ApiPath + "/identify", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("no_identity", (string?)(await Rest.JsonAsync(response))["error"]);
    }

    [Fact]
    public async Task A_book_that_is_none_is_said_at_the_start()
    {
        await File.WriteAllTextAsync(BookFile, "not a book", TestContext.Current.CancellationToken);

        SettingException refused = await Assert.ThrowsAsync<SettingException>(
            () => TestNetwork.StartAsync(TestNetwork.Options(_code) with { BookFile = BookFile }));

        Assert.Contains(BookFile, refused.Message, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.PostAsync(GatewayServer.ApiPath + "/identify", content, TestContext.Current.CancellationToken);
    }
}
