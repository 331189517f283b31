namespace WhispurrNet.Virtual.Serial.Line;

/// <summary>What a board sends, with the bytes that get lost and the pauses it makes.</summary>
internal sealed class SendQueue(DeviceFaults faults, IDeviceHost host)
{
    private readonly Queue<byte> _waiting = new();
    private readonly Random _noise = new(faults.Seed ^ 0x5EED);
    private long _stalledUntilMs;
    private long _sentSinceStall;

    /// <summary>When <see cref="Drain"/> can go on; null while nothing waits.</summary>
    public long? Deadline => _waiting.Count == 0 ? null : _stalledUntilMs;

    /// <summary>Sends bytes, now or after the pause.</summary>
    public void Send(ReadOnlySpan<byte> bytes, long nowMs)
    {
        if (_waiting.Count == 0 && faults is { StallEveryBytes: 0, DropSentPerMille: 0 })
        {
            host.Send(bytes);
            return;
        }

        foreach (byte b in bytes)
        {
            if (_noise.Next(1_000) >= faults.DropSentPerMille)
            {
                _waiting.Enqueue(b);
            }
        }

        Drain(nowMs);
    }

    /// <summary>Sends what may be sent by now.</summary>
    public void Drain(long nowMs)
    {
        while (_waiting.Count > 0 && nowMs >= _stalledUntilMs)
        {
            int every = faults.StallEveryBytes;
            int count = every == 0 ? _waiting.Count : (int)Math.Clamp(every - _sentSinceStall, 1, _waiting.Count);
            byte[] piece = new byte[count];
            for (int i = 0; i < count; i++)
            {
                piece[i] = _waiting.Dequeue();
            }

            host.Send(piece);
            _sentSinceStall += count;
            if (every > 0 && _sentSinceStall >= every)
            {
                _sentSinceStall = 0;
                _stalledUntilMs = nowMs + faults.StallMs;
            }
        }
    }

    /// <summary>Forgets what waits.</summary>
    public void Clear() => _waiting.Clear();
}
