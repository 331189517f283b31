using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace WhispurrNet.Gateway.Api;

/// <summary>
/// Who may use REST and page. Without a token: programs and browsers on this machine only. With a token: whoever shows
/// it, from anywhere. In both cases no page of another site, even in a browser on this machine, and no other host name,
/// so that a name that someone points at this machine gains nothing. The mesh endpoint stands outside: boards have no
/// token, and what passes there is sealed.
/// </summary>
internal sealed class AccessControl
{
    /// <summary>The cookie that the page's sign-in sets.</summary>
    public const string CookieName = "whispurrnet";

    private readonly byte[]? _token;
    private readonly byte[]? _session;

    public AccessControl(string? token)
    {
        if (token is not null)
        {
            _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));

            // The cookie is not the token, and ends with this process.
            _session = SHA256.HashData(RandomNumberGenerator.GetBytes(32));
            SessionText = Convert.ToHexStringLower(_session);
        }
    }

    /// <summary>What a request may do.</summary>
    public enum Verdict
    {
        /// <summary>Served.</summary>
        Allowed,

        /// <summary>It comes from a page of another site, or under a strange host name.</summary>
        CrossSite,

        /// <summary>It comes from another machine, and no token is set.</summary>
        NotLocal,

        /// <summary>A token is needed and was not shown.</summary>
        NoToken,
    }

    /// <summary>The value of the session cookie; null without a token.</summary>
    public string? SessionText { get; }

    /// <summary>Whether the request comes from no page at all or from a page of this gateway.</summary>
    public static bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            return false;
        }

        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Judges a request for REST or page.</summary>
    public Verdict Judge(HttpContext context)
    {
        if (!IsSameOrigin(context.Request))
        {
            return Verdict.CrossSite;
        }

        if (_token is not null)
        {
            return HasToken(context.Request) ? Verdict.Allowed : Verdict.NoToken;
        }

        if (context.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
        {
            return Verdict.NotLocal;
        }

        return IsLocalName(context.Request.Host.Host) ? Verdict.Allowed : Verdict.CrossSite;
    }

    /// <summary>Whether a text is the token; takes the same time for every text of one length.</summary>
    public bool IsToken(string text)
    {
        return _token is not null
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), _token);
    }

    private static bool IsLocalName(string host)
    {
        return host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
            && IPAddress.IsLoopback(address));
    }

    private bool HasToken(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        string authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return IsToken(authorization[Scheme.Length..].Trim());
        }

        string cookie = request.Cookies[CookieName] ?? string.Empty;
        return CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(cookie)),
            SHA256.HashData(Encoding.UTF8.GetBytes(SessionText!)));
    }
}
