using WhispurrNet.WireProtocol;

namespace WhispurrNet.WireFuzz;

/// <summary>Feeds the decoder inputs of a seed: each whole, byte by byte, and in random pieces with pauses.</summary>
internal sealed class DecoderFuzz(int seed)
{
    private readonly Random _random = new(seed);
    private readonly MixedInput _input = new();
    private readonly ConservingSink _sink = new();
    private readonly MixedDecoder _decoder = new(new MixedDecoderOptions(FindNested: false));
    private readonly MixedDecoder _suspicious = new();
    private long _nowMs;

    /// <summary>Packets that came out.</summary>
    public long Packets { get; private set; }

    /// <summary>Bytes that went in.</summary>
    public long Bytes { get; private set; }

    /// <summary>Runs one input through three times.</summary>
    /// <exception cref="FuzzFailure">A byte was lost, doubled, changed or told wrongly.</exception>
    public void RunOne()
    {
        _input.Make(_random);
        ReadOnlySpan<byte> bytes = _input.Bytes;
        int whole = Run(bytes.Length, 0);
        int single = Run(1, 0);
        if (whole != single)
        {
            throw new FuzzFailure($"{whole} packets at once, {single} byte by byte.");
        }

        Run(_random.Next(1, 20), _random.Next(5) == 0 ? 3_000 : 150);
        Packets += whole;
        Bytes += bytes.Length;
    }

    private int Run(int maxPiece, int maxPauseMs)
    {
        bool pausesGiveUp = maxPauseMs > 0;
        MixedDecoder decoder = pausesGiveUp ? _suspicious : _decoder;
        _sink.Start(_input, _input.IsClean && !pausesGiveUp);
        ReadOnlySpan<byte> rest = _input.Bytes;
        while (!rest.IsEmpty)
        {
            int count = Math.Min(rest.Length, pausesGiveUp ? _random.Next(1, maxPiece + 1) : maxPiece);
            decoder.Feed(rest[..count], _nowMs, _sink);
            rest = rest[count..];
            if (pausesGiveUp && _random.Next(4) == 0)
            {
                _nowMs += _random.Next(maxPauseMs);
                decoder.Expire(_nowMs, _sink);
            }
        }

        decoder.Flush(_sink);
        _sink.End();
        return _sink.Packets;
    }
}
