using System.Numerics;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// Which frame is still to go to whom: a bit for each slot of the store and each target, and for each target how many. A
/// target is a neighbour, or a link to somebody who has no place among the neighbours.
/// </summary>
internal sealed class TargetSet(int targets)
{
    private const int WordBits = 64;

    private readonly int _words = (targets + WordBits - 1) / WordBits;
    private readonly ushort[] _counts = new ushort[targets];
    private ulong[] _bits = [];

    /// <summary>Frames for a target.</summary>
    public int CountOf(int target) => _counts[target];

    /// <summary>The store has so many slots now.</summary>
    public void Grow(int slots) => Array.Resize(ref _bits, slots * _words);

    /// <summary>Whether a frame is to go to a target.</summary>
    public bool Has(int slot, int target) => (_bits[WordOf(slot, target)] & MaskOf(target)) != 0;

    /// <summary>A frame is to go to a target.</summary>
    public void Add(int slot, int target)
    {
        ref ulong word = ref _bits[WordOf(slot, target)];
        if ((word & MaskOf(target)) == 0)
        {
            word |= MaskOf(target);
            _counts[target]++;
        }
    }

    /// <summary>A frame need not go to a target.</summary>
    public void Remove(int slot, int target)
    {
        ref ulong word = ref _bits[WordOf(slot, target)];
        if ((word & MaskOf(target)) != 0)
        {
            word &= ~MaskOf(target);
            _counts[target]--;
        }
    }

    /// <summary>A frame goes to nobody.</summary>
    public void RemoveSlot(int slot)
    {
        for (int i = 0; i < _words; i++)
        {
            ref ulong word = ref _bits[(slot * _words) + i];
            for (; word != 0; word &= word - 1)
            {
                _counts[(i * WordBits) + BitOperations.TrailingZeroCount(word)]--;
            }
        }
    }

    /// <summary>Nothing is for a target: another one has its place.</summary>
    public void RemoveTarget(int target)
    {
        for (int at = WordOf(0, target); at < _bits.Length && _counts[target] != 0; at += _words)
        {
            if ((_bits[at] & MaskOf(target)) != 0)
            {
                _bits[at] &= ~MaskOf(target);
                _counts[target]--;
            }
        }
    }

    private static ulong MaskOf(int target) => 1UL << (target % WordBits);

    private int WordOf(int slot, int target) => (slot * _words) + (target / WordBits);
}
