namespace WhispurrNet.Instrumentation;

/// <summary>What one thread executed. Only that thread writes it.</summary>
internal sealed class ThreadCount
{
    /// <summary>IL instructions.</summary>
    public long Instructions;

    /// <summary>Blocks, and indices when traced.</summary>
    public long Events;

    /// <summary>A hash over the events.</summary>
    public ulong Trace;

    /// <summary>IL instructions before the measurement that goes on.</summary>
    public long Start;
}
