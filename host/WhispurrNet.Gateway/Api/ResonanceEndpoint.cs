using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Api;

/// <summary>The answer to a whisper that was taken.</summary>
/// <param name="Type">Its type, as in the request.</param>
/// <param name="Id">Its first frame, 16 hex digits; GET /api/whispurrnet/resonance/ID tells how far it has come.</param>
/// <param name="State">queued: accepted, and on its way from now on.</param>
/// <param name="Intent">The intent, or null.</param>
/// <param name="To">The whole identity that a direct whisper is for, or null.</param>
/// <param name="Bytes">Size of the payload.</param>
public sealed record SentAnswer(string Type, string Id, string State, string? Intent, string? To, int Bytes);

/// <summary>The answer of <c>GET /api/whispurrnet/resonance/ID</c>.</summary>
/// <param name="Id">The whisper, as the answer to POST named it.</param>
/// <param name="State">queued; relayed: every frame of it was taken by some neighbour; delivered: its recipient's application was
/// given it; expired: its time ended before that.</param>
public sealed record StateAnswer(string Id, string State);

/// <summary>
/// <c>POST /api/whispurrnet/resonance</c> with <c>{"intent": "...", "payload": ...}</c>; the payload is a string, or
/// any other JSON, which is sent as compact text. Another <c>type</c> than RESONANCE_WHISPER needs no intent:
/// GOSSIP_BROADCAST and EMERGENCY_SIGNAL go to the whole network, DIRECT_MESSAGE to the identity in <c>to</c>.
/// </summary>
internal sealed class ResonanceEndpoint(DeskNode? desk)
{
    /// <summary>Largest body in bytes; far above any payload, so that the answer can say what is too large.</summary>
    public const int MaxBody = 16 * 1024;

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

        if (await ReadBodyAsync(context).ConfigureAwait(false) is not { } body)
        {
            await ApiAnswers.RefuseLargeAsync(context, $"The body has more than {MaxBody} bytes.", MaxBody)
                .ConfigureAwait(false);
            return;
        }

        if (!TryParse(body, out Request? request, out string? problem))
        {
            await ApiAnswers.RefuseAsync(context, StatusCodes.Status400BadRequest, "bad_request", problem!)
                .ConfigureAwait(false);
            return;
        }

        await SendAsync(context, request!).ConfigureAwait(false);
    }

    /// <summary>Tells how far a whisper of the local node has come.</summary>
    public Task GetAsync(HttpContext context, string id)
    {
        WhisperStatus status = desk?.StatusOf(id) ?? WhisperStatus.Unknown;
        return status == WhisperStatus.Unknown
            ? ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status404NotFound,
                "unknown_whisper",
                "That is not one of the last thousand whispers that were sent through this gateway.")
            : ApiAnswers.WriteAsync(
                context, StatusCodes.Status200OK, new StateAnswer(id, status.ToString().ToLowerInvariant()));
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        byte[] part = new byte[4096];
        while (true)
        {
            int count = await context.Request.Body.ReadAsync(part, context.RequestAborted).ConfigureAwait(false);
            if (count == 0)
            {
                return body.ToArray();
            }

            if (body.Length + count > MaxBody)
            {
                return null;
            }

            body.Write(part, 0, count);
        }
    }

    private static bool TryParse(byte[] body, out Request? request, out string? problem)
    {
        request = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            problem = Read(document.RootElement, out request);
        }
        catch (JsonException)
        {
            problem = "The body is not valid JSON.";
        }

        return problem is null;
    }

    private static string? Read(JsonElement root, out Request? request)
    {
        request = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return "The body must be an object with intent and payload.";
        }

        string? kind = WhisperKinds.OfRestType(Text(root, "type", WhisperKinds.ResonanceType));
        if (kind is null)
        {
            return $"The type must be one of {string.Join(", ", WhisperKinds.All.Select(WhisperKinds.RestTypeOf))}.";
        }

        string? intent = kind == WhisperKinds.Resonance ? Text(root, "intent", null) : null;
        if (kind == WhisperKinds.Resonance && string.IsNullOrEmpty(intent))
        {
            return "The intent is missing: a string of 1 to 64 printable ASCII characters without a blank.";
        }

        string? to = kind == WhisperKinds.Direct ? Text(root, "to", null)?.ToLowerInvariant() : null;
        if (kind == WhisperKinds.Direct && (to is null || !IdentityName.IsShort(to)))
        {
            return "The recipient is missing: \"to\" is an identity, or at least its first "
                + $"{IdentityName.ShortMin} digits.";
        }

        if (!root.TryGetProperty("payload", out JsonElement payload))
        {
            return "The payload is missing: a string or any other JSON.";
        }

        try
        {
            string text = payload.ValueKind == JsonValueKind.String
                ? payload.GetString()!
                : JsonSerializer.Serialize(payload);
            request = new Request(kind, intent, to, Encoding.UTF8.GetBytes(text));
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: valid JSON, but no text.
            return "The payload is not valid Unicode.";
        }
    }

    private static string? Text(JsonElement root, string name, string? missing)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return missing;
        }

        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : string.Empty;
        }
        catch (InvalidOperationException)
        {
            return string.Empty;
        }
    }

    private Task SendAsync(HttpContext context, Request request)
    {
        if (desk is null)
        {
            return ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status409Conflict,
                "no_network",
                "This gateway has no network key; start it with a join code to send whispers.");
        }

        DeskSendResult sent;
        if (request.Kind == WhisperKinds.Direct)
        {
            if (desk.FindContact(request.To!, out string? contact) == ContactMatch.Several)
            {
                return ApiAnswers.RefuseAsync(
                    context,
                    StatusCodes.Status409Conflict,
                    "ambiguous_contact",
                    $"Several contacts begin with {request.To}; give more digits.");
            }

            sent = contact is null
                ? new DeskSendResult(SendResult.UnknownContact, null)
                : desk.Direct(contact, request.Payload);
        }
        else
        {
            sent = request.Kind switch
            {
                WhisperKinds.Broadcast => desk.Broadcast(request.Payload),
                WhisperKinds.Emergency => desk.Emergency(request.Payload),
                _ => desk.Resonate(request.Intent!, request.Payload),
            };
        }

        return AnswerAsync(context, request, sent, desk);
    }

    private static Task AnswerAsync(HttpContext context, Request request, DeskSendResult sent, DeskNode desk)
    {
        int limit = request.Kind == WhisperKinds.Emergency ? desk.MaxEmergencyPayload : desk.MaxPayload;
        return sent.Result switch
        {
            SendResult.Queued => ApiAnswers.WriteAsync(
                context,
                StatusCodes.Status202Accepted,
                new SentAnswer(
                    WhisperKinds.RestTypeOf(request.Kind),
                    sent.FrameId!,
                    "queued",
                    request.Intent,
                    sent.To,
                    request.Payload.Length)),
            SendResult.PayloadTooLarge => ApiAnswers.RefuseLargeAsync(
                context,
                $"The payload has {request.Payload.Length} bytes; a {request.Kind} carries at most {limit}.",
                limit),
            SendResult.UnknownContact => ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status404NotFound,
                "unknown_contact",
                $"No contact card of {request.To} has come yet, or it has expired."),
            SendResult.InvalidIntent => ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                "invalid_intent",
                "An intent has 1 to 64 printable ASCII characters without a blank."),
            SendResult.Congested => RefuseCongestedAsync(
                context, "congested", "This node has sent as much as the mesh carries; try again in half a minute."),
            SendResult.StoreFull => RefuseCongestedAsync(
                context, "store_full", "There is no room for another whisper now; try again in half a minute."),
            SendResult.TooManyPending => RefuseCongestedAsync(
                context, "too_many_pending", "Too many direct whispers still wait for their acknowledgement."),
            _ => ApiAnswers.RefuseAsync(
                context, StatusCodes.Status409Conflict, "no_network", "The local node has no network key."),
        };
    }

    private static Task RefuseCongestedAsync(HttpContext context, string error, string message)
    {
        context.Response.Headers.RetryAfter = "30";
        return ApiAnswers.RefuseAsync(context, StatusCodes.Status429TooManyRequests, error, message);
    }

    private sealed record Request(string Kind, string? Intent, string? To, byte[] Payload);
}
