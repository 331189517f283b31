using WhispurrNet.Instrumentation;
using WhispurrNet.Protocol.Tests.Memory;
using WhispurrNet.ReconcileStudy.Device;

namespace WhispurrNet.ReconcileStudy;

/// <summary>One reconciliation from beginning to end.</summary>
internal sealed class Conversation
{
    private const int TurnsMax = 1000;
    private const int SilentTurns = 2;

    private readonly Side[] _sides = new Side[2];
    private readonly long[] _il = new long[2];
    private readonly int[] _offers = new int[2];
    private int _silent;

    public Conversation(Method method, Situation situation)
    {
        for (int i = 0; i < 2; i++)
        {
            int side = i;
            _il[i] = Count(() => _sides[side] =
                method.Make(situation.Sides[side], situation.Key, side == 0));
        }

        while (TakeTurn())
        {
            if (Turns.Count > TurnsMax)
            {
                throw new InvalidOperationException($"{method.Name} comes to no end.");
            }
        }

        Missed = Enumerable.Range(0, 2).Sum(i => situation.Wanted[i].Count(place => !_sides[i].IsToBeSent(place)));
        Needless = Enumerable.Range(0, 2).Sum(i => situation.Sides[i].Held
            .Where((_, place) => _sides[i].IsToBeSent(place) && !situation.Wanted[i].Contains(place)).Count());
        HeapBytes = Enumerable.Range(0, 2).Max(i => ManagedHeap.SizeOfAll(_sides[i], situation.Sides[i]));
        WaitSeconds = Math.Max(0, (_offers.Max() - 1) * method.OfferEverySeconds);
    }

    /// <summary>What was said, turn by turn.</summary>
    public List<Turn> Turns { get; } = [];

    /// <summary>Frames that would not be sent although the other side lacks them.</summary>
    public int Missed { get; }

    /// <summary>Frames that would be sent although the other side has seen them.</summary>
    public int Needless { get; }

    /// <summary>What the larger side holds of a board's heap, without the ids.</summary>
    public int HeapBytes { get; }

    /// <summary>Seconds in which a side may not make its next offer.</summary>
    public double WaitSeconds { get; }

    /// <summary>IL instructions of the side that had more to do.</summary>
    public long Il => _il.Max();

    private bool TakeTurn()
    {
        List<byte[]>[] said = [Say(0), Say(1)];
        for (int i = 0; i < SilentTurns && said[0].Count + said[1].Count == 0; i++)
        {
            // A side may have waited for the other, which has nothing to say.
            _silent++;
            said = [Say(0), Say(1)];
        }

        for (int i = 0; i < 2; i++)
        {
            foreach (byte[] record in said[1 - i])
            {
                int side = i;
                bool good = false;
                _il[i] += Count(() => good = _sides[side].Read(record, record.Length));
                if (!good)
                {
                    throw new InvalidOperationException("A side refuses what the other says.");
                }
            }
        }

        if (said[0].Count + said[1].Count == 0)
        {
            return false;
        }

        Turns.AddRange(Enumerable.Repeat(new Turn([], []), _silent));
        _silent = 0;
        Turns.Add(new Turn([.. said[0].Select(r => r.Length)], [.. said[1].Select(r => r.Length)]));
        return true;
    }

    private List<byte[]> Say(int side)
    {
        List<byte[]> said = [];
        byte[] record = new byte[Side.BufferSize];
        while (true)
        {
            int count = 0;
            _il[side] += Count(() => count = _sides[side].Write(record));
            if (count == 0)
            {
                return said;
            }

            _offers[side] += record[0] == Side.Offer ? 1 : 0;
            said.Add(record[..count]);
        }
    }

    private static long Count(Action action) => DeviceCode.Measure(action).Instructions;
}
