using WhispurrNet.Board.Serial;

namespace WhispurrNet.BoardCode.Tests.Serial;

/// <summary>
/// Two ends of a session and a line between them that a seed makes bad: it loses, changes and repeats bytes, and is cut for
/// a while. Time jumps from deadline to deadline.
/// </summary>
internal sealed class BadLine
{
    private const int MessageMax = 300;

    private readonly Random _random;
    private readonly List<byte>[] _under = [[], []];
    private readonly byte[] _bytes = new byte[SerialFrame.LineSizeMax(MessageMax)];
    private long _nowMs = 1000;

    public BadLine(int seed)
    {
        _random = new Random(seed);
        Ends = [new(true, MessageMax, 4, 3), new(false, MessageMax, 8, 8)];
    }

    /// <summary>The board and the bridge.</summary>
    public SerialSession[] Ends { get; }

    public long NowMs => _nowMs;

    /// <summary>Of a thousand bytes, how many are lost, changed and doubled.</summary>
    public int Loss { get; set; }

    /// <summary>Whether nothing passes.</summary>
    public bool IsCut { get; set; }

    /// <summary>Opens a session over a line that is good.</summary>
    public void Open()
    {
        Ends[0].Open((uint)_random.Next() + 1u, _nowMs);
        Until(() =>
        {
            Ends[1].Accept(_nowMs);
            return Ends[0].State == SerialSessionState.Open && Ends[1].State == SerialSessionState.Open;
        });
    }

    /// <summary>Goes on until something is so; at most an hour.</summary>
    public void Until(Func<bool> condition)
    {
        long endMs = _nowMs + (3600 * 1000);
        while (!condition())
        {
            Assert.True(_nowMs < endMs, "An hour has passed.");
            Step();
        }
    }

    /// <summary>One look of both ends at the line, and then on to what is due next.</summary>
    public void Step()
    {
        for (int end = 0; end < 2; end++)
        {
            int count;
            while ((count = Ends[end].PollTransmit(_bytes, _nowMs)) > 0)
            {
                if (!IsCut)
                {
                    Spoil(_bytes.AsSpan(0, count), _under[1 - end]);
                }
            }
        }

        bool any = false;
        for (int end = 0; end < 2; end++)
        {
            byte[] arrived = [.. _under[end]];
            _under[end].Clear();
            any |= arrived.Length > 0;
            for (int at = 0; at < arrived.Length;)
            {
                int chunk = Math.Min(arrived.Length - at, 1 + _random.Next(120));
                Ends[end].Receive(arrived, at, chunk, _nowMs);
                at += chunk;
            }
        }

        long dueMs = Math.Min(Ends[0].NextDeadlineMs, Ends[1].NextDeadlineMs);
        _nowMs = any || dueMs == long.MaxValue ? _nowMs + 5 : Math.Max(_nowMs + 1, dueMs);
    }

    private void Spoil(ReadOnlySpan<byte> bytes, List<byte> line)
    {
        foreach (byte value in bytes)
        {
            if (_random.Next(1000) >= Loss)
            {
                line.Add(value);
                continue;
            }

            switch (_random.Next(3))
            {
                case 0:
                    break;
                case 1:
                    line.Add((byte)_random.Next(256));
                    break;
                default:
                    line.Add(value);
                    line.Add(value);
                    break;
            }
        }

        if (Loss > 0 && _random.Next(20) == 0)
        {
            // A whole frame twice, as a driver may deliver it.
            line.AddRange(bytes);
        }
    }
}
