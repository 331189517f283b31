using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Api;

/// <summary>The answer to a whisper that was taken.</summary>
/// <param name="Type">RESONANCE_WHISPER or GOSSIP_BROADCAST.</param>
/// <param name="Id">The frame that carries it, 16 hex digits.</param>
/// <param name="State">queued: sealed, and on its way from now on.</param>
/// <param name="Intent">The intent, or null.</param>
/// <param name="Bytes">Size of the payload.</param>
public sealed record SentAnswer(string Type, string Id, string State, string? Intent, int Bytes);

/// <summary>
/// <c>POST /api/whispurrnet/resonance</c> with <c>{"intent": "...", "payload": ...}</c>; the payload is a string, or
/// any other JSON, which is sent as compact text. <c>"type": "GOSSIP_BROADCAST"</c> sends to the whole network instead,
/// and needs no intent.
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
            await ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                "payload_too_large",
                $"The body has more than {MaxBody} bytes.").ConfigureAwait(false);
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

        string? type = Text(root, "type", WhisperKinds.ResonanceType);
        if (type is not (WhisperKinds.ResonanceType or WhisperKinds.BroadcastType))
        {
            return $"The type must be {WhisperKinds.ResonanceType} or {WhisperKinds.BroadcastType}.";
        }

        string? intent = Text(root, "intent", null);
        if (type == WhisperKinds.ResonanceType && string.IsNullOrEmpty(intent))
        {
            return "The intent is missing: a string of 1 to 64 printable ASCII characters without a blank.";
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
            request = new Request(type, intent, Encoding.UTF8.GetBytes(text));
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

        DeskSendResult sent = request.Type == WhisperKinds.BroadcastType
            ? desk.Broadcast(request.Payload)
            : desk.Resonate(request.Intent!, request.Payload);
        return sent.Result switch
        {
            SendResult.Queued => ApiAnswers.WriteAsync(
                context,
                StatusCodes.Status202Accepted,
                new SentAnswer(
                    request.Type,
                    sent.FrameId!,
                    "queued",
                    request.Type == WhisperKinds.BroadcastType ? null : request.Intent,
                    request.Payload.Length)),
            SendResult.PayloadTooLarge => ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                "payload_too_large",
                $"The payload has {request.Payload.Length} bytes; a whisper carries at most {desk.MaxPayload}."),
            SendResult.InvalidIntent => ApiAnswers.RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                "invalid_intent",
                "An intent has 1 to 64 printable ASCII characters without a blank."),
            SendResult.Congested => RefuseCongestedAsync(
                context, "congested", "This node has sent as much as the mesh carries; try again in half a minute."),
            SendResult.StoreFull => RefuseCongestedAsync(
                context, "store_full", "There is no room for another whisper now; try again in half a minute."),
            _ => ApiAnswers.RefuseAsync(
                context, StatusCodes.Status409Conflict, "no_network", "The local node has no network key."),
        };
    }

    private static Task RefuseCongestedAsync(HttpContext context, string error, string message)
    {
        context.Response.Headers.RetryAfter = "30";
        return ApiAnswers.RefuseAsync(context, StatusCodes.Status429TooManyRequests, error, message);
    }

    private sealed record Request(string Type, string? Intent, byte[] Payload);
}
