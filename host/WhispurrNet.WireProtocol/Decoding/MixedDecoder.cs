namespace WhispurrNet.WireProtocol;

/// <summary>
/// Takes apart what a board sends: text and packets in any mix, in pieces of any size. Does no input or output and
/// knows no clock.
/// </summary>
/// <remarks>
/// <para>
/// Three kinds of members. In: <see cref="Feed"/>, <see cref="Expire"/> when <see cref="Deadline"/> has come,
/// <see cref="Flush"/> when the line has ended. Out: the calls of the sink, from inside those three. Asked:
/// <see cref="Deadline"/> and the counters.
/// </para>
/// <para>
/// Every byte comes out once and in order, in a packet or as text. What begins like a packet and is none comes out as
/// text, and packets that began inside it are still found. Memory is one packet of the largest size. Nothing that comes
/// in makes it throw; when the sink throws, the rest of that call's input is lost.
/// </para>
/// <para>Times are milliseconds of any clock that never goes back. One thread at a time.</para>
/// </remarks>
public sealed class MixedDecoder
{
    private static readonly int s_refusals = Enum.GetValues<PacketRefusal>().Length;

    private readonly MixedDecoderOptions _options;
    private readonly byte[] _held;
    private readonly long[] _refused = new long[s_refusals];
    private int _heldCount;
    private int _heldNeeds;
    private long _lastByteMs;

    /// <summary>Creates a decoder that has seen nothing.</summary>
    /// <param name="options">Its limits, or null for those of a host.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public MixedDecoder(MixedDecoderOptions? options = null)
    {
        _options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxPayload, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            _options.MaxPayload, PacketHeader.MaxHostPayload, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MarkerTimeoutMs, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.PacketTimeoutMs, nameof(options));
        _held = new byte[PacketHeader.Bytes + _options.MaxPayload];
    }

    /// <summary>Which packets must carry right checksums; may change at any time.</summary>
    public CrcRule Crc { get; set; }

    /// <summary>When <see cref="Expire"/> is to be called unless more bytes come; null while nothing is held.</summary>
    public long? Deadline => _heldCount == 0
        ? null
        : _lastByteMs + (_heldCount < PacketHeader.MarkerBytes ? _options.MarkerTimeoutMs : _options.PacketTimeoutMs);

    /// <summary>Bytes held back because they may be the begin of a packet.</summary>
    public int Held => _heldCount;

    /// <summary>Packets found.</summary>
    public long Packets { get; private set; }

    /// <summary>Bytes passed on as text.</summary>
    public long TextBytes { get; private set; }

    /// <summary>How often something was refused for a reason.</summary>
    public long Refused(PacketRefusal reason) => _refused[(int)reason];

    /// <summary>Takes bytes as they came.</summary>
    /// <param name="input">Any number of bytes.</param>
    /// <param name="nowMs">When they came.</param>
    /// <param name="sink">Gets what they complete.</param>
    public void Feed(ReadOnlySpan<byte> input, long nowMs, IMixedSink sink)
    {
        Expire(nowMs, sink);
        if (input.IsEmpty)
        {
            return;
        }

        _lastByteMs = nowMs;
        while (_heldCount > 0 && !input.IsEmpty)
        {
            // Never more than the candidate needs, so whatever follows it is read in place.
            int count = Math.Min(input.Length, _heldNeeds - _heldCount);
            input[..count].CopyTo(_held.AsSpan(_heldCount));
            input = input[count..];
            _heldCount += count;
            KeepHeld(Scan(_held.AsSpan(0, _heldCount), 0, sink));
        }

        if (!input.IsEmpty)
        {
            ReadOnlySpan<byte> rest = input[Scan(input, 0, sink)..];
            rest.CopyTo(_held);
            _heldCount = rest.Length;
        }
    }

    /// <summary>Gives up what is held once <see cref="Deadline"/> has come; does nothing before.</summary>
    public void Expire(long nowMs, IMixedSink sink)
    {
        if (Deadline is { } deadline && nowMs >= deadline)
        {
            Flush(sink);
        }
    }

    /// <summary>Gives up what is held: nothing more will come.</summary>
    public void Flush(IMixedSink sink)
    {
        while (_heldCount > 0)
        {
            // Half a marker is text like any other; behind a whole one a packet is missing.
            if (_heldCount >= PacketHeader.MarkerBytes)
            {
                Refuse(PacketRefusal.Truncated, sink);
            }

            KeepHeld(Scan(_held.AsSpan(0, _heldCount), 1, sink));
        }
    }

    private void KeepHeld(int from)
    {
        _held.AsSpan(from, _heldCount - from).CopyTo(_held);
        _heldCount -= from;
    }

    /// <summary>Passes on what can be; returns where a candidate begins that needs more, or the length.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="searchFrom">How many bytes at its start are text for certain.</param>
    /// <param name="sink">Gets it.</param>
    private int Scan(ReadOnlySpan<byte> bytes, int searchFrom, IMixedSink sink)
    {
        int textFrom = 0;
        int at = searchFrom;
        while (true)
        {
            at = FindCandidate(bytes, at);
            Text(bytes[textFrom..at], sink);
            textFrom = at;
            if (at == bytes.Length)
            {
                return at;
            }

            switch (Examine(bytes[at..], out PacketHeader header, out int size, out PacketRefusal reason))
            {
                case Verdict.NeedsMore:
                    _heldNeeds = size;
                    return at;
                case Verdict.Accepted:
                    Packets++;
                    sink.OnPacket(header, bytes.Slice(at + PacketHeader.Bytes, size - PacketHeader.Bytes));
                    at += size;
                    textFrom = at;
                    break;
                default:
                    Refuse(reason, sink);
                    at++;
                    break;
            }
        }
    }

    /// <summary>Where a marker begins, or at the end the begin of one; the length if nowhere.</summary>
    private static int FindCandidate(ReadOnlySpan<byte> bytes, int from)
    {
        int at = from;
        while (at < bytes.Length)
        {
            int found = bytes[at..].IndexOf("NF"u8);
            if (found < 0)
            {
                return bytes[^1] == (byte)'N' ? bytes.Length - 1 : bytes.Length;
            }

            at += found;
            ReadOnlySpan<byte> start = bytes[at..Math.Min(bytes.Length, at + PacketHeader.MarkerBytes)];
            if (PacketHeader.PacketMarkerBytes.StartsWith(start) || PacketHeader.DebuggerMarkerBytes.StartsWith(start))
            {
                return at;
            }

            at += 2;
        }

        return bytes.Length;
    }

    /// <summary>Judges what begins with a marker, or with the begin of one.</summary>
    /// <param name="bytes">The candidate and whatever follows it.</param>
    /// <param name="header">Its header, once it is there.</param>
    /// <param name="size">Bytes of the packet; while it needs more, how many it takes to judge again.</param>
    /// <param name="reason">Why it is refused.</param>
    private Verdict Examine(ReadOnlySpan<byte> bytes, out PacketHeader header, out int size, out PacketRefusal reason)
    {
        reason = default;
        if (!PacketHeader.TryRead(bytes, out header))
        {
            size = bytes.Length < PacketHeader.MarkerBytes ? PacketHeader.MarkerBytes : PacketHeader.Bytes;
            return Verdict.NeedsMore;
        }

        size = PacketHeader.Bytes;
        bool isChecked = Crc == CrcRule.Always || (Crc == CrcRule.WhenPresent && !header.Unchecked);
        if (isChecked && PacketHeader.ComputeCrc(bytes) != header.HeaderCrc)
        {
            reason = PacketRefusal.HeaderCrc;
            return Verdict.Refused;
        }

        if (header.Size > _options.MaxPayload)
        {
            reason = PacketRefusal.TooLong;
            return Verdict.Refused;
        }

        size += (int)header.Size;
        if (bytes.Length < size)
        {
            return Verdict.NeedsMore;
        }

        ReadOnlySpan<byte> payload = bytes[PacketHeader.Bytes..size];
        if (isChecked ? Crc32.Compute(payload) != header.DataCrc : HoldsPacket(header, payload))
        {
            reason = isChecked ? PacketRefusal.PayloadCrc : PacketRefusal.Nested;
            return Verdict.Refused;
        }

        return Verdict.Accepted;
    }

    /// <summary>Whether a header that could be one lies in an unguarded payload: the packet was cut off there.</summary>
    private bool HoldsPacket(in PacketHeader outer, ReadOnlySpan<byte> payload)
    {
        if (!_options.FindNested || outer.Command == Command.ReadMemory)
        {
            return false;
        }

        int at = FindCandidate(payload, 0);
        while (payload.Length - at >= PacketHeader.Bytes)
        {
            if (PacketHeader.TryRead(payload[at..], out PacketHeader inner)
                && inner.Unchecked
                && inner.Size <= _options.MaxPayload
                && (inner.Flags & ~PacketFlags.Known) == 0)
            {
                return true;
            }

            at = FindCandidate(payload, at + 1);
        }

        return false;
    }

    private void Text(ReadOnlySpan<byte> bytes, IMixedSink sink)
    {
        if (!bytes.IsEmpty)
        {
            TextBytes += bytes.Length;
            sink.OnText(bytes);
        }
    }

    private void Refuse(PacketRefusal reason, IMixedSink sink)
    {
        _refused[(int)reason]++;
        sink.OnRefused(reason);
    }

    private enum Verdict
    {
        NeedsMore,
        Accepted,
        Refused,
    }
}
