using System.Net;
using System.Text.Json.Nodes;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Tests.Support;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Gateway.Tests.Api;

/// <summary>Whispers to one identity, and the contacts that they need.</summary>
public sealed class DirectTests : IAsyncLifetime
{
    // A node lets up to twenty seconds go by before it sends its contact card.
    private readonly FastTime _time = new(20);
    private readonly string _code = TestNetwork.NewJoinCode();
    private GatewayServer _gateway = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestNetwork.StartAsync(TestNetwork.Options(_code) with { Time = _time });
        _http = Rest.ClientOf(_gateway);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    [InlineData(41)]
    public async Task A_direct_whisper_reaches_the_identity_that_is_meant_and_nobody_else(int digits)
    {
        await using MeshClient one = await ConnectAsync();
        await using MeshClient other = await ConnectAsync();
        await KnowsAsync(one);
        await KnowsAsync(other);
        await IsKnownToAsync(one);

        using HttpResponseMessage response =
            await Rest.PostAsync(_http, Body(one.Identity[..digits].ToUpperInvariant(), "for you alone"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        JsonNode answer = await Rest.JsonAsync(response);
        Assert.Equal("DIRECT_MESSAGE", (string?)answer["type"]);
        Assert.Equal(one.Identity, (string?)answer["to"]);
        Assert.Null(answer["intent"]);
        await Eventually.TrueAsync(() => one.Heard.Contains("for you alone"), "the recipient hears it");
        Reading reading = Assert.Single(one.Readings);
        Assert.Equal((WhisperType.Whisper, true), (reading.Type, reading.IsProven));
        Assert.Equal(_gateway.Desk!.Identity, reading.From);

        // Whatever comes after it has passed the other client too.
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await Rest.PostAsync(_http, """{"type":"GOSSIP_BROADCAST","payload":"for all"}""")).StatusCode);
        await Eventually.TrueAsync(() => other.Heard.Contains("for all"), "the other client hears the broadcast");
        Assert.Equal(["for all"], other.Heard);
        WhisperView whisper = Assert.Single(_gateway.Map.ReadWhispers(), w => w.Kind == "direct");
        Assert.Equal(("desk", one.Identity, "for you alone"), (whisper.From, whisper.To, whisper.Payload));
    }

    [Fact]
    public async Task A_direct_whisper_to_the_desk_is_shown_with_its_proof()
    {
        await using MeshClient board = await ConnectAsync();
        string desk = _gateway.Desk!.Identity;
        await KnowsAsync(board);
        await IsKnownToAsync(board);
        await using EventReader events = await EventReader.OpenAsync(_http);

        ulong id = board.Direct(desk, "from the kitchen");

        JsonNode heard = await events.NextAsync("heard");
        Assert.Equal(id.ToString("x16"), (string?)heard["id"]);
        Assert.Equal(("DIRECT_MESSAGE", "direct"), ((string?)heard["type"], (string?)heard["kind"]));
        Assert.Equal(board.Identity, (string?)heard["from"]);
        Assert.True((bool)heard["proven"]!);
        DeliveryView delivery = Assert.Single(_gateway.Map.ReadWhisper(id.ToString("x16"))!.Deliveries);
        Assert.Equal(("desk", true), (delivery.Node, delivery.Proven));
    }

    [Fact]
    public async Task Contacts_are_listed_and_told_of_as_they_come()
    {
        await using EventReader events = await EventReader.OpenAsync(_http);
        Assert.Empty((await ContactsAsync())["contacts"]!.AsArray());

        await using MeshClient board = await ConnectAsync();

        JsonNode told = await events.NextAsync("contact");
        Assert.Equal(board.Identity, (string?)told["id"]);
        JsonNode answer = await ContactsAsync();
        Assert.Equal(_gateway.Desk!.Identity, (string?)answer["identity"]);
        JsonNode contact = Assert.Single(answer["contacts"]!.AsArray())!;
        Assert.Equal(board.Identity, (string?)contact["id"]);
        Assert.Null(contact["node"]);
        Assert.InRange((long)contact["expiresInSeconds"]!, 60 * 60, 7 * 60 * 60);
        Assert.InRange(
            contact["learnedAt"]!.GetValue<DateTimeOffset>(),
            DateTimeOffset.Now.AddMinutes(-1),
            DateTimeOffset.Now.AddSeconds(1));
        using HttpResponseMessage response = await Rest.GetAsync(_http, "/api/whispurrnet/status");
        JsonNode status = await Rest.JsonAsync(response);
        Assert.Equal(board.Identity, (string?)Assert.Single(status["desk"]!["contacts"]!.AsArray())!["id"]);
        Assert.Equal(1024, (int)status["desk"]!["maxPayload"]!);
        Assert.Equal(158, (int)status["desk"]!["maxEmergencyPayload"]!);
    }

    [Fact]
    public async Task Nobody_is_a_contact_who_sent_no_card()
    {
        using HttpResponseMessage response = await Rest.PostAsync(_http, Body("0011223344556677", "x"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        JsonNode answer = await Rest.JsonAsync(response);
        Assert.Equal("unknown_contact", (string?)answer["error"]);
        Assert.Contains("0011223344556677", (string?)answer["message"]);
        Assert.Empty(_gateway.Map.ReadWhispers());
    }

    [Fact]
    public async Task The_largest_direct_payload_goes_and_one_byte_more_does_not()
    {
        await using MeshClient board = await ConnectAsync();
        await KnowsAsync(board);
        int max = _gateway.Desk!.MaxPayload;

        using HttpResponseMessage large = await Rest.PostAsync(_http, Body(board.Identity, new string('x', max + 1)));
        using HttpResponseMessage fits = await Rest.PostAsync(_http, Body(board.Identity, new string('x', max)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(max, (int)(await Rest.JsonAsync(large))["limit"]!);
        Assert.Equal(HttpStatusCode.Accepted, fits.StatusCode);
        await Eventually.TrueAsync(() => board.Heard.Contains(new string('x', max)), "the largest payload arrives");
    }

    [Fact]
    public async Task The_state_of_a_direct_whisper_is_told_until_it_is_delivered()
    {
        await using MeshClient board = await ConnectAsync();
        await KnowsAsync(board);
        await using EventReader events = await EventReader.OpenAsync(_http);
        using HttpResponseMessage sent = await Rest.PostAsync(_http, Body(board.Identity, "tell me"));
        string id = (string)(await Rest.JsonAsync(sent))["id"]!;

        await Eventually.TrueAsync(() => StateOf(id) == "delivered", "the acknowledgement comes");
        Assert.Equal("delivered", _gateway.Map.ReadWhisper(id)!.Status);
        JsonNode told = await events.NextAsync("whisper");
        while ((string?)told["status"] != "delivered")
        {
            Assert.True((string?)told["status"] is "queued" or "relayed");
            told = await events.NextAsync("whisper");
        }

        Assert.Equal(id, (string?)told["id"]);
    }

    [Fact]
    public async Task The_state_of_an_unknown_whisper_is_not_found()
    {
        using HttpResponseMessage response =
            await Rest.GetAsync(_http, "/api/whispurrnet/resonance/0011223344556677");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unknown_whisper", (string?)(await Rest.JsonAsync(response))["error"]);
    }

    [Fact]
    public async Task A_beginning_that_several_contacts_have_is_none()
    {
        await using MeshClient one = await ConnectAsync();
        await using MeshClient other = await ConnectAsync();
        await KnowsAsync(one);
        await KnowsAsync(other);

        // REST asks for eight digits, which do not meet by chance.
        Assert.Equal(Desk.ContactMatch.Several, _gateway.Desk!.FindContact(string.Empty, out string? contact));
        Assert.Null(contact);
        Assert.Equal(Desk.ContactMatch.One, _gateway.Desk.FindContact(one.Identity[..8], out contact));
        Assert.Equal(one.Identity, contact);
    }

    private string? StateOf(string id)
    {
        using HttpResponseMessage response = Rest.GetAsync(_http, "/api/whispurrnet/resonance/" + id).Result;
        return (string?)Rest.JsonAsync(response).Result["state"];
    }

    private static string Body(string to, string payload) =>
        new JsonObject { ["type"] = "DIRECT_MESSAGE", ["to"] = to, ["payload"] = payload }.ToJsonString();

    private Task<MeshClient> ConnectAsync() => MeshClient.ConnectAsync(_time, _gateway.MeshUrl, _code);

    private Task IsKnownToAsync(MeshClient client) => Eventually.TrueAsync(
        () => client.HasContact(_gateway.Desk!.Identity), "the client learns the desk's contact card");

    private Task KnowsAsync(MeshClient client) => Eventually.TrueAsync(
        () => _gateway.Desk!.Contacts.Any(contact => contact.Id == client.Identity),
        "the desk learns the client's contact card");

    private async Task<JsonNode> ContactsAsync()
    {
        using HttpResponseMessage response = await Rest.GetAsync(_http, "/api/whispurrnet/contacts");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Rest.JsonAsync(response);
    }
}
