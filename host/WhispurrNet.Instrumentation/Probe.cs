namespace WhispurrNet.Instrumentation;

/// <summary>What instrumented code calls. Every thread has a count and a trace of its own.</summary>
public static class Probe
{
    private const ulong Prime = 0x100000001B3;

    [ThreadStatic]
    private static long t_instructions;

    [ThreadStatic]
    private static long t_events;

    [ThreadStatic]
    private static ulong t_trace;

    /// <summary>A basic block begins.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="instructions">IL instructions in it.</param>
    public static void Block(int block, int instructions)
    {
        t_instructions += instructions;
        Mix((ulong)block);
    }

    /// <summary>An array is indexed, or made with a length.</summary>
    public static void Index(nint index) => Mix((ulong)index);

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
        t_instructions = 0;
        t_events = 0;
        t_trace = 0xCBF29CE484222325;
    }

    /// <summary>What happened since.</summary>
    internal static Execution Read() => new(t_instructions, t_events, t_trace);

    private static void Mix(ulong value)
    {
        t_events++;
        t_trace = (t_trace ^ value) * Prime;
        t_trace ^= t_trace >> 29;
    }
}
