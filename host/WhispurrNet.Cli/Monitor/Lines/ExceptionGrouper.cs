namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>Takes what <see cref="ExceptionGrouper"/> lets go.</summary>
internal interface IGroupSink
{
    /// <summary>A whole exception.</summary>
    void OnException(ClrException exception);

    /// <summary>A line that belongs to none.</summary>
    void OnLine(in SerialLine line, LineKind kind);
}

/// <summary>
/// Joins the lines of an exception. It is complete when another line comes, or after a while; a message of several lines
/// is recognised by the stack that follows it. No line is lost: what belongs to no exception comes out as it is.
/// </summary>
internal sealed class ExceptionGrouper(IGroupSink sink)
{
    /// <summary>Most frames of one stack; what is deeper comes out as lines.</summary>
    public const int MaxFrames = 64;

    /// <summary>Most lines of a message behind its first.</summary>
    public const int MaxMessageLines = 8;

    /// <summary>How long the next line is waited for.</summary>
    public const int WaitMs = 300;

    private readonly List<StackFrameLine> _frames = [];
    private readonly List<(SerialLine Line, LineKind Kind)> _perhapsMessage = [];
    private ClrException? _open;
    private string? _message;
    private long _lastMs;

    /// <summary>When <see cref="Expire"/> is to be called; null while no exception is begun.</summary>
    public long? Deadline => _open is null ? null : _lastMs + WaitMs;

    /// <summary>Takes the next line.</summary>
    public void Take(in SerialLine line, LineKind kind, long nowMs)
    {
        ReadOnlySpan<char> words = line.Text.AsSpan().Trim(' ');
        if (kind == LineKind.ExceptionHead)
        {
            Close(isUncaught: false);
            ClrException.TryReadHead(words, out _open);
        }
        else if (_open is null)
        {
            sink.OnLine(line, kind is LineKind.ExceptionMessage or LineKind.StackFrame ? LineKind.Text : kind);
            return;
        }
        else if (!Join(line, kind, words))
        {
            Close(isUncaught: false);
            Take(line, kind, nowMs);
            return;
        }

        _lastMs = nowMs;
    }

    /// <summary>Lets go an exception that has been waited for long enough.</summary>
    public void Expire(long nowMs)
    {
        if (Deadline is { } deadline && nowMs >= deadline)
        {
            Close(isUncaught: false);
        }
    }

    /// <summary>Lets go what there is of one.</summary>
    public void Flush() => Close(isUncaught: false);

    private bool Join(in SerialLine line, LineKind kind, ReadOnlySpan<char> words)
    {
        switch (kind)
        {
            case LineKind.ExceptionMessage when _message is null && _frames.Count == 0:
                _message = ClrException.ReadMessage(words);
                return true;
            case LineKind.StackFrame when _frames.Count < MaxFrames:
                TakeMessageLines();
                ClrException.TryReadFrame(words, out StackFrameLine? frame);
                _frames.Add(frame!);
                return true;
            case LineKind.Uncaught when _perhapsMessage.Count == 0:
                Close(isUncaught: true);
                return true;
            case LineKind.Text or LineKind.Clr or LineKind.Rom
                when _message is not null && _frames.Count == 0 && _perhapsMessage.Count < MaxMessageLines:
                _perhapsMessage.Add((line, kind));
                return true;
            default:
                return false;
        }
    }

    private void TakeMessageLines()
    {
        foreach ((SerialLine line, _) in _perhapsMessage)
        {
            _message += "\n" + line.Text;
        }

        _perhapsMessage.Clear();
    }

    private void Close(bool isUncaught)
    {
        if (_open is null)
        {
            return;
        }

        ClrException exception = _open with { Message = _message, Frames = [.. _frames], IsUncaught = isUncaught };
        _open = null;
        _message = null;
        _frames.Clear();
        sink.OnException(exception);
        foreach ((SerialLine line, LineKind kind) in _perhapsMessage)
        {
            sink.OnLine(line, kind);
        }

        _perhapsMessage.Clear();
    }
}
