namespace WhispurrNet.Instrumentation;

/// <summary>What instrumented code calls. Every thread has a count and a trace of its own.</summary>
public static class Probe
{
    private const ulong Prime = 0x100000001B3;

    private static readonly List<ThreadCount> s_counts = [];

    [ThreadStatic]
    private static ThreadCount? t_count;

    /// <summary>IL instructions that all threads together have executed so far.</summary>
    public static long Total
    {
        get
        {
            lock (s_counts)
            {
                return s_counts.Sum(count => Volatile.Read(ref count.Instructions));
            }
        }
    }

    /// <summary>A basic block begins.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="instructions">IL instructions in it.</param>
    public static void Block(int block, int instructions)
    {
        ThreadCount count = t_count ?? Register();
        count.Instructions += instructions;
        Mix(count, (ulong)block);
    }

    /// <summary>An array is indexed, or made with a length.</summary>
    public static void Index(nint index) => Mix(t_count ?? Register(), (ulong)index);

    /// <summary>Stands in for <see cref="Array.Copy(Array, int, Array, int, int)"/>.</summary>
    public static void Copy(Array source, int sourceIndex, Array destination, int destinationIndex, int length)
    {
        Index(sourceIndex);
        Index(destinationIndex);
        Index(length);
        Array.Copy(source, sourceIndex, destination, destinationIndex, length);
    }

    /// <summary>Stands in for <see cref="Array.Clear(Array, int, int)"/>.</summary>
    public static void Clear(Array array, int index, int length)
    {
        Index(index);
        Index(length);
        Array.Clear(array, index, length);
    }

    /// <summary>Stands in for <see cref="BitConverter.ToUInt32(byte[], int)"/>.</summary>
    public static uint ToUInt32(byte[] value, int startIndex)
    {
        Index(startIndex);
        return BitConverter.ToUInt32(value, startIndex);
    }

    /// <summary>Stands in for <see cref="BitConverter.ToUInt64(byte[], int)"/>.</summary>
    public static ulong ToUInt64(byte[] value, int startIndex)
    {
        Index(startIndex);
        return BitConverter.ToUInt64(value, startIndex);
    }

    /// <summary>Starts a measurement.</summary>
    internal static void Reset()
    {
        ThreadCount count = t_count ?? Register();
        count.Start = count.Instructions;
        count.Events = 0;
        count.Trace = 0xCBF29CE484222325;
    }

    /// <summary>What happened since.</summary>
    internal static Execution Read()
    {
        ThreadCount count = t_count ?? Register();
        return new(count.Instructions - count.Start, count.Events, count.Trace);
    }

    private static ThreadCount Register()
    {
        ThreadCount count = new();
        t_count = count;
        lock (s_counts)
        {
            s_counts.Add(count);
        }

        return count;
    }

    private static void Mix(ThreadCount count, ulong value)
    {
        count.Events++;
        count.Trace = (count.Trace ^ value) * Prime;
        count.Trace ^= count.Trace >> 29;
    }
}
