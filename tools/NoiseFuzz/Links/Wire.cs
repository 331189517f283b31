using WhispurrNet.NoiseFuzz.Handshakes;

namespace WhispurrNet.NoiseFuzz.Links;

/// <summary>What lies between two nodes: carries units as they are, or as an attacker likes.</summary>
internal sealed class Wire(Random random, Tally tally)
{
    private const int RecordedMax = 400;

    private readonly List<byte[]> _recorded = [];
    private readonly List<byte[]> _held = [];

    /// <summary>How many units of a hundred are not carried as they are.</summary>
    public int SpoilPercent { get; set; }

    /// <summary>What arrives for one unit that was sent: nothing, the unit, something else, or several.</summary>
    public IReadOnlyList<byte[]> Carry(byte[] unit)
    {
        if (_recorded.Count < RecordedMax)
        {
            _recorded.Add(unit);
        }

        if (random.Next(100) >= SpoilPercent)
        {
            tally.Add("units: carried");
            byte[][] late = [.. _held];
            _held.Clear();
            return [unit, .. late];
        }

        switch (random.Next(6))
        {
            case 0:
                tally.Add("units: dropped");
                return [];
            case 1:
                tally.Add("units: sent twice");
                return [unit, unit];
            case 2:
                tally.Add("units: delayed behind the next");
                _held.Add(unit);
                return [];
            case 3:
                tally.Add("units: an old one instead");
                return [_recorded[random.Next(_recorded.Count)]];
            case 4:
                tally.Add("units: an old one before");
                return [_recorded[random.Next(_recorded.Count)], unit];
            default:
                (byte[] spoilt, string how) = Spoiler.Spoil(random, unit, _recorded[random.Next(_recorded.Count)]);
                tally.Add("units: " + how);
                return [spoilt];
        }
    }

    /// <summary>The connection is over: what was delayed is lost.</summary>
    public void Cut() => _held.Clear();
}
