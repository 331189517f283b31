using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace WhispurrNet.Gateway.Api;

/// <summary>The page and its parts, from this assembly: nothing is loaded from anywhere else.</summary>
internal sealed class PageEndpoint
{
    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly Dictionary<string, byte[]> _files = [];

    public PageEndpoint()
    {
        const string Prefix = "Page/";
        Assembly assembly = typeof(PageEndpoint).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            using Stream stream = assembly.GetManifestResourceStream(name)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            _files.Add(name[Prefix.Length..], content.ToArray());
        }
    }

    /// <summary>Names of the files other than the page itself.</summary>
    public IEnumerable<string> Parts => _files.Keys.Where(name => !name.EndsWith(".html", StringComparison.Ordinal));

    public Task GetPageAsync(HttpContext context) => WriteAsync(context, "index.html", StatusCodes.Status200OK);

    /// <summary>The sign-in form, for whoever has to show a token first.</summary>
    public Task GetSignInAsync(HttpContext context) =>
        WriteAsync(context, "signin.html", StatusCodes.Status401Unauthorized);

    public Task GetPartAsync(HttpContext context, string name) => WriteAsync(context, name, StatusCodes.Status200OK);

    private async Task WriteAsync(HttpContext context, string name, int status)
    {
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentTypes[Path.GetExtension(name)];
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(_files[name]).ConfigureAwait(false);
    }
}
