using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Api;

/// <summary>The answer when the user's identity is on its way.</summary>
/// <param name="Id">The frame that carries it, 16 hex digits.</param>
/// <param name="State">queued: sealed, and on its way from now on.</param>
/// <param name="To">The whole identity that is told.</param>
/// <param name="PublicKey">The user's public key, which it is told.</param>
public sealed record IdentifiedAnswer(string Id, string State, string To, string PublicKey);

/// <summary>
/// <c>POST /api/whispurrnet/identify</c> with <c>{"to": "IDENTITY"}</c>: tells one contact, and nobody else, who the user
/// is.
/// </summary>
internal sealed class IdentifyEndpoint(DeskNode? desk)
{
    public async Task PostAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                "not_json",
                "Send the body with Content-Type: application/json.").ConfigureAwait(false);
            return;
        }

        string? to = await ReadRecipientAsync(context).ConfigureAwait(false);
        if (to is null || !IdentityName.IsShort(to))
        {
            await ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                "bad_request",
                $"The recipient is missing: \"to\" is an identity, or at least its first {IdentityName.ShortMin} digits.")
                .ConfigureAwait(false);
            return;
        }

        await IdentifyAsync(context, to).ConfigureAwait(false);
    }

    private static async Task<string?> ReadRecipientAsync(HttpContext context)
    {
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(
                context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("to", out JsonElement to) && to.ValueKind == JsonValueKind.String
                ? to.GetString()!.ToLowerInvariant()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private Task IdentifyAsync(HttpContext context, string to)
    {
        if (desk?.UserKey is not { } key)
        {
            return ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status409Conflict,
                "no_identity",
                "This gateway was started without a user identity: --identity FILE.");
        }

        ContactMatch match = desk.FindContact(to, out string? contact);
        if (match == ContactMatch.Several)
        {
            return ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status409Conflict,
                "ambiguous_contact",
                $"Several contacts begin with {to}; give more digits.");
        }

        DeskSendResult sent =
            contact is null ? new DeskSendResult(SendResult.UnknownContact, null) : desk.Identify(contact);
        switch (sent.Result)
        {
            case SendResult.Queued:
                return ApiAnswers.WriteAsync(
                    context,
                    StatusCodes.Status202Accepted,
                    new IdentifiedAnswer(sent.FrameId!, "queued", sent.To!, key));
            case SendResult.UnknownContact:
                return ApiAnswers.RefuseAsync(
                    context,
                    StatusCodes.Status404NotFound,
                    "unknown_contact",
                    $"No contact card of {to} has come yet, or it has expired.");
            default:
                context.Response.Headers.RetryAfter = "30";
                return ApiAnswers.RefuseAsync(
                    context,
                    StatusCodes.Status429TooManyRequests,
                    "congested",
                    "This node has sent as much as the mesh carries; try again in half a minute.");
        }
    }
}
