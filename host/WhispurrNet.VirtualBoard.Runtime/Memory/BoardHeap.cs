using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace WhispurrNet.Virtual;

/// <summary>
/// The managed heap of a board, counted by the interpreter's rule (<see cref="HeapRule"/>): what device code allocates
/// is charged and followed by weak handles. As on the chip, an allocation that does not fit starts a garbage
/// collection, .NET's here, and is refused with OutOfMemoryException if it does not fit then either (facts 7).
/// </summary>
public sealed class BoardHeap
{
    private readonly object _lock = new();
    private readonly List<BoardThread> _threads = [];
    private ConditionalWeakTable<object, object> _seen = [];
    private Entry[] _entries = new Entry[1024];
    private int _count;
    private long _limit;
    private long _used;
    private long _peak;
    private long _refused;
    private int _collections;
    private int _power;

    /// <summary>Makes an empty heap.</summary>
    /// <param name="limitBytes">Its size.</param>
    public BoardHeap(long limitBytes) => _limit = limitBytes;

    /// <summary>
    /// Bytes there are. May be lowered and raised while the board runs: what is in use stays, the next allocation that
    /// does not fit is refused.
    /// </summary>
    public long LimitBytes
    {
        get => Interlocked.Read(ref _limit);
        set => Interlocked.Exchange(ref _limit, value);
    }

    /// <summary>Bytes taken, garbage that no collection has found yet included.</summary>
    public long UsedBytes => Interlocked.Read(ref _used);

    /// <summary>
    /// The most that was in use right after a collection, with what was being allocated; 0 before the first.
    /// </summary>
    public long PeakBytes => Interlocked.Read(ref _peak);

    /// <summary>Collections in this power cycle.</summary>
    public int Collections => Volatile.Read(ref _collections);

    /// <summary>Allocations refused in this power cycle.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Collects and returns the free bytes, as <c>GC.Run</c> on the device; never negative.</summary>
    public long Collect()
    {
        lock (_lock)
        {
            CollectAll(asked: 0);
            return Math.Max(0, _limit - _used);
        }
    }

    /// <summary>Collects and tells what is left, by type, the largest share first.</summary>
    public IReadOnlyList<HeapShare> Census()
    {
        lock (_lock)
        {
            CollectAll(asked: 0);
            return [.. _entries.Take(_count)
                .Select(entry => (Type: entry.Handle.Target?.GetType().FullName, entry.Bytes))
                .Where(entry => entry.Type is not null)
                .GroupBy(entry => entry.Type!)
                .Select(group => new HeapShare(group.Key, group.Count(), group.Sum(entry => entry.Bytes)))
                .Append(new HeapShare("(threads)", _threads.Count, _threads.Count * HeapRule.Thread))
                .Append(new HeapShare("(calls)", _threads.Count, _threads.Sum(thread => thread.FramesCharged)))
                .OrderByDescending(share => share.Bytes)];
        }
    }

    /// <summary>Starts a power cycle with so many bytes taken by tables and the runtime.</summary>
    public void PowerOn(long baseBytes)
    {
        lock (_lock)
        {
            Clear();
            _used = baseBytes;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void PowerOff()
    {
        lock (_lock)
        {
            Clear();
        }
    }

    /// <summary>Makes room.</summary>
    /// <exception cref="OutOfMemoryException">There is none, even after a collection.</exception>
    public void Reserve(long bytes)
    {
        if (bytes > HeapRule.LargestObject)
        {
            Refuse(bytes, $"an object may have {HeapRule.LargestObject} bytes");
        }

        lock (_lock)
        {
            if (_used + bytes > _limit && !MakeRoom(bytes))
            {
                Refuse(bytes, $"{Math.Max(0, _limit - _used)} of {_limit} bytes are free");
            }
        }
    }

    /// <summary>Charges an object that lives from now on until .NET collects it.</summary>
    public void Keep(object value, long bytes)
    {
        lock (_lock)
        {
            if (_count == _entries.Length)
            {
                Array.Resize(ref _entries, _count * 2);
            }

            ref Entry entry = ref _entries[_count++];
            entry.Bytes = bytes;
            if (entry.Handle.IsAllocated)
            {
                entry.Handle.Target = value;
            }
            else
            {
                entry.Handle = GCHandle.Alloc(value, GCHandleType.Weak);
            }

            Interlocked.Add(ref _used, bytes);
        }
    }

    /// <summary>
    /// Charges what a library made and returned, unless it is known; the library has it already, so a refusal comes
    /// after the fact.
    /// </summary>
    /// <exception cref="OutOfMemoryException">There is no room for it.</exception>
    public void KeepReturned(object value, long bytes)
    {
        lock (_lock)
        {
            if (!_seen.TryAdd(value, this))
            {
                return;
            }
        }

        Reserve(bytes);
        Keep(value, bytes);
    }

    /// <summary>
    /// Charges a string; see <see cref="KeepReturned"/>. Not so short ones, which .NET keeps for ever and hands out again
    /// and again: the numbers below 300, and single characters.
    /// </summary>
    public void KeepText(string text)
    {
        if (text.Length > 3)
        {
            KeepReturned(text, HeapRule.String(Encoding.UTF8.GetByteCount(text)));
        }
    }

    /// <summary>Charges what no object stands for, until it is given back.</summary>
    /// <exception cref="OutOfMemoryException">There is no room for it.</exception>
    public void Take(long bytes)
    {
        Reserve(bytes);
        Interlocked.Add(ref _used, bytes);
    }

    /// <summary>Gives back what <see cref="Take"/> took.</summary>
    public void Give(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>Charges the frame of a call; calls lie on the heap (facts 7).</summary>
    /// <exception cref="OutOfMemoryException">There is no room for it.</exception>
    public void Enter(int bytes)
    {
        if (BoardThread.Current is { } thread)
        {
            int total = thread.FrameBytes + bytes;
            if (total > thread.FramesCharged)
            {
                Grow(thread, total);
            }

            thread.FrameBytes = total;
        }
    }

    /// <summary>Credits the frame of a call that ends. Its room is kept for the thread's next calls.</summary>
    public void Leave(int bytes)
    {
        if (BoardThread.Current is { } thread)
        {
            thread.FrameBytes -= bytes;
        }
    }

    /// <summary>Charges a thread, fit or not: who starts one for a program asks first.</summary>
    internal int AddThread(BoardThread thread)
    {
        Interlocked.Add(ref _used, HeapRule.Thread);
        lock (_lock)
        {
            _threads.Add(thread);
            return _power;
        }
    }

    internal void RemoveThread(BoardThread thread, int power)
    {
        lock (_lock)
        {
            if (power == _power && _threads.Remove(thread))
            {
                Give(HeapRule.Thread + thread.FramesCharged);
            }
        }
    }

    private void Grow(BoardThread thread, int total)
    {
        // The host's stack must outlast the board's.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Refuse(total, "the host's stack is smaller than the board's heap");
        }

        int more = total - thread.FramesCharged;
        Take(more);
        thread.FramesCharged += more;
    }

    private void Refuse(long bytes, string why)
    {
        Interlocked.Increment(ref _refused);
        throw new OutOfMemoryException($"No room for {bytes} bytes: {why}.");
    }

    // Young garbage first: a full collection of the host's heap costs far more, and is needed only if that is not enough.
    private bool MakeRoom(long bytes)
    {
        long comfortable = Math.Max(bytes, _limit / 8);
        for (int generation = 0; generation < GC.MaxGeneration; generation++)
        {
            GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
            Sweep();
            if (_used + comfortable <= _limit)
            {
                return true;
            }
        }

        CollectAll(bytes);
        return _used + bytes <= _limit;
    }

    private void CollectAll(long asked)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        Sweep();
        _collections++;
        _peak = Math.Max(_peak, _used + asked);
    }

    private void Sweep()
    {
        long dead = 0;
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_entries[i].Handle.Target is null)
            {
                dead += _entries[i].Bytes;
            }
            else
            {
                (_entries[kept], _entries[i]) = (_entries[i], _entries[kept]);
                kept++;
            }
        }

        _count = kept;

        // The interpreter's cache of finished frames is emptied too.
        foreach (BoardThread thread in _threads)
        {
            int idle = thread.FramesCharged - thread.FrameBytes;
            thread.FramesCharged -= idle;
            dead += idle;
        }

        Interlocked.Add(ref _used, -dead);
    }

    private void Clear()
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Handle.IsAllocated)
            {
                entry.Handle.Free();
            }
        }

        _entries = new Entry[1024];
        _seen = [];
        _threads.Clear();
        _count = 0;
        _used = 0;
        _peak = 0;
        _refused = 0;
        _collections = 0;
        _power++;
    }

    private struct Entry
    {
        public GCHandle Handle;
        public long Bytes;
    }
}

/// <summary>What the objects of one type hold of a heap.</summary>
/// <param name="Type">Full name of the type.</param>
/// <param name="Count">Objects.</param>
/// <param name="Bytes">What they take, without what they refer to.</param>
public sealed record HeapShare(string Type, int Count, long Bytes);
