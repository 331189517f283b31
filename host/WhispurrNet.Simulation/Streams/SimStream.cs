using WhispurrNet.Protocol.Links;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Streams;

/// <summary>
/// A WebSocket between a board and a gateway: whole records, in order, after a latency and the time that their bytes take;
/// dialled again some seconds after a cut.
/// </summary>
internal sealed class SimStream
{
    private const int LatencyMs = 30;

    /// <summary>What a board's Wi-Fi and its interpreter get through, bytes a millisecond (guessed).</summary>
    private const int BytesPerMs = 20;

    /// <summary>Bytes of TCP/IP and WebSocket headers with each record.</summary>
    private const int HeaderBytes = 46;

    private const int RedialMs = 3_000;

    private readonly Medium _medium;
    private readonly Board[] _ends;
    private readonly int[] _links = [-1, -1];
    private readonly long[] _freeMs = new long[2];
    private int _session;

    public SimStream(Medium medium, Board initiator, Board responder)
    {
        _medium = medium;
        _ends = [initiator, responder];
        initiator.Attach(this);
        responder.Attach(this);
    }

    /// <summary>Dials after some seconds; not everybody at once.</summary>
    public void DialSoon()
    {
        int session = ++_session;
        _medium.Time.After(_medium.Random.Between(RedialMs / 2, RedialMs * 3 / 2), () =>
        {
            if (session == _session)
            {
                Dial();
            }
        });
    }

    /// <summary>Sends what a node has to say, and ends the stream when the node gave it up.</summary>
    public void Flush(Board board, byte[] unit)
    {
        int side = board == _ends[0] ? 0 : 1;
        if (_links[side] < 0)
        {
            return;
        }

        int count;
        while ((count = board.Node.PollTransmit(_links[side], unit, _medium.NowMs)) > 0)
        {
            Send(side, unit[..count]);
        }

        if (board.Node.GetLinkState(_links[side]) != LinkState.Open)
        {
            Cut();
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Cut()
    {
        for (int side = 0; side < 2; side++)
        {
            if (_links[side] >= 0 && _ends[side].IsPowered)
            {
                _ends[side].Node.CloseLink(_links[side], _medium.NowMs);
            }

            _links[side] = -1;
        }

        DialSoon();
    }

    private void Send(int side, byte[] record)
    {
        int session = _session;
        _medium.Tally.StreamBytes += record.Length + HeaderBytes;
        _freeMs[side] = Math.Max(_freeMs[side], _medium.NowMs) + ((record.Length + HeaderBytes) / BytesPerMs);
        _medium.Time.At(_freeMs[side] + LatencyMs, () =>
        {
            if (session == _session && _links[1 - side] >= 0)
            {
                _medium.UnitArrived(_ends[side], _ends[1 - side], record);
                _ends[1 - side].Node.Receive(_links[1 - side], record, record.Length, _medium.NowMs);
                _medium.UnitTaken();
                _ends[1 - side].Pump();
            }
        });
    }

    private void Dial()
    {
        if (!_ends[0].IsPowered || !_ends[1].IsPowered)
        {
            return;
        }

        _session++;
        long nowMs = _medium.NowMs;
        _medium.Note(TraceEvent.StreamUnit, _ends[0].Number, (ulong)_ends[1].Number);
        _freeMs[0] = _freeMs[1] = nowMs;
        for (int side = 0; side < 2; side++)
        {
            _links[side] = _ends[side].Node.OpenLink(LinkKind.Stream, side == 0, 0, nowMs);
        }

        if (_links[0] < 0 || _links[1] < 0)
        {
            Cut();
            return;
        }

        _ends[0].Pump();
        _ends[1].Pump();
    }
}
