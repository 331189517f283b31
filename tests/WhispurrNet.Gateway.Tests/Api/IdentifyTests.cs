using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Persons;
using WhispurrNet.Gateway.Tests.Support;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Extras.Identity;

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

    [Fact]
    public async Task The_user_identifies_to_the_one_who_is_meant()
    {
        await using MeshClient board = await KnownClientAsync();
        await using MeshClient other = await KnownClientAsync();

        using HttpResponseMessage response = await IdentifyAsync(board.Identity[..12]);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        JsonNode answer = await Rest.JsonAsync(response);
        string key = Convert.ToHexStringLower(UserIdentityFile.ReadPublicKey(IdentityFile));
        Assert.Equal(
            ("queued", board.Identity, key),
            ((string)answer["state"]!, (string)answer["to"]!, (string)answer["publicKey"]!));
        await Eventually.TrueAsync(() => board.Claims.Count == 1, "the recipient is told");
        Claim claim = board.Claims.Single();
        Assert.True(claim.IsProven);
        Assert.Equal(_gateway.Desk!.Identity, claim.From);
        Assert.Equal(key, Convert.ToHexStringLower(claim.Check(board.Identity)!));
        Assert.Null(claim.Check(other.Identity));
        Assert.Equal(key, (string?)(await StatusAsync())["user"]);
    }

    [Fact]
    public async Task A_person_who_identifies_is_shown_with_the_name_that_was_verified()
    {
        await using MeshClient board = await KnownClientAsync();
        await using EventReader events = await EventReader.OpenAsync(_http);
        var person = new UserIdentity(new byte[Ed25519.SeedSize]);
        string key = Convert.ToHexStringLower(person.PublicKey);

        board.Identify(person, _gateway.Desk!.Identity, _gateway.Desk.Identity);

        JsonNode told = await events.NextAsync("person");
        Assert.Equal((board.Identity, key), ((string)told["identity"]!, (string)told["publicKey"]!));
        Assert.Null(told["name"]);

        // Verified in person meanwhile, by another process.
        PersonBook.Add(BookFile, new Person("Ada", key, DateTimeOffset.UtcNow));
        JsonNode shown = Assert.Single((await StatusAsync())["persons"]!.AsArray())!;
        Assert.Equal((board.Identity, key, "Ada"), Strings(shown, "identity", "publicKey", "name"));
        Assert.Equal(0, (int)(await StatusAsync())["refusedPersons"]!);
        Assert.DoesNotContain(_gateway.Map.ReadWhispers(), whisper => whisper.Payload is not null);
    }

    [Fact]
    public async Task What_was_signed_for_somebody_else_is_refused_and_counted()
    {
        await using MeshClient board = await KnownClientAsync();
        var person = new UserIdentity(new byte[Ed25519.SeedSize]);

        // The board passes on what it was told itself, as a person between two others would.
        board.Identify(person, board.Identity, _gateway.Desk!.Identity);

        await Eventually.TrueAsync(() => _gateway.Desk.RefusedPersons == 1, "the claim is refused");
        Assert.Empty(_gateway.Desk.Persons);
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

    private async Task<MeshClient> KnownClientAsync()
    {
        MeshClient client = await MeshClient.ConnectAsync(_time, _gateway.MeshUrl, _code);
        await Eventually.TrueAsync(
            () => _gateway.Desk!.Contacts.Any(contact => contact.Id == client.Identity)
                && client.HasContact(_gateway.Desk.Identity),
            "desk and client know each other");
        return client;
    }

    private async Task<JsonNode> StatusAsync()
    {
        using HttpResponseMessage response = await Rest.GetAsync(_http, GatewayServer.ApiPath + "/status");
        return (await Rest.JsonAsync(response))["desk"]!;
    }

    private Task<HttpResponseMessage> IdentifyAsync(string to) =>
        PostAsync(new JsonObject { ["to"] = to }.ToJsonString());

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.PostAsync(GatewayServer.ApiPath + "/identify", content, TestContext.Current.CancellationToken);
    }

    private static (string, string, string) Strings(JsonNode node, string a, string b, string c) =>
        ((string)node[a]!, (string)node[b]!, (string)node[c]!);
}
