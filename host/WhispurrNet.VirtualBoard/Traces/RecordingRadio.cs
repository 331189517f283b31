using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace WhispurrNet.Virtual.Traces;

/// <summary>A radio that writes down what is asked of it, and what it answers.</summary>
[SuppressMessage("Design", "CA1852", Justification = "A proxy is derived from it.")]
internal class RecordingRadio : DispatchProxy
{
    private readonly object _lock = new();
    private long _startMicros;
    private bool _recording;

    public IBoardRadio Inner { get; set; } = null!;

    public BoardClock Clock { get; set; } = null!;

    public TextWriter Writer { get; set; } = null!;

    /// <summary>Writes down an event.</summary>
    public void Note(MethodInfo method, object?[] arguments) => Write(new TraceRecord(
        Clock.NowMicros - _startMicros, null, method.Name, TraceRecord.Encode(method, arguments), null, null));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        MethodInfo method = targetMethod!;
        object?[] arguments = args ?? [];
        switch (method.Name)
        {
            case nameof(IBoardRadio.PowerOn):
                _startMicros = Clock.NowMicros;
                _recording = true;
                return Call(method, arguments);
            case nameof(IBoardRadio.PowerOff):
                _recording = false;
                return Call(method, arguments);
            case nameof(IBluetoothRadio.Listen):
                var events = (RecordingEvents)(object)DispatchProxy.Create<IBluetoothEvents, RecordingEvents>();
                events.Inner = (IBluetoothEvents)arguments[0]!;
                events.Radio = this;
                return Call(method, [events]);
            default:
                return method.DeclaringType == typeof(IBluetoothRadio) && !method.IsSpecialName
                    ? Record(method, arguments)
                    : Call(method, arguments);
        }
    }

    private object? Record(MethodInfo method, object?[] arguments)
    {
        // Before the call: a program may reuse its arrays.
        JsonElement[] encoded = TraceRecord.Encode(method, arguments);
        long atMicros = Clock.NowMicros;
        object? result = null;
        string? thrown = null;
        try
        {
            return result = Call(method, arguments);
        }
        catch (Exception exception) when (exception is not PowerOffException)
        {
            thrown = exception.GetType().Name;
            throw;
        }
        finally
        {
            JsonElement? value = method.Name == nameof(IBluetoothRadio.SetMode)
                ? JsonSerializer.SerializeToElement((Clock.NowMicros - atMicros) / 1000)
                : method.ReturnType == typeof(void)
                    ? null
                    : JsonSerializer.SerializeToElement(result, method.ReturnType);
            Write(new TraceRecord(atMicros - _startMicros, method.Name, null, encoded, value, thrown));
        }
    }

    private object? Call(MethodInfo method, object?[] arguments) =>
        method.Invoke(Inner, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private void Write(TraceRecord record)
    {
        lock (_lock)
        {
            if (_recording)
            {
                Writer.WriteLine(record.ToString());
            }
        }
    }
}

/// <summary>Writes an event down before it reaches the program.</summary>
[SuppressMessage("Design", "CA1852", Justification = "A proxy is derived from it.")]
internal class RecordingEvents : DispatchProxy
{
    public IBluetoothEvents Inner { get; set; } = null!;

    public RecordingRadio Radio { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Radio.Note(targetMethod!, args!);
        return targetMethod!.Invoke(Inner, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
