using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhispurrNet.Virtual.Traces;

/// <summary>
/// One line of a trace: a call of the board's program into its radio, or an event of the radio for the program. The
/// names are those of <see cref="IBluetoothRadio"/> and <see cref="IBluetoothEvents"/>, the arguments in their order;
/// bytes are base64.
/// </summary>
/// <param name="AtMicros">Board time since power on, in microseconds, at which the call began or the event came.</param>
/// <param name="Call">The method, if it is a call.</param>
/// <param name="Event">The event, if it is one.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Result">What the call returned; for a change of role, the milliseconds it took.</param>
/// <param name="Thrown">The exception's type, if the call threw one.</param>
internal sealed record TraceRecord(
    [property: JsonPropertyName("at")] long AtMicros,
    [property: JsonPropertyName("call")] string? Call,
    [property: JsonPropertyName("event")] string? Event,
    [property: JsonPropertyName("args")] JsonElement[] Arguments,
    [property: JsonPropertyName("result")] JsonElement? Result,
    [property: JsonPropertyName("thrown")] string? Thrown)
{
    /// <summary>Version of the format, in the first line.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions s_options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes it as one line.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, s_options);

    /// <summary>The values of a method's parameters as JSON.</summary>
    public static JsonElement[] Encode(MethodInfo method, object?[] values) =>
        [.. method.GetParameters().Select((p, i) => JsonSerializer.SerializeToElement(values[i], p.ParameterType))];

    /// <summary>The values of a method's parameters from JSON.</summary>
    public object?[] Decode(MethodInfo method) =>
        [.. method.GetParameters().Select((p, i) => Arguments[i].Deserialize(p.ParameterType))];

    /// <summary>Whether it is this call with these arguments.</summary>
    public bool Is(string call, JsonElement[] arguments) =>
        Call == call && Arguments.Length == arguments.Length
        && Arguments.Zip(arguments).All(pair => JsonElement.DeepEquals(pair.First, pair.Second));

    /// <summary>What it says, for people.</summary>
    public string Describe() => $"{Call ?? Event}({string.Join(", ", Arguments.Select(a => a.GetRawText()))})";
}

/// <summary>The first line of a trace.</summary>
/// <param name="Trace">Version of the format.</param>
/// <param name="Board">Name of the board.</param>
/// <param name="Address">Its Bluetooth address.</param>
internal sealed record TraceHeader(
    [property: JsonPropertyName("trace")] int Trace,
    [property: JsonPropertyName("board")] string Board,
    [property: JsonPropertyName("address")] ulong Address);
