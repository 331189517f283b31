namespace WhispurrNet.Virtual;

/// <summary>Atomic operations for the device's Interlocked.</summary>
public static class BoardAtomic
{
    /// <summary>Adds and returns the sum.</summary>
    public static int Add(ref int location, int value) => Interlocked.Add(ref location, value);

    /// <summary>Stores and returns what was there.</summary>
    public static int Exchange(ref int location, int value) => Interlocked.Exchange(ref location, value);

    /// <summary>Stores if equal to the comparand; returns what was there.</summary>
    public static int CompareExchange(ref int location, int value, int comparand) =>
        Interlocked.CompareExchange(ref location, value, comparand);
}
