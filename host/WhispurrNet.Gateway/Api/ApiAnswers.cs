using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Gateway.Api;

/// <summary>An error as REST tells it.</summary>
/// <param name="Error">A fixed word for programs.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Limit">The most bytes allowed, when that is what was wrong; else left out.</param>
public sealed record ApiError(
    string Error,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Limit = null);

/// <summary>Writes JSON answers.</summary>
internal static class ApiAnswers
{
    public static Task WriteAsync<T>(HttpContext context, int status, T answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(JsonSerializer.Serialize(answer, LiveHub.Json) + "\n");
    }

    public static Task RefuseAsync(HttpContext context, int status, string error, string message) =>
        WriteAsync(context, status, new ApiError(error, message));

    public static Task RefuseLargeAsync(HttpContext context, string message, int limit) =>
        WriteAsync(
            context, StatusCodes.Status413PayloadTooLarge, new ApiError("payload_too_large", message, limit));
}
