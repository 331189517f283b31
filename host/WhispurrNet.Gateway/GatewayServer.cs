using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using WhispurrNet.Gateway.Api;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Mesh;
using WhispurrNet.Gateway.Nodes;

namespace WhispurrNet.Gateway;

/// <summary>
/// A running gateway: the keyless relay behind <c>/mesh</c>, the local node behind REST, and the page. It writes
/// nothing to disk and logs nothing.
/// </summary>
public sealed class GatewayServer : IAsyncDisposable
{
    /// <summary>Path of the WebSocket endpoint.</summary>
    public const string MeshPath = "/mesh";

    /// <summary>What REST paths begin with.</summary>
    public const string ApiPath = "/api/whispurrnet";

    private readonly WebApplication _web;
    private readonly GatewayOptions _options;
    private readonly AccessControl _access;
    private readonly PageEndpoint _page = new();
    private readonly CancellationTokenSource _stopping = new();

    private GatewayServer(GatewayOptions options)
    {
        _options = options;
        _access = new AccessControl(options.Token);
        Map = new MeshMap(options.Time);
        Relay = new RelayNode(options, Map);
        Desk = options.JoinCode is null ? null : new DeskNode(options, Map);
        if (Desk is not null)
        {
            Map.AddReach(RelayNode.Name, DeskNode.Name, bluetooth: false);
            _ = KeepLinkedAsync(Desk, OpenLink(Desk)
                ?? throw new InvalidOperationException("The relay's link table has no place for the local node."));
        }

        _web = Build();
    }

    /// <summary>The keyless relay.</summary>
    public RelayNode Relay { get; }

    /// <summary>The local node; null without a join code.</summary>
    public DeskNode? Desk { get; }

    /// <summary>What is known of the mesh.</summary>
    public MeshMap Map { get; }

    /// <summary>Where the page is, as a browser on this machine reaches it.</summary>
    public Uri PageUrl { get; private set; } = null!;

    /// <summary>Where boards connect, as one on this machine reaches it.</summary>
    public Uri MeshUrl => new UriBuilder(PageUrl) { Scheme = "ws", Path = MeshPath }.Uri;

    /// <summary>Starts a gateway.</summary>
    /// <exception cref="SettingException">The port is taken, the address is not of this machine, or may not be
    /// used.</exception>
    public static async Task<GatewayServer> StartAsync(GatewayOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new GatewayServer(options);
        try
        {
            await server._web.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw new SettingException(Explain(options, e));
        }

        server.PageUrl = server.ReadPageUrl();
        return server;
    }

    /// <summary>Ends every connection, with a close frame where the peer still listens, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        Relay.Dispose();
        await _stopping.CancelAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await _web.StopAsync(limit.Token).ConfigureAwait(false);
        Desk?.Dispose();
        await _web.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private InProcessLink? OpenLink(DeskNode desk) =>
        InProcessLink.Open(desk.Pump, DeskNode.Name, Relay.Pump, RelayNode.Name, _options.Traffic);

    /// <summary>
    /// Opens the local node's link again whenever it ends: to both ends, a machine that slept is a silent neighbour.
    /// </summary>
    private async Task KeepLinkedAsync(DeskNode desk, InProcessLink link)
    {
        for (InProcessLink? open = link; open is not null; open = OpenLink(desk))
        {
            await open.Completion.ConfigureAwait(false);
        }
    }

    private static string Explain(GatewayOptions options, Exception exception)
    {
        return (exception.GetBaseException() as SocketException)?.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable => $"{options.Address} is not an address of this machine.",
            SocketError.AccessDenied => $"Port {options.Port} may not be opened by this user; choose one above 1023.",
            _ => $"Port {options.Port} on {options.Address} is in use by another program; choose another with --port.",
        };
    }

    private WebApplication Build()
    {
        // Empty: no settings files, environment variables or logging of the web server's own.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Listen(_options.Address, _options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        WebApplication web = builder.Build();
        web.UseWebSockets(new WebSocketOptions { KeepAliveInterval = _options.KeepAlive });
        web.Use(GuardAsync);
        MapEndpoints(web);
        return web;
    }

    private void MapEndpoints(WebApplication web)
    {
        var status = new StatusEndpoint(_options, Relay, Desk, Map);
        var events = new EventStream(Map, status);
        var resonance = new ResonanceEndpoint(Desk);
        web.Map(MeshPath, context => Relay.ServeAsync(context, _stopping.Token));
        web.MapGet(ApiPath + "/status", status.GetStatusAsync);
        web.MapGet(ApiPath + "/debug", status.GetDebugAsync);
        web.MapGet(ApiPath + "/events", context => events.GetAsync(context, _stopping.Token));
        web.MapGet(ApiPath + "/contacts", status.GetContactsAsync);
        web.MapPost(ApiPath + "/resonance", resonance.PostAsync);
        web.MapPost(ApiPath + "/identify", new IdentifyEndpoint(Desk).PostAsync);
        web.MapGet(
            ApiPath + "/resonance/{id}",
            context => resonance.GetAsync(context, (string)context.Request.RouteValues["id"]!));
        web.MapGet("/", _page.GetPageAsync);
        web.MapPost("/signin", SignInAsync);
        foreach (string part in _page.Parts)
        {
            web.MapGet("/" + part, context => _page.GetPartAsync(context, part));
        }

        web.MapFallback(context => ApiAnswers.RefuseAsync(
            context, StatusCodes.Status404NotFound, "not_found", "There is nothing at this address."));
    }

    /// <summary>Lets in what may come in; boards go straight to the mesh endpoint.</summary>
    private Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        if (context.Request.Path == MeshPath)
        {
            return next(context);
        }

        bool signingIn = context.Request.Path == "/signin" || IsPart(context.Request.Path);
        return _access.Judge(context) switch
        {
            AccessControl.Verdict.Allowed => next(context),
            AccessControl.Verdict.NoToken when signingIn => next(context),
            AccessControl.Verdict.NoToken => RefuseWithoutTokenAsync(context),
            AccessControl.Verdict.NotLocal => ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                "token_not_set",
                "REST and page answer other machines only when the gateway was started with a token."),
            _ => ApiAnswers.RefuseAsync(
                context, StatusCodes.Status403Forbidden, "cross_site", "Requests from other sites are refused."),
        };
    }

    // Style sheets and scripts hold nothing secret, and the sign-in form needs them.
    private bool IsPart(PathString path) => _page.Parts.Any(part => path == "/" + part);

    private Task RefuseWithoutTokenAsync(HttpContext context)
    {
        if (context.Request.Path == "/")
        {
            return _page.GetSignInAsync(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiAnswers.RefuseAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "token_required",
            "Send the token: Authorization: Bearer TOKEN.");
    }

    private async Task SignInAsync(HttpContext context)
    {
        const int MaxForm = 4096;
        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > MaxForm)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        IFormCollection form = await context.Request.ReadFormAsync().ConfigureAwait(false);
        if (_access.IsToken(form["token"].ToString()))
        {
            context.Response.Cookies.Append(AccessControl.CookieName, _access.SessionText!, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                IsEssential = true,
            });
        }

        // Back to the page, which shows the form again when the token was wrong.
        context.Response.Redirect("/", permanent: false);
    }

    private Uri ReadPageUrl()
    {
        var bound = new Uri(_web.Urls.First().Replace("[::]", "127.0.0.1").Replace("0.0.0.0", "127.0.0.1"));
        return new UriBuilder("http", bound.Host, bound.Port, "/").Uri;
    }
}
