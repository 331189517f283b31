namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>
/// Makes lines of text that comes in pieces. Lines end with <c>\n</c>, before which one <c>\r</c> does not count. A line
/// that is too long comes in pieces, and so does one whose end is not in sight for a while. Every byte comes out once.
/// </summary>
/// <remarks>
/// In: <see cref="Feed"/>, <see cref="Expire"/> when <see cref="Deadline"/> has come, <see cref="Flush"/> at the end.
/// Out: the sink's calls, from inside those. Times are milliseconds of a clock that never goes back.
/// </remarks>
internal sealed class LineAssembler(LineSource source, ILineSink sink)
{
    /// <summary>The longest line that comes in one piece, in bytes.</summary>
    public const int MaxLine = 4_096;

    /// <summary>How long a line without its end is waited for, such as a question to the user.</summary>
    public const int PartialMs = 500;

    private readonly byte[] _held = new byte[MaxLine];
    private int _count;
    private bool _starts = true;
    private long _lastByteMs;

    /// <summary>When <see cref="Expire"/> is to be called; null while no line is begun.</summary>
    public long? Deadline => _count == 0 ? null : _lastByteMs + PartialMs;

    /// <summary>Takes bytes of text.</summary>
    public void Feed(ReadOnlySpan<byte> bytes, long nowMs)
    {
        _lastByteMs = nowMs;
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> piece = end < 0 ? bytes : bytes[..end];
            if (_count == 0 && end >= 0 && end <= MaxLine)
            {
                Emit(piece, ends: true);
            }
            else
            {
                Hold(piece);
                if (end >= 0)
                {
                    Emit(_held.AsSpan(0, _count), ends: true);
                    _count = 0;
                }
            }

            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }
    }

    /// <summary>Gives out a line that has been waited for long enough.</summary>
    public void Expire(long nowMs)
    {
        if (Deadline is { } deadline && nowMs >= deadline)
        {
            Flush();
        }
    }

    /// <summary>Gives out what there is of a line.</summary>
    public void Flush()
    {
        if (_count > 0)
        {
            Emit(_held.AsSpan(0, _count), ends: false);
            _count = 0;
        }
    }

    private void Hold(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (_count == MaxLine)
            {
                Cut();
            }

            int fits = Math.Min(piece.Length, MaxLine - _count);
            piece[..fits].CopyTo(_held.AsSpan(_count));
            _count += fits;
            piece = piece[fits..];
        }
    }

    private void Cut()
    {
        // Not inside a character, and not between the two bytes of a line end.
        int kept = _held[MaxLine - 1] == (byte)'\r' ? 1 : SafeText.HalfCharacter(_held);
        Emit(_held.AsSpan(0, MaxLine - kept), ends: false);
        _held.AsSpan(MaxLine - kept).CopyTo(_held);
        _count = kept;
    }

    private void Emit(ReadOnlySpan<byte> bytes, bool ends)
    {
        if (ends && bytes.EndsWith("\r"u8))
        {
            bytes = bytes[..^1];
        }

        bool starts = _starts;
        _starts = ends;
        if (ends && !starts && bytes.IsEmpty)
        {
            // The end of a line whose text is out already.
            return;
        }

        string text = SafeText.Decode(bytes, out int nonText);
        sink.OnLine(new SerialLine(
            text, nonText == 0 ? null : bytes.ToArray(), bytes.Length, nonText, source, starts, ends));
    }
}
